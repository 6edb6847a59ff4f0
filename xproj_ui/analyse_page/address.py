"""The page's address: everything that defines what it shows.

run         runs, with commas between        drop      labels left out
show        the view                         of        the system it is about
along       what figures are broken up by    other     the system it is compared with
ref         the dataset of the literature    page      page of the list of sentences, from 1
and `selection.PARAMETERS`: which sentences are listed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

import streamlit as st

from xproj_core.evaluate.analysis.selection import PARAMETERS, Pick, from_address, to_address

_KNOWN = ("run", "drop", "show", "of", "other", "along", "ref", "page", *PARAMETERS)
_LONGEST = 400
_TIMES, _CLOSED = "an_times", "an_closed"


def enter() -> None:
    """What other pages left in the address goes."""
    now = st.query_params.to_dict()
    found = {k: v[:_LONGEST] for k, v in now.items() if k in _KNOWN}
    if found != now:
        st.query_params.from_dict(found)


def get(name: str) -> str:
    """A parameter; "" where there is none."""
    return str(st.query_params.get(name, ""))


def listed(name: str) -> tuple[str, ...]:
    """A parameter that holds several values."""
    return tuple(part for part in get(name).split(",") if part)


def put(**values: str) -> None:
    """Change parameters; those that are empty go."""
    now = st.query_params.to_dict() | values
    st.query_params.from_dict({k: v for k, v in now.items() if v})


def picked(systems: Collection[str]) -> Pick | None:
    """Which sentences are listed; None where none are."""
    return from_address({name: get(name) for name in PARAMETERS}, systems)


def pick(question: Pick | None) -> None:
    """List these sentences from the next run on; None closes the list."""
    st.session_state[_TIMES] = 0 if question is None else times() + 1
    if question is None:
        st.session_state[_CLOSED] = closed() + 1
    put(page="", **to_address(question))


def turn(page: int) -> None:
    """Another page of the list, from its top."""
    st.session_state[_TIMES] = times() + 1
    put(page="" if page == 1 else str(page))


def times() -> int:
    """How often a list was asked for by clicks, since one was closed last."""
    found: int = st.session_state.get(_TIMES, 0)
    return found


def closed() -> int:
    """How often a list was closed: a part of the key of whatever can be clicked.

    A cell or bar that is selected tells nobody when it is clicked again; drawn anew, it does.
    """
    found: int = st.session_state.get(_CLOSED, 0)
    return found


# -- widgets that are their parameter --------------------------------------------------------------


def key(name: str) -> str:
    """The widget key of a parameter."""
    return f"an_{name}"


def choice(
    draw: Callable[..., Any],
    name: str,
    label: str,
    options: Sequence[str],
    default: str | None = None,
    *,
    forget: bool = False,
    **more: Any,
) -> str:
    """A widget with one choice, held by the parameter `name`; it goes where it is the default.

    Args:
        draw: st.selectbox, st.segmented_control or the like.
        forget: a change closes the list of sentences.
    """
    usual = options[0] if default is None or default not in options else default
    value = get(name) if get(name) in options else usual
    st.session_state[key(name)] = value

    def changed() -> None:
        chosen = st.session_state[key(name)] or usual
        if forget:
            pick(None)
        put(**{name: "" if chosen == usual else chosen})

    draw(label, options, key=key(name), on_change=changed, **more)
    return value


def choices(
    draw: Callable[..., Any], name: str, label: str, options: Sequence[str], **more: Any
) -> tuple[str, ...]:
    """A widget with several choices, held by the parameter `name`."""
    value = tuple(v for v in listed(name) if v in options)
    st.session_state[key(name)] = list(value)

    def changed() -> None:
        pick(None)
        put(**{name: ",".join(st.session_state[key(name)])})

    draw(label, options, key=key(name), on_change=changed, **more)
    return value
