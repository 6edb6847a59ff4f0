"""A button that copies the page's address."""

from __future__ import annotations

from importlib.resources import files

import streamlit as st

_HERE = files(__package__)
_mount = st.components.v2.component(
    "xproj_copy_link",
    html='<button type="button" aria-live="polite">\n</button>\n',
    css=(_HERE / "copy_link.css").read_text("utf-8"),
    js=(_HERE / "copy_link.js").read_text("utf-8"),
)


def copy_link(*, too_long: bool) -> None:
    """The button; it says so when no link can hold what is shown."""
    _mount(key="copy_link", data={"too_long": too_long}, width="content")
