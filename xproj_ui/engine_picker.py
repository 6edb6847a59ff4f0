"""Which engine answers."""

from __future__ import annotations

import streamlit as st

from xproj_core.engines.presets import PRESETS
from xproj_ui.engines import shelf, title
from xproj_ui.project_page import answer, state


def picker() -> None:
    """Presets, and what was put together on the engines page."""
    key = state.key("engine")
    names = [*PRESETS, *shelf().offered(), *shelf().loaded(), st.session_state[key]]
    known = list(dict.fromkeys(names))
    st.selectbox(
        "Engine",
        known,
        key=key,
        format_func=title,
        on_change=lambda: answer.allow(st.session_state[key]),
        width=150,
    )
