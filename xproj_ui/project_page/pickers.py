"""What is chosen from a list: the engine that answers, and an example that fills everything."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import streamlit as st

from xproj_core import examples
from xproj_core.answers.one_sentence import Question
from xproj_core.engines.presets import PRESETS
from xproj_core.examples import Example
from xproj_ui.address.project_view import View, of_example
from xproj_ui.engines import shelf, title
from xproj_ui.languages_menu import name
from xproj_ui.project_page import answer, state

_KEY = "example"


def engine_picker() -> None:
    """Presets, and what was put together on the engines page."""
    key = state.key("engine")
    names = [*PRESETS, *shelf().offered(), *shelf().loaded(), st.session_state[key]]
    st.selectbox(
        "Engine",
        list(dict.fromkeys(names)),
        key=key,
        format_func=title,
        on_change=lambda: answer.allow(st.session_state[key]),
        width=150,
    )


def example_picker() -> None:
    """A searchable list of all examples, by language, gold entities included."""
    known = by_language()
    st.selectbox(
        "Example",
        list(known),
        index=None,
        key=_KEY,
        format_func=lambda id: f"{name(known[id].target)} · {known[id].title}",
        placeholder=f"Try one of {len(known)} example sentences",
        on_change=_use,
        label_visibility="collapsed",
    )


@lru_cache(maxsize=1)
def by_language() -> dict[str, Example]:
    """The examples by id, grouped by the name of their language."""
    ordered = sorted(examples.load(), key=lambda e: name(e.target))
    return {example.id: example for example in ordered}


def _use() -> None:
    chosen = st.session_state[_KEY]
    if chosen:
        view: View = state.current()
        question = of_example(by_language()[chosen], view.question)
        state.adopt(replace(view, question=question, selected=None))
        # The list is for choosing; what is shown may be typed over at once.
        st.session_state[_KEY] = None


def shown_example(question: Question) -> Example | None:
    """The example whose text the question has, if it is one."""
    for example in examples.load():
        if example.marked.get(question.target) == question.text:
            return example
    return None
