"""Who is correcting: whoever is logged in where people log in, else who has typed a name."""

from __future__ import annotations

from urllib.parse import unquote

import streamlit as st

from xproj_core.review.identity import LONGEST, cleaned
from xproj_ui.review_page import login
from xproj_ui.say import escaped

COOKIE = "xproj_name"
"""Where the browser keeps a typed name; it never leaves this server."""
_NAME, _BOX = "review_name", "review_name_box"


def name() -> str:
    """The name that goes on every action; "" while nobody has said it.

    Where people log in, a typed name counts for nothing.
    """
    if login.providers():
        return login.name()
    return st.session_state.get(_NAME) or _remembered()


def _remembered() -> str:
    cookie_value = st.context.cookies.get(COOKIE)
    return cleaned(unquote(cookie_value)) if isinstance(cookie_value, str) else ""


def ask() -> str:
    """The name, with what it takes to give or change it."""
    known = name()
    if login.providers():
        login.buttons()
    elif known:
        with st.popover(escaped(known), icon=":material/person:"):
            _box("Your name, on every correction from now on")
    else:
        _box("Your name, to begin correcting")
    return known


def may_act() -> bool:
    """False where people log in, and this one has not."""
    return not login.providers() or bool(login.name())


def first() -> str:
    """What somebody has to do before correcting."""
    return "Log in first, above." if login.providers() else "Say who you are first, above."


def cookie() -> str:
    """Where the browser is to keep the name; "" where a login says it."""
    return "" if login.providers() else COOKIE


def _box(label: str) -> None:
    st.text_input(
        label,
        key=_BOX,
        max_chars=LONGEST,
        on_change=_say,
        placeholder="Ana",
        autocomplete="nickname",
    )


def _say() -> None:
    typed = cleaned(st.session_state[_BOX])
    if typed:
        st.session_state[_NAME] = typed
