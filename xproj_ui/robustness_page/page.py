"""The whole page, top to bottom."""

from __future__ import annotations

import streamlit as st

from xproj_core.domain.errors import XProjError
from xproj_core.robustness.sweep_job import key_of
from xproj_ui.address.robustness_view import EXAMPLE, View
from xproj_ui.copy_link import copy_link
from xproj_ui.resources import sweeps
from xproj_ui.robustness_page import controls, figures, running, sentences, state
from xproj_ui.robustness_page.data import Source, data, sources
from xproj_ui.say import say

_INTRODUCTION = (
    "Put noise into texts, translations, alignments or labels, at growing rates, and see how fast"
    " each method breaks, and whether a detour ever overtakes direct projection."
)


def page() -> None:
    """Controls, the sweep, its figures, one sentence."""
    state.restore()
    st.markdown(_INTRODUCTION)
    for warning in st.session_state.get(state.WARNINGS, ()):
        say(warning, "note")
    known, problem = sources(st.session_state[state.key("data")])
    if problem is not None:
        say(problem, "note")
    controls.controls(known)
    source = next((s for s in known if s.id == st.session_state[state.key("data")]), None)
    if source is not None:
        controls.choose_given(source)
    view = state.collect()
    if source is None:
        say(
            "The link's dataset is not here. Choose another one, or add it on the page Datasets.",
            "note",
        )
        return
    _sweep(view, source)


def _sweep(view: View, source: Source) -> None:
    if not source.gold:
        say(f"“{source.name}” has no gold labels on its target, so nothing can be scored.", "note")
        return
    try:
        plan = view.plan(source.source, source.target)
    except XProjError as error:
        say(str(error), "note")
        return
    swept = data(source)
    key = key_of(plan, swept)
    sweep = sweeps().find(key)
    with st.container(horizontal=True, vertical_alignment="center"):
        running.button(plan, swept, sweep, first=view.data == EXAMPLE)
        copy_link(too_long=False)
    if sweep is None:
        runs = 1 + len(plan.noises) * len(plan.rates) * len(plan.seeds)
        size = min(plan.sentences or source.size, source.size)
        say(f"{runs} runs over {size:,} sentences; clean work is done once.", "quiet")
        return
    if sweep.busy:
        running.watch(key)
        return
    running.ended(sweep)
    if sweep.results is not None and sweep.results.sentences:
        figures.show_results(sweep.results)
        sentences.section(view, source, sweep, sweep.results)
