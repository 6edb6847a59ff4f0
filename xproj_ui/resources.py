"""What this process holds for everybody who has a page open: the store, and who works on it.

The functions named `*_process` say how the work is done: in a process of its own, so that pages
stay quick.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from xproj_core.store import open_store
from xproj_core.store.place import data_folder

if TYPE_CHECKING:
    from threading import Event

    from xproj_core.evaluate.analysis.analysis_job import Counting
    from xproj_core.jobs.job import Do, Watch
    from xproj_core.jobs.worker import Worker
    from xproj_core.learn.teaching_job import TeachingJobs
    from xproj_core.robustness.sweep_job import SweepJobs
    from xproj_core.store.runs import Run
    from xproj_core.store.store import Store


@st.cache_resource(show_spinner=False)
def store() -> Store:
    """The store that XPROJ_STORE or XPROJ_DATA name.

    Raises:
        StoreError: it cannot be opened; the next call tries again.
    """
    return open_store()


def run_process() -> Do:
    """How a run is done."""
    from xproj_core.runs.run_job import in_child

    return in_child(store().address)


@st.cache_resource(show_spinner=False)
def run_worker() -> Worker[Run]:
    """Does the runs; what a long one made is counted at once, so that nobody waits for it later.

    Raises:
        StoreError: the store cannot be opened.
    """
    from xproj_core.evaluate.analysis import analysis_cache
    from xproj_core.runs import run_job

    do, counts, opened = run_process(), counting(), store()

    def run_and_count(run: str, watch: Watch, stop: Event) -> None:
        try:
            do(run, watch, stop)
        finally:
            if analysis_cache.missing(opened, run) > analysis_cache.FEW:
                counts.start(run)

    return run_job.run_worker(opened, run_and_count)


def counting_process() -> Do:
    """How the runs are counted for the page Analyse."""
    from xproj_core.evaluate.analysis.analysis_job import in_child

    return in_child(store().address)


@st.cache_resource(show_spinner=False)
def counting() -> Counting:
    """Counts the runs for the page Analyse.

    Raises:
        StoreError: the store cannot be opened.
    """
    from xproj_core.evaluate.analysis.analysis_job import Counting

    return Counting(counting_process())


def sweep_folder() -> Path:
    """Where the sweeps are kept."""
    from xproj_core.robustness.sweep_job import FOLDER

    return data_folder() / FOLDER


def sweep_process(folder: Path) -> Do:
    """How a sweep is done."""
    from xproj_core.robustness.sweep_job import in_child

    return in_child(folder)


@st.cache_resource(show_spinner=False)
def sweeps() -> SweepJobs:
    """The sweeps of the page Robustness."""
    from xproj_core.robustness.sweep_job import SweepJobs

    return SweepJobs(sweep_folder(), sweep_process(sweep_folder()))


def taught_folder() -> Path:
    """Where the languages that somebody teaches Mini are kept, a folder each."""
    return data_folder() / "mini"


def teaching_process(folder: Path) -> Do:
    """How a language is taught."""
    from xproj_core.learn.teaching_job import in_child

    return in_child(folder)


@st.cache_resource(show_spinner=False)
def teaching() -> TeachingJobs:
    """The languages that are taught on the page Engines."""
    from xproj_core.learn.teaching_job import TeachingJobs

    return TeachingJobs(taught_folder(), teaching_process(taught_folder()))
