"""Starting a sweep, watching it, stopping it."""

from __future__ import annotations

import streamlit as st

from xproj_core.domain.errors import XProjError
from xproj_core.robustness.plan import Plan
from xproj_core.robustness.sweep_job import Data, Kept
from xproj_ui.robustness_page.data import sweeps
from xproj_ui.robustness_page.figures import figures
from xproj_ui.say import say


def button(plan: Plan, data: Data, kept: Kept | None, first: bool) -> None:
    """Run, go on, or run again; nothing while it runs."""
    if kept is not None and kept.busy:
        return
    done = kept is not None and kept.state == "finished"
    label = "Run" if kept is None else "Run again" if done else "Resume"
    if first and kept is None:
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
    kept = sweeps().find(key)
    if kept is None or not kept.busy:
        st.rerun()
        return
    progress = kept.progress
    with st.container(horizontal=True, vertical_alignment="center"):
        st.progress(min(progress.fraction if progress.total else 0.0, 1.0), text=str(progress))
        st.button("Cancel", key="rb_cancel", on_click=sweeps().cancel, args=(key,))
    if kept.results is not None:
        figures(kept.results, live=True)


def ended(kept: Kept) -> None:
    """What there is to say about a sweep that has ended."""
    if kept.problem:
        say(kept.problem)
    if kept.state == "finished":
        return
    said = {
        "failed": "",
        "interrupted": "XProj ended while this was running.",
        "new": "This was stopped before its turn came.",
    }
    parts = [said.get(kept.state, "Cancelled.")]
    if kept.results is not None and kept.results.sentences:
        parts.append(f"The figures are those of {kept.results.sentences:,} sentences.")
    parts.append("Resume goes on with what is finished.")
    say(" ".join(part for part in parts if part), "note")
