"""Starting a sweep, watching it, stopping it."""

from __future__ import annotations

import streamlit as st

from xproj_core.domain.errors import XProjError
from xproj_core.robustness.plan import Plan
from xproj_core.robustness.sweep_job import Data, SweepJob
from xproj_ui.resources import sweeps
from xproj_ui.robustness_page.figures import show_results
from xproj_ui.say import say


def button(plan: Plan, data: Data, sweep: SweepJob | None, first: bool) -> None:
    """Run, go on, or run again; nothing while it runs."""
    if sweep is not None and sweep.busy:
        return
    done = sweep is not None and sweep.state == "finished"
    label = "Run" if sweep is None else "Run again" if done else "Resume"
    if first and sweep is None:
        label = "Try it on the example"
    if st.button(
        label, type="secondary" if done else "primary", key="rb_run", icon=":material/play_arrow:"
    ):
        try:
            sweeps().begin(plan, data)
        except XProjError as error:
            say(str(error))
            return
        st.rerun()


@st.fragment(run_every="1s")
def watch(key: str) -> None:
    """Progress and the figures so far; the whole page is drawn anew when it has ended."""
    sweep = sweeps().find(key)
    if sweep is None or not sweep.busy:
        st.rerun()
        return
    progress = sweep.progress
    with st.container(horizontal=True, vertical_alignment="center"):
        st.progress(min(progress.fraction if progress.total else 0.0, 1.0), text=str(progress))
        st.button("Cancel", key="rb_cancel", on_click=sweeps().cancel, args=(key,))
    if sweep.results is not None:
        show_results(sweep.results, live=True)


def ended(sweep: SweepJob) -> None:
    """What there is to say about a sweep that has ended."""
    if sweep.problem:
        say(sweep.problem)
    if sweep.state == "finished":
        return
    reasons = {
        "failed": "",
        "interrupted": "XProj ended while this was running.",
        "new": "This was stopped before its turn came.",
    }
    parts = [reasons.get(sweep.state, "Cancelled.")]
    if sweep.results is not None and sweep.results.sentences:
        parts.append(f"The figures are those of {sweep.results.sentences:,} sentences.")
    parts.append("Resume goes on with what is finished.")
    say(" ".join(part for part in parts if part), "note")
