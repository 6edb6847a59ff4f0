"""The page's address: `dataset` is the one that is open; `add` where data are being added."""

from __future__ import annotations

import streamlit as st

DATASET, ADD = "dataset", "add"


def opened() -> str | None:
    """The id of the dataset that is open; what other pages left in the address goes."""
    found = {k: v for k, v in st.query_params.to_dict().items() if k in (DATASET, ADD)}
    if found != st.query_params.to_dict():
        st.query_params.from_dict(found)
    return found.get(DATASET) or None


def adding() -> bool:
    """True where data are being added."""
    return ADD in st.query_params and DATASET not in st.query_params


def open_dataset(id: str) -> None:
    """Show one dataset from the next run on."""
    st.query_params.from_dict({DATASET: id})


def open_add() -> None:
    """Show what adds data."""
    st.query_params.from_dict({ADD: "1"})


def open_all() -> None:
    """Show the list."""
    st.query_params.clear()
