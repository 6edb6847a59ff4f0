"""Logging in, where the server's secrets name an identity provider; Streamlit does the rest.

The provider sends people back to the front page. Where they were before is kept in their own
browser meanwhile, and the front page leads them there.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlencode

import streamlit as st
from streamlit.errors import StreamlitAuthError, StreamlitMissingAuthlibError

from xproj_core.domain.errors import InputError
from xproj_core.review.identity import called, identity
from xproj_ui.address import query, review
from xproj_ui.review_page import state
from xproj_ui.say import escaped, say

COOKIE = "xproj_back"
"""Where a browser keeps the view to come back to; a quarter of an hour at most."""
_PATIENCE = 10  # seconds
_PROBLEM, _LOOKED = "review_login_problem", "review_came_back"
_KEEP = st.components.v2.component(
    "xproj_way_back",
    js="""
export default function ({ data }) {
  const kept = `${data.cookie}=${encodeURIComponent(data.back)}`;
  document.cookie = `${kept}; path=/; max-age=${data.back ? 900 : 0}; samesite=lax`;
}
""",
)


def providers() -> list[str]:
    """The providers that people can log in with: "" is the one without a name of its own.

    Empty where nobody logs in.

    Raises:
        InputError: there are secrets, but they cannot be read. Then nobody may act, as it is not
            known whether people have to log in.
    """
    try:
        section: object = st.secrets.get("auth")
    except FileNotFoundError as error:
        if any(Path(file).exists() for file in st.get_option("secrets.files")):
            raise InputError(f"{error} Put that right, then start XProj again.") from error
        return []
    if section is None:
        return []
    if not isinstance(section, Mapping):
        raise InputError(
            "“auth” in the server's secrets is no section. Write [auth] on a line of its own, then"
            " start XProj again."
        )
    named = [
        name
        for name, value in section.items()
        if isinstance(value, Mapping) and "client_id" in value
    ]
    return ["", *named] if "client_id" in section or not named else named


def claims() -> dict[str, object]:
    """What the provider says of the person at the browser; nothing without a login."""
    return dict(st.user.to_dict()) if getattr(st.user, "is_logged_in", False) else {}


def name() -> str:
    """The name that goes on every action of somebody who is logged in; "" without a login."""
    return identity(claims())


def buttons() -> None:
    """In, or out."""
    who = claims()
    if who:
        with st.popover(escaped(called(who)), icon=":material/person:"):
            say(f"Your actions are kept under the name {identity(who)}.", "quiet")
            st.button("Log out", on_click=st.logout, key="review_logout")
        return
    for provider in providers():
        label = f"Log in with {escaped(provider)}" if provider else "Log in to correct"
        st.button(
            label,
            icon=":material/login:",
            on_click=_log_in,
            args=(provider,),
            key=f"review_login_{provider}",
        )
    problem = st.session_state.pop(_PROBLEM, None)
    if problem:
        say(problem)


def _log_in(provider: str) -> None:
    silent = _silent(provider)
    if silent:  # Streamlit would lead to an empty page that says "Authentication error"
        st.session_state[_PROBLEM] = silent
        return
    try:
        st.login(provider or None)
    except StreamlitMissingAuthlibError:
        st.session_state[_PROBLEM] = "Logging in needs a library: pip install streamlit[auth]"
    except StreamlitAuthError as error:
        st.session_state[_PROBLEM] = " ".join(str(error).split())


def _silent(provider: str) -> str:
    """What to say if the provider does not answer; "" where it does, or nothing is known of it."""
    import httpx2

    section = st.secrets["auth"]
    settings = section.get(provider, {}) if provider else section
    where = str(settings.get("server_metadata_url", ""))
    if not where:
        return ""
    try:
        httpx2.get(where, timeout=_PATIENCE).raise_for_status()
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
        return (
            f"The identity provider does not answer at {where} ({error}). Nobody can log in until"
            " it does. Try again later; whoever runs this server can check server_metadata_url."
        )
    return ""


def remember() -> None:
    """Have the browser keep this view until somebody has logged in."""
    if not providers():
        return
    back = (
        ""
        if claims()
        else urlencode(review.encode(state.view()) | review.encode_request(state.request()))
    )
    if back or COOKIE in st.context.cookies:
        _KEEP(key="review_way_back", data={"cookie": COOKIE, "back": back})


def come_back() -> None:
    """On the front page: somebody who has just logged in goes on where they were."""
    if st.session_state.get(_LOOKED):
        return
    st.session_state[_LOOKED] = True
    cookie_value = st.context.cookies.get(COOKIE)
    if cookie_value and claims():
        names = [p.name for p in review.PARAMETERS]
        parameters = dict(parse_qsl(unquote(cookie_value)[: query.LONGEST * len(names)]))
        query.switch("review", {k: v for k, v in parameters.items() if k in names})
