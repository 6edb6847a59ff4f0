"""Results as files."""

from __future__ import annotations

import json
from dataclasses import asdict

import streamlit as st

from xproj_core.answers.one_sentence import Column, Comparison, Question
from xproj_core.domain import codec
from xproj_core.domain.codec import RawJson
from xproj_core.domain.errors import InputError
from xproj_core.drawing import payload
from xproj_core.drawing.picture import picture
from xproj_core.drawing.png import png
from xproj_core.drawing.wording import title
from xproj_core.formats import conll
from xproj_core.models.protocols import Engine
from xproj_core.project.base import tags_of
from xproj_ui.say import escaped


def as_conll(column: Column) -> str:
    """The target with a method's labels.

    Raises:
        InputError: entities overlap, which columns cannot hold.
    """
    assert column.evidence is not None and column.projection is not None
    target = column.evidence.target
    return conll.dumps([(target.tokens, tags_of(column.projection, len(target)))])


def comparison_json(question: Question, engine: Engine, comparison: Comparison) -> str:
    """Question, engine, and every method's chain, links, entities and their traces."""
    document: RawJson = {
        "question": asdict(question),
        "engine": {"name": engine.name, **engine.models},
        "disagreements": sorted(comparison.disagreements),
        "gold": None if comparison.gold is None else [asdict(s) for s in comparison.gold],
        "methods": {},
    }
    for column in comparison.columns:
        if column.evidence is None or column.projection is None:
            document["methods"][column.method] = {"problem": column.problem}
        else:
            document["methods"][column.method] = codec.describe(column.evidence, column.projection)
    return json.dumps(document, ensure_ascii=False, indent=1)


def menu(question: Question, engine: Engine, comparison: Comparison) -> None:
    """A button per file."""
    with st.popover("Download", icon=":material/download:"):
        for column in comparison.columns:
            if column.projection is not None and column.evidence is not None:
                _conll_button(column)
        _picture_buttons(question, comparison)
        st.download_button(
            "Everything, with explanations (JSON)",
            lambda: comparison_json(question, engine, comparison).encode(),
            "comparison.json",
            "application/json",
            key="download_json",
            on_click="ignore",
        )


def _picture_buttons(question: Question, comparison: Comparison) -> None:
    """The drawing as files, for a slide or a paper; drawn when they are asked for."""

    def drawn() -> str:
        return picture(payload(comparison, mode=question.mode))

    st.download_button(
        "Picture (SVG)",
        lambda: drawn().encode(),
        "comparison.svg",
        "image/svg+xml",
        key="download_svg",
        on_click="ignore",
    )
    st.download_button(
        "Picture (PNG)",
        lambda: png(drawn()),
        "comparison.png",
        "image/png",
        key="download_png",
        on_click="ignore",
        help="Scripts that no font on this computer can write are drawn as boxes; the SVG is"
        " drawn with the fonts of whoever opens it.",
    )


def _conll_button(column: Column) -> None:
    try:
        data, help = as_conll(column), None
    except InputError as error:
        data, help = "", escaped(f"{error} Use JSON instead.")
    st.download_button(
        f"{title(column.method)} (CoNLL)",
        data.encode(),
        f"{column.method}.conll",
        "text/plain",
        key=f"download_{column.method}",
        on_click="ignore",
        disabled=help is not None,
        help=help,
    )
