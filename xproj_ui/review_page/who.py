"""Who is correcting: the login's name where there is one, else what the person typed once."""

from __future__ import annotations

from urllib.parse import unquote

import streamlit as st

COOKIE = "xproj_name"
"""Where the browser keeps a typed name; it never leaves this server."""
_NAME, _BOX = "review_name", "review_name_box"
LONGEST = 60


def name() -> str:
    """The name that goes on every action; "" while nobody has said it."""
    return login() or st.session_state.get(_NAME) or _remembered()


def login() -> str:
    """The name of the OIDC login, "" without one."""
    if not getattr(st.user, "is_logged_in", False):
        return ""
    found = st.user.get("name") or st.user.get("email") or st.user.get("sub") or ""
    return _clean(str(found))


def _remembered() -> str:
    found = st.context.cookies.get(COOKIE)
    return _clean(unquote(found)) if isinstance(found, str) else ""


def _clean(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:LONGEST]


def login_configured() -> bool:
    """True where the server's secrets name an identity provider."""
    try:
        return "auth" in st.secrets
    except FileNotFoundError:
        return False


def ask() -> str:
    """The name, with what it takes to give or change it."""
    known = name()
    if login():
        with st.popover(known, icon=":material/person:"):
            st.button("Log out", on_click=st.logout, key="review_logout")
    elif login_configured():
        st.button("Log in to correct", icon=":material/login:", on_click=st.login,
                  key="review_login")  # fmt: skip
    elif known:
        with st.popover(known, icon=":material/person:"):
            _box("Your name, on every correction from now on")
    else:
        _box("Your name, to begin correcting")
    return "" if login_configured() and not login() else known


def _box(label: str) -> None:
    st.text_input(label, key=_BOX, max_chars=LONGEST, on_change=_say, placeholder="Ana",
                  autocomplete="nickname")  # fmt: skip


def _say() -> None:
    typed = _clean(st.session_state[_BOX])
    if typed:
        st.session_state[_NAME] = typed
