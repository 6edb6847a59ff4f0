"""Widgets whose value is a part of the view; it goes out of the address where it is the default."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from xproj_ui.analyse_page import state


def key(name: str) -> str:
    """The widget key of a part of the view."""
    return f"an_{name}"


def choice(
    draw: Callable[..., object],
    name: str,
    label: str,
    options: Sequence[str],
    default: str | None = None,
    *,
    forget: bool = False,
    **more: object,
) -> str:
    """A widget with one choice, for the part `name` of the view.

    Args:
        draw: st.selectbox, st.segmented_control or the like.
        forget: a change closes the list of sentences.
    """
    usual = options[0] if default is None or default not in options else default
    chosen: str = getattr(state.view(), name)
    value = chosen if chosen in options else usual
    st.session_state[key(name)] = value

    def changed() -> None:
        option = st.session_state[key(name)] or usual
        if forget:
            state.open_list(None)
        state.change(**{name: "" if option == usual else option})

    draw(label, options, key=key(name), on_change=changed, **more)
    return value


def choices(
    draw: Callable[..., object], name: str, label: str, options: Sequence[str], **more: object
) -> tuple[str, ...]:
    """A widget with several choices, for the part `name` of the view."""
    value = tuple(v for v in getattr(state.view(), name) if v in options)
    st.session_state[key(name)] = list(value)

    def changed() -> None:
        state.open_list(None)
        state.change(**{name: tuple(st.session_state[key(name)])})

    draw(label, options, key=key(name), on_change=changed, **more)
    return value
