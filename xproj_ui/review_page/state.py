"""The view in the session; the address follows with `write`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from xproj_core.annotation.filter import Filter
from xproj_ui.address import query, review
from xproj_ui.address.review import Request, View

_VIEW, _REQUEST = "review_view", "review_request"
_WRITTEN = query.Written("review_written", 4)


def restore() -> None:
    """Take the view from the address where that is new, else leave it as it was."""
    state = st.session_state
    parameters = query.parameters()
    own = review.own(parameters)
    if _VIEW not in state or ("dataset" in own and not _WRITTEN.holds(own)):
        state[_VIEW] = review.decode(own)
        state[_REQUEST] = review.decode_request(parameters)
        _WRITTEN.begin(own)


def view() -> View:
    """The view as it is now."""
    now: View = st.session_state.get(_VIEW, View())
    return now


def change(**values: str | None) -> None:
    """Set the dataset, item, layer or panel; None or "" takes one out."""
    places: dict[str, Any] = {name: value or "" for name, value in values.items()}
    st.session_state[_VIEW] = replace(view(), **places)


def filter_by(queue_filter: Filter) -> None:
    """Another order or filter; the queue begins anew."""
    st.session_state[_VIEW] = replace(view(), item="", filter=queue_filter)


def request() -> Request:
    """What only a link asks for, as long as nobody has seen to it."""
    link_request: Request = st.session_state.get(_REQUEST, Request())
    return link_request


def forget_request() -> None:
    """Somebody has seen to what the link asks for."""
    st.session_state[_REQUEST] = Request()


def write() -> None:
    """Put the view into the address, and nothing of other pages.

    What only a link asks for stays beside its own view: every change of the address is a step
    that the browser goes back to, and from an address that is changed at once nobody gets back.
    """
    now = review.encode(view())
    names = review.encode_request(Request("any", "any"))
    if {k: v for k, v in query.parameters().items() if k not in names} != now:
        query.put(now)
    _WRITTEN.add(now)
