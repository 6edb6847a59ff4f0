"""The runs of this process, which go on whoever looks."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

import streamlit as st

from xproj_ui.counting import counting
from xproj_ui.resources import store

if TYPE_CHECKING:
    from xproj_core.jobs.worker import Do, Watch
    from xproj_core.runs.run_job import Runs


def way() -> Do:
    """How a run is done: in a process of its own, so that pages stay quick."""
    from xproj_core.runs.run_job import in_child

    return in_child(store().address)


@st.cache_resource(show_spinner=False)
def worker() -> Runs:
    """One for the process.

    Raises:
        StoreError: the store cannot be opened.
    """
    from xproj_core.evaluate.analysis import analysis_cache
    from xproj_core.runs.run_job import Runs

    do, counts, stores = way(), counting(), store()

    def run_and_count(run: str, watch: Watch, stop: Event) -> None:
        try:
            do(run, watch, stop)
        finally:
            if analysis_cache.missing(stores, run) > analysis_cache.FEW:
                counts.start(run)  # so that nobody waits when the run is looked at first

    return Runs(stores, run_and_count)
