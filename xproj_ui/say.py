"""Sentences on the page. What a user typed is never read as Markdown or HTML."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from html import escape
from typing import Literal

import regex
import streamlit as st

from xproj_core.domain.errors import XProjError
from xproj_core.drawing.colours import ROLES, adaptive

Kind = Literal["problem", "note", "quiet"]


def _tint(role: str, percent: int) -> str:
    return f"color-mix(in srgb,{adaptive(ROLES[role])} {percent}%,transparent)"


_STYLE = {
    "problem": f"background:{_tint('problem', 12)};padding:.6rem .9rem",
    "note": f"background:{_tint('note', 14)};padding:.6rem .9rem",
    "quiet": "opacity:.72;font-size:.87em;padding:0",
}
_LONGEST = 1500
_MARKUP = regex.compile(r"[!-/:-@\[-`{-~]")


def escaped(text: str) -> str:
    """`text` for places that read Markdown: tooltips, labels."""
    return _MARKUP.sub(r"\\\g<0>", " ".join(text.split()))


def say(text: str, kind: Kind = "problem") -> None:
    """Show `text` literally; a problem is announced to screen readers at once."""
    shown = text if len(text) <= _LONGEST else text[:_LONGEST] + " …"
    role = "alert" if kind == "problem" else "status"
    st.html(
        f'<div role="{role}" class="xproj-{kind}" dir="auto" style="border-radius:8px;'
        f'white-space:pre-wrap;overflow-wrap:anywhere;line-height:1.45;{_STYLE[kind]}">'
        f"{escape(shown)}</div>"
    )


def safely(callback: Callable[..., object]) -> Callable[..., None]:
    """A callback that tells of its problem in a toast: else it would be a traceback."""

    @wraps(callback)
    def called(*arguments: object) -> None:
        try:
            callback(*arguments)
        except XProjError as error:
            st.toast(escaped(str(error)))

    return called
