"""Bringing what was asked for into sight, and the reader back to where they were."""

from __future__ import annotations

from importlib.resources import files

import streamlit as st

_HERE = files(__package__)
_mount = st.components.v2.component(
    "xproj_arrive",
    html='<div class="arrive"></div>\n',
    css=".arrive {\n  scroll-margin-top: 4.5rem;\n}\n",
    js=(_HERE / "arrive.js").read_text("utf-8"),
)


def arrive(times: int, *, key: str) -> None:
    """Scroll to here whenever `times` has grown; back again when this is drawn no more.

    Args:
        times: how often the reader has asked for what stands here; 0 if a link brought them.
    """
    _mount(key=key, data={"times": times}, height=1)
