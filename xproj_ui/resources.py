"""The store of this process: opened once, shared by everybody who has the page open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from xproj_core.store import open_store

if TYPE_CHECKING:
    from xproj_core.store.store import Store


@st.cache_resource(show_spinner=False)
def store() -> Store:
    """The store that XPROJ_STORE or XPROJ_DATA name.

    Raises:
        StoreError: it cannot be opened; the next call tries again.
    """
    return open_store()
