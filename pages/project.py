"""The main job: one sentence, the methods side by side, and why."""

from __future__ import annotations

import streamlit as st

from xproj_ui import entry
from xproj_ui.address import project
from xproj_ui.copy_link import copy_link
from xproj_ui.project_page import (
    answer,
    controls,
    downloads,
    introduction,
    method_figures,
    paragraph,
    pickers,
    state,
    typed_over,
)
from xproj_ui.project_page.slots import slots
from xproj_ui.review_page import send
from xproj_ui.say import say

entry.enter()
with st.container(horizontal=True, vertical_alignment="center"):
    controls.mode()
    pickers.example_picker()
    introduction.popover()
    method_figures.popover()
controls.text()
with st.container(horizontal=True, vertical_alignment="bottom"):
    controls.languages()
    pickers.engine_picker()
    controls.settings()

view = state.collect()
for warning in st.session_state.get(state.WARNINGS, ()):
    say(warning, "note")
about = introduction.introduction(view.question)
if about is not None:
    say(about, "quiet")
else:
    controls.help()

sentence_view = paragraph.chosen(view)
ahead = st.container()
answered = answer.compute(sentence_view, st.empty())
if answered is not None:
    answer.draw(answered)
    with ahead:
        paragraph.others(view, answered.engine)
typed_over.panel(slots(sentence_view.question, answered.comparison if answered else None))
with st.container(horizontal=True, vertical_alignment="center"):
    copy_link(too_long=project.too_long(project.encode(view)))
    if answered is not None:
        send.button(answered)
        downloads.menu(answered.question, answered.engine, answered.comparison)
        answer.status(answered)
