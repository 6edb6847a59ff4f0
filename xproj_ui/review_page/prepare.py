"""Looking through a dataset once, so that its queue can be sorted and filtered."""

from __future__ import annotations

import streamlit as st

from xproj_core.review.desk import Desk
from xproj_core.review.signals import prepare
from xproj_core.store.datasets import Dataset
from xproj_ui.resources import store

_AT_ONCE = 2000
"""Datasets up to this size are looked through without asking."""
_ASKED = "review_prepare"


def ready(dataset: Dataset) -> bool:
    """True once every sentence of the dataset has been looked through."""
    if store().reviews.noted(dataset.id) >= dataset.items:
        return True
    if dataset.items > _AT_ONCE and st.session_state.pop(_ASKED, None) != dataset.id:
        st.button(
            f"Look through {dataset.items:,} sentences to sort and filter them",
            key="review_look_through",
            on_click=_ask,
            args=(dataset.id,),
        )
        return False
    desk = Desk(store(), dataset.id)
    if dataset.items <= _AT_ONCE:
        prepare(desk)
        return True
    bar = st.progress(0.0, text="Looking through the dataset …")

    def show_progress(done: int) -> None:
        bar.progress(done / dataset.items, text=f"{done:,} sentences")

    prepare(desk, show_progress)
    bar.empty()
    return True


def _ask(dataset: str) -> None:
    st.session_state[_ASKED] = dataset


def again(dataset: Dataset) -> None:
    """Other labels are corrected now: what was found in the old ones no longer holds."""
    store().reviews.note(dataset.id, 0, dataset.items, ())
