"""What is counted in the background for the page Analyse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from xproj_ui.resources import store

if TYPE_CHECKING:
    from xproj_core.evaluate.analysis.analysis_job import Counting
    from xproj_core.jobs.worker import Do


def way() -> Do:
    """How it is counted: in a process of its own, so that pages stay quick."""
    from xproj_core.evaluate.analysis.analysis_job import in_child

    return in_child(store().address)


@st.cache_resource(show_spinner=False)
def counting() -> Counting:
    """One for the process.

    Raises:
        StoreError: the store cannot be opened.
    """
    from xproj_core.evaluate.analysis.analysis_job import Counting

    return Counting(way())
