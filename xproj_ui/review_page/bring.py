"""A labelled file as a new dataset to correct."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from xproj_core.domain import languages
from xproj_core.domain.errors import InputError, XProjError
from xproj_core.domain.item import Item
from xproj_core.formats import FORMATS
from xproj_ui.languages_menu import menu, named
from xproj_ui.resources import store
from xproj_ui.review_page import state
from xproj_ui.say import say

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

_AUTO = ""
_NAMES = {_AUTO: "by the file's name"} | {
    name: f.title for name, f in FORMATS.items() if not f.needs
}


def form() -> None:
    """File, format and languages; what cannot be read is told with its line."""
    with st.form("review_bring", border=False):
        upload = st.file_uploader("Labelled file", key="review_file")
        name = st.selectbox(
            "Format", list(_NAMES), format_func=_NAMES.__getitem__, key="review_file_format"
        )
        with st.container(horizontal=True):
            source = st.selectbox(
                "Source language",
                menu(),
                index=menu().index("en"),
                width=200,
                format_func=named,
                key="review_file_source",
            )
            target = st.selectbox(
                "Target language",
                menu(),
                index=menu().index("de"),
                width=200,
                format_func=named,
                key="review_file_target",
            )
        partial = st.toggle("Leave out what cannot be read", key="review_file_partial")
        pressed = st.form_submit_button("Bring it in")
    if pressed:
        try:
            _bring(upload, name, source, target, partial)
        except XProjError as error:
            say(str(error))
        else:
            st.rerun()


def _bring(upload: UploadedFile | None, name: str, source: str, target: str, partial: bool) -> None:
    if upload is None:
        raise InputError("Choose a file first.")
    chosen = FORMATS[name or _guessed(upload.name)]
    how = {"source": languages.normalise(source), "target": languages.normalise(target)}
    read = chosen.loads(upload.getvalue(), file=upload.name, partial=partial, **how)
    dataset_id = store().datasets.add(
        Path(upload.name).stem[:100] or "Imported",
        read.items,
        how["source"],
        how["target"],
        _labels(read.items),
        [*read.notes, *read.problems],
    )
    state.change(dataset=dataset_id, item=None, layer=None)


def _guessed(file: str) -> str:
    """The first format whose files end like this one."""
    for name, file_format in FORMATS.items():
        if not file_format.needs and file.lower().endswith(file_format.suffixes):
            return name
    raise InputError(f"{file}: the name does not say which format it is in. Choose one.")


def _labels(items: tuple[Item, ...]) -> list[str]:
    labels = dict.fromkeys(
        s.label for i in items for side in (i.source, i.target) if side for s in side.spans
    )
    return list(labels) or ["PER", "LOC", "ORG"]
