"""What a newcomer sees, and what is left when nothing is left."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from xproj_core.annotation.filter import Filter
from xproj_core.store.queue import Queue
from xproj_ui.address import query
from xproj_ui.resources import store
from xproj_ui.review_page import state
from xproj_ui.say import say


def show() -> None:
    """No dataset yet: what this page is for, and ways to begin."""
    with st.container(border=True):
        st.subheader("Correct what projection got wrong")
        st.markdown(
            "A sentence and its translation, their labels and the links between their words: look"
            " at each, accept it or mend it with a few keys. Every change is saved as it happens"
            " and can be undone, also tomorrow."
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            demonstration("primary")
            query.link(
                "project", "Send a sentence from the main page", icon=":material/arrow_back:"
            )
            query.link("datasets", "Bring a file or a dataset", icon=":material/upload_file:")
        st.caption(
            "The demonstration is a small dataset in several languages, with a mistake of every"
            " kind that projection makes."
        )


def demonstration(kind: Literal["primary", "secondary"] = "secondary") -> None:
    """A button that loads the demonstration and opens it."""
    if st.button("Try the demonstration", type=kind, key="review_demo"):
        from xproj_core.review.demo import load

        state.change(dataset=load(store()), item=None, layer=None)
        state.filter_by(Filter())
        st.rerun()


def nothing_left(queue: Queue) -> None:
    """The queue is empty: because all is done, or because of the filter."""
    queue_filter = state.view().filter
    if queue_filter != Filter(order=queue_filter.order):
        say("No sentence matches this filter (any more).", "note")
        st.button(
            "Show all sentences",
            key="review_unfilter",
            on_click=state.filter_by,
            args=(Filter(order=queue_filter.order),),
        )
    else:
        say("There is no sentence in this dataset.", "note")
