"""Where a text is cut into sentences, to be moved by hand before it is kept."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from xproj_core.datasets import Loaded
from xproj_core.domain.errors import InputError
from xproj_core.formats.plain_documents import begins_in, whole_documents
from xproj_ui.datasets_page.reading import How
from xproj_ui.say import say

_BEGINS = "add_begins"
_MOST = 300
"""Sentences of a text whose cuts can be moved here."""


def moved(settings: How, key: str) -> How:
    """How the file is read, with the cuts that were moved for it."""
    before: tuple[str, tuple[int, ...]] | None = st.session_state.get(_BEGINS)
    if before is None or before[0] != _of(settings, key):
        return settings
    return replace(settings, options={**settings.options, "begins": before[1]})


def _of(settings: How, key: str) -> str:
    """What moved cuts belong to: the file, and how it is read otherwise."""
    return f"{key} {settings.source_language} {settings.target_language}"


def editor(loaded: Loaded, settings: How, key: str) -> None:
    """The sentences, a line each, in which line ends can be moved."""
    if settings.options.get("cut") != "sentences" or loaded.preview.items > _MOST:
        return
    documents = list(whole_documents(loaded.items))
    if len(documents) != 1:
        return
    (document,) = documents
    sentence = document.target or document.source
    text = "" if sentence is None or sentence.text is None else sentence.text
    with st.expander("Move the cuts"), st.form("add_cuts", border=False):
        st.caption("A sentence a line: join two lines, or break one, where the cut is wrong.")
        typed = st.text_area(
            "Sentences",
            "\n".join(_lines(loaded)),
            height=240,
            label_visibility="collapsed",
            key=f"add_cuts_{loaded.preview.items}_{hash(text)}",
        )
        if st.form_submit_button("Cut so"):
            try:
                begins = begins_in(text, typed.split("\n"))
            except InputError as error:
                say(str(error))
                return
            st.session_state[_BEGINS] = (_of(settings, key), begins)
            st.rerun()


def _lines(loaded: Loaded) -> list[str]:
    lines = []
    for item in loaded.items:
        sentence = item.target or item.source
        if sentence is not None:
            lines.append(" ".join((sentence.text or " ".join(sentence.tokens)).split()))
    return lines
