"""The runs of this process, which go on whoever looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from xproj_ui.engines import shelf
from xproj_ui.stored import store

if TYPE_CHECKING:
    from xproj_core.runs.jobs import Worker


@st.cache_resource(show_spinner=False)
def worker() -> Worker:
    """One for the process.

    Raises:
        StoreError: the store or the memory of translations cannot be opened.
    """
    from xproj_core.runs.cache import shared_cache
    from xproj_core.runs.jobs import Worker

    return Worker(store(), shelf().get, shared_cache())
