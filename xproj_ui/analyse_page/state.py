"""What is shown, which the address holds, and how often lists of sentences were asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from xproj_core.evaluate.analysis.selection import Pick, to_address
from xproj_ui.address import analyse, query
from xproj_ui.address.analyse import View

_OPENED, _CLOSED = "an_times", "an_closed"


def view() -> View:
    """The view of the address."""
    return analyse.current()


def change(**values: Any) -> None:
    """Change parts of the view, from the next run on."""
    query.put(analyse.encode(replace(view(), **values)))


def open_list(pick: Pick | None) -> None:
    """List these sentences; None closes the list."""
    st.session_state[_OPENED] = 0 if pick is None else times_opened() + 1
    if pick is None:
        st.session_state[_CLOSED] = times_closed() + 1
    change(page=1, selection=to_address(pick))


def turn_to(page: int) -> None:
    """Another page of the list, from its top."""
    st.session_state[_OPENED] = times_opened() + 1
    change(page=page)


def times_opened() -> int:
    """How often a list was asked for by clicks, since one was closed last."""
    count: int = st.session_state.get(_OPENED, 0)
    return count


def times_closed() -> int:
    """How often a list was closed: a part of the key of whatever can be clicked.

    A cell or bar that is selected tells nobody when it is clicked again; drawn anew, it does.
    """
    count: int = st.session_state.get(_CLOSED, 0)
    return count
