"""The main job: one sentence, the methods side by side, and why."""

from __future__ import annotations

import streamlit as st

from xproj_ui import (
    controls,
    downloads,
    editors,
    engine_picker,
    example_picker,
    explain,
    front_door,
    result,
    state,
    url,
)
from xproj_ui.copy_link import copy_link
from xproj_ui.review_page import send
from xproj_ui.say import say
from xproj_ui.slots import slots

front_door.enter()
with st.container(horizontal=True, vertical_alignment="center"):
    controls.mode()
    example_picker.picker()
    explain.popover()
controls.text()
with st.container(horizontal=True, vertical_alignment="bottom"):
    controls.languages()
    engine_picker.picker()
    controls.settings()

view = state.collect()
for warning in st.session_state.get(state.WARNINGS, ()):
    say(warning, "note")
introduction = explain.introduction(view.question)
if introduction is not None:
    say(introduction, "quiet")
else:
    controls.help()

found = result.answered(view, st.empty())
if found is not None:
    result.drawing(found)
editors.panel(slots(view.question, found.comparison if found else None))
with st.container(horizontal=True, vertical_alignment="center"):
    copy_link(too_long=url.too_long(url.encode(view)))
    if found is not None:
        send.button(found)
        downloads.menu(found.question, found.engine, found.comparison)
        result.status(found)
