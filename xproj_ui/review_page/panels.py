"""The sections below the sentence; only the one that is open is worked out."""

from __future__ import annotations

import streamlit as st

from xproj_core.review.desk import Desk
from xproj_core.store.documents import Kept
from xproj_ui.review_page import files, history, insights, people, settings, state

_NAMES = {
    "history": "History",
    "people": "People and agreement",
    "lessons": "What corrections teach",
    "files": "Files",
    "way": "How it is reviewed",
}
_KEY = "review_panel"


def show(desk: Desk, number: int | None, snapshot: Kept | None, by: str) -> None:
    """The row of names, and what the chosen one stands for."""
    now = state.view().panel
    st.session_state[_KEY] = now if now in _NAMES else None
    st.segmented_control(
        "More",
        list(_NAMES),
        key=_KEY,
        format_func=_NAMES.__getitem__,
        label_visibility="collapsed",
        on_change=_chosen,
    )
    if now == "history" and number is not None and snapshot is not None:
        where = desk.where(number, by, state.view().layer or None)
        history.panel(where, snapshot.document)
    elif now == "people":
        people.panel(desk, number)
    elif now == "lessons":
        insights.panel(desk)
    elif now == "files":
        files.panel(desk, by)
    elif now == "way":
        settings.panel(desk)


def _chosen() -> None:
    state.change(panel=st.session_state[_KEY])
    state.write()
