"""The answer: computed, drawn, downloaded."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from xproj_core.answers.one_sentence import Comparison, Question, answer
from xproj_core.domain.errors import XProjError
from xproj_core.drawing import payload
from xproj_core.models.protocols import Engine
from xproj_core.text.strings import counted
from xproj_ui.address.project_view import View
from xproj_ui.comparison.component import show
from xproj_ui.engines import DEFAULT, shelf, title
from xproj_ui.project_page import state, typed_over
from xproj_ui.project_page.slots import slots
from xproj_ui.say import say

_NAMES = {"translate": "translation", "align": "alignment", "tag": "tagging"}


def tally(comparison: Comparison) -> str:
    """ "computed: 1 translation; kept: 2 translations, 1 tagging"."""
    return f"computed: {_listed(comparison.computed)}; kept: {_listed(comparison.reused)}"


def _listed(counts: Mapping[str, int]) -> str:
    words = [counted(n, noun) for kind, noun in _NAMES.items() if (n := counts.get(kind, 0))]
    return ", ".join(words) or "nothing"


_LOG = logging.getLogger(__name__)
_ANSWER, _ALLOWED, _KEY = "answer", "engines_allowed", "comparison"


@dataclass(frozen=True)
class Answer:
    """A comparison, and the question and engine it belongs to."""

    question: Question
    engine: Engine
    comparison: Comparison


def last() -> Answer | None:
    """The answer that was shown last."""
    answer: Answer | None = st.session_state.get(_ANSWER)
    return answer


def compute(view: View, place: DeltaGenerator) -> Answer | None:
    """The answer to the view's question; problems are shown at `place`."""
    engine = _engine(view.engine, place)
    if engine is None:
        return None
    before = last()
    if before and before.question == view.question and before.engine.name == engine.name:
        return before
    with place.container():
        answer = _ask(view.question, engine)
    if answer is not None:
        st.session_state[_ANSWER] = answer
        place.empty()
    return answer


def _engine(name: str, place: DeltaGenerator) -> Engine | None:
    if name not in shelf().loaded() and not _allowed(name):
        with place.container():
            say(f"This link asks for the engine {title(name)}, which is not loaded here.", "note")
            st.button("Load it", key="allow", on_click=allow, args=(name,))
        return None
    try:
        if name in shelf().loaded():
            return shelf().get(name)
        with place.container(), st.spinner("Loading the models …"):
            return shelf().get(name)
    except XProjError as error:
        with place.container():
            say(str(error))
    return None


def _allowed(name: str) -> bool:
    """A link alone must not make this machine load or download models."""
    return name == DEFAULT or name in st.session_state.get(_ALLOWED, ())


def allow(name: str) -> None:
    """The person at the screen wants this engine."""
    st.session_state[_ALLOWED] = {*st.session_state.get(_ALLOWED, ()), name}


def _ask(question: Question, engine: Engine) -> Answer | None:
    try:
        with st.spinner("Translating, aligning, projecting …"):
            comparison = answer(question, engine, shelf().memo)
    except XProjError as error:
        say(str(error))
        return None
    except Exception:
        _LOG.exception("no answer to %r", question)
        say(
            "Something went wrong inside XProj: a fault of the program, not of your text, which"
            " is kept. Try another method, projector or engine; the"
            " terminal has the details."
        )
        return None
    return Answer(question, engine, comparison)


@st.fragment
def draw(answer: Answer) -> None:
    """The comparison; looking around in it does not rerun the page."""
    view: View = st.session_state[state.VIEW]
    data = payload(
        answer.comparison,
        mode=answer.question.mode,
        selected=view.selected,
        view="heat" if view.drawing == "heat" else "ribbons",
    )
    shown = show(data, key=_KEY, on_select=_look, on_view=_look)
    if shown.edit:
        slot_name = shown.edit["slot"]
        for slot in slots(answer.question, answer.comparison):
            if slot.name == slot_name:
                typed_over.dialog(slot)


def _look() -> None:
    widget_state = st.session_state[_KEY]
    view: View = st.session_state[state.VIEW]
    selected, drawing = widget_state.get("selected"), widget_state.get("view")
    state.look(
        view.selected if selected is None else selected or None,
        drawing or view.drawing,
    )


def status(answer: Answer) -> None:
    """How long it took, and what was computed for it."""
    seconds = answer.comparison.seconds
    took = f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"
    say(f"{took} · {tally(answer.comparison)}", "quiet")
