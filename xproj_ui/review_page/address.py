"""What the review page shows, in the session and in the address.

dataset, item       which sentence, by the item's key
layer               whose version: "gold" for the adjudicated one; one's own without it
panel               which section is open below
run, system         in a link: the run and system whose labels are to be corrected; they stay
                    with the sentence of the link
and the queue's order and filters, as `review.queue_filter.Filter` names them
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import streamlit as st

from xproj_core.annotation.filter import Filter, decode

PLACE = ("dataset", "item", "layer", "panel")
FILTER = tuple(f.name for f in fields(Filter))
NAMES = (*PLACE, *FILTER)
LONGEST = 400
RUN_ASKED, SYSTEM_ASKED = "review_run_asked", "review_system_asked"
RUN, SYSTEM = "run", "system"
_VIEW, _WRITTEN = "review_view", "review_written"


def restore() -> None:
    """Take the view from the address where that is new, else leave it as it was."""
    state = st.session_state
    asked = st.query_params.to_dict()
    given = {k: v[:LONGEST] for k, v in asked.items() if k in NAMES and v}
    written: list[Mapping[str, str]] = state.get(_WRITTEN, [])
    if _VIEW not in state or ("dataset" in given and given not in written):
        state[_VIEW] = given
        state[_WRITTEN] = [given]
        state[RUN_ASKED] = asked.get(RUN, "")[:LONGEST]
        state[SYSTEM_ASKED] = asked.get(SYSTEM, "")[:LONGEST]


def view() -> dict[str, str]:
    """The view as it is now."""
    found: dict[str, str] = st.session_state.get(_VIEW, {})
    return found


def wanted() -> Filter:
    """The queue's order and filters."""
    return decode(view())


def change(**values: str | None) -> None:
    """Set parts of the view; None or "" takes one out. The address follows with `write`."""
    made = view() | {k: v or "" for k, v in values.items()}
    assert set(made) <= set(NAMES)
    st.session_state[_VIEW] = {name: value for name, value in made.items() if value}


def asked() -> dict[str, str]:
    """What only a link asks for, as long as nobody has seen to it."""
    state = st.session_state
    found = {RUN: state.get(RUN_ASKED, ""), SYSTEM: state.get(SYSTEM_ASKED, "")}
    return {k: v for k, v in found.items() if v} if found[RUN] else {}


def filter_by(found: Filter) -> None:
    """Another order or filter; the queue begins anew."""
    place = {k: v for k, v in view().items() if k in PLACE and k != "item"}
    st.session_state[_VIEW] = place | found.encode()


def write() -> None:
    """Put the view into the address, and nothing of other pages.

    What only a link asks for stays beside its own view: every change of the address is a step
    that the browser goes back to, and from an address that is changed at once nobody gets back.
    """
    now = view()
    shown = {k: v for k, v in st.query_params.to_dict().items() if k not in (RUN, SYSTEM)}
    if shown != now:
        st.query_params.from_dict(now)
    state = st.session_state
    # the browser may still send one of the last addresses with what it does next
    state[_WRITTEN] = [*state.get(_WRITTEN, [])[-3:], dict(now)]


def link(**values: Any) -> dict[str, str]:
    """The query parameters of a link to this page."""
    assert set(values) <= set(NAMES)
    return {name: str(value) for name, value in values.items() if value not in (None, "")}
