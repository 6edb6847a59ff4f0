"""The main job: one sentence, the methods side by side, and why."""

from __future__ import annotations

import streamlit as st

from xproj_ui import engine_picker, entry
from xproj_ui.copy_link import copy_link
from xproj_ui.project_page import (
    address,
    answer,
    controls,
    downloads,
    pickers,
    state,
    typed_over,
)
from xproj_ui.project_page import (
    introduction as explain,
)
from xproj_ui.project_page.slots import slots
from xproj_ui.review_page import send
from xproj_ui.say import say

entry.enter()
with st.container(horizontal=True, vertical_alignment="center"):
    controls.mode()
    pickers.picker()
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

found = answer.answered(view, st.empty())
if found is not None:
    answer.drawing(found)
typed_over.panel(slots(view.question, found.comparison if found else None))
with st.container(horizontal=True, vertical_alignment="center"):
    copy_link(too_long=address.too_long(address.encode(view)))
    if found is not None:
        send.button(found)
        downloads.menu(found.question, found.engine, found.comparison)
        answer.status(found)
