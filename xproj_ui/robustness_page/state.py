"""The view in the session: widgets hold it while the page is open, the address for others."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from xproj_ui.address import query, robustness
from xproj_ui.address.robustness_view import View, without_look

VIEW, WARNINGS = "robustness_view", "robustness_warnings"
_WRITTEN = query.Written("robustness_written", 3)
WIDGETS = (
    "data",
    "mode",
    "engine",
    "methods",
    "projector",
    "pivot",
    "translations",
    "labels",
    "noises",
    "rates",
    "seeds",
    "sentences",
)


def key(name: str) -> str:
    """The widget key of a part of the view."""
    return f"rb_{name}"


def restore() -> None:
    """Before any widget: take the view from the address at first, from the session later."""
    state = st.session_state
    parameters = robustness.own(query.parameters())
    if VIEW not in state or (parameters and not _WRITTEN.holds(parameters)):
        view, state[WARNINGS] = robustness.decode(parameters)
        _WRITTEN.begin(parameters)
        adopt(view)
    view = state[VIEW]
    for name in WIDGETS:
        if key(name) not in state:
            state[key(name)] = _widget(view, name)
        else:  # Streamlit forgets the widgets of a page that is left, unless they are written.
            state[key(name)] = state[key(name)]


def adopt(view: View) -> None:
    """Show `view` from the next run on (or this one, before its widgets are drawn)."""
    st.session_state[VIEW] = view
    for name in WIDGETS:
        st.session_state[key(name)] = _widget(view, name)


def _widget(view: View, name: str) -> object:
    value = getattr(view, name)
    if name == "pivot":
        return value or ""
    return list(value) if isinstance(value, tuple) else value


def collect() -> View:
    """After the widgets: the view, written into the address."""
    state = st.session_state
    before: View = state[VIEW]
    changes: dict[str, Any] = {}
    for name in WIDGETS:
        value, old = state.get(key(name)), getattr(before, name)
        if value is not None:
            changes[name] = tuple(value) if isinstance(old, tuple) else value
    changes["pivot"] = state.get(key("pivot")) or None
    changes["rates"] = tuple(sorted(changes.get("rates", before.rates)))
    view = replace(before, **changes)
    if without_look(view) != without_look(before):
        view = without_look(view)
    look(view)
    return view


def look(view: View) -> None:
    """Keep the view and put it into the address; what other pages left there goes."""
    st.session_state[VIEW] = view
    parameters = robustness.encode(view)
    if query.put(parameters):
        _WRITTEN.add(parameters)
