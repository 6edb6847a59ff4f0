"""Starting a sweep, watching it, stopping it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from xproj_core.robustness.keep import Data, Kept
from xproj_core.robustness.plan import Plan
from xproj_ui.robustness_page.data import sweeps
from xproj_ui.robustness_page.figures import figures
from xproj_ui.say import say


def button(plan: Plan, data: Data, kept: Kept | None, first: bool) -> None:
    """Run, or run again; nothing while it runs."""
    if kept is not None and kept.busy:
        return
    done = kept is not None and kept.state == "done"
    label = "Run" if kept is None else "Run again"
    if first and kept is None:
        label = "Try it on the example"
    if st.button(label, type="secondary" if done else "primary", key="rb_run",
                 icon=":material/play_arrow:"):  # fmt: skip
        sweeps().begin(plan, data)
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
        st.button("Cancel", key="rb_cancel", on_click=_cancel(key))
    if kept.results is not None:
        figures(kept.results, live=True)


def _cancel(key: str) -> Callable[[], None]:
    def cancel() -> None:
        sweeps().cancel(key)

    return cancel


def ended(kept: Kept) -> None:
    """What there is to say about a sweep that has ended."""
    if kept.problem is not None:
        say(kept.problem)
    if kept.state == "cancelled":
        done = kept.results.sentences if kept.results is not None else 0
        say(f"Cancelled. The figures are those of {done:,} sentences." if done else "Cancelled.",
            "note")  # fmt: skip
