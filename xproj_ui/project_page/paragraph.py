"""A text of several sentences: a list of them, one answered at a time, the others meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from xproj_core.answers.one_sentence import Comparison, Question
from xproj_core.answers.passages import Ahead, questions
from xproj_core.domain.errors import XProjError
from xproj_core.models.protocols import Engine
from xproj_core.text.strings import counted
from xproj_ui.address.project_view import View
from xproj_ui.engines import shelf
from xproj_ui.project_page import state
from xproj_ui.say import escaped, say

_AHEAD, _TOLD = "answers_ahead", "answers_ahead_told"
_LISTED = 12
_LONGEST = 90
_MANY = 200
"""Sentences that are computed unasked, and that a list is good for."""


def chosen(view: View) -> View:
    """The view with the sentence that is to be answered in place of a text of several."""
    parts = questions(view.question)
    if len(parts) < 2:
        return view
    number = _number(view, len(parts))
    st.session_state[state.key("sentence")] = number
    say(f"The text has {len(parts)} sentences. One at a time is translated and labelled.", "note")
    names = [_name(k, parts) for k in range(len(parts) + 1)]
    numbers, key = range(len(parts) + 1), state.key("sentence")
    if len(parts) <= _LISTED:
        st.radio("Sentence", numbers, format_func=names.__getitem__, key=key)
    else:
        st.selectbox("Sentence", numbers, format_func=names.__getitem__, key=key)
    if len(parts) > _MANY:
        say(
            "A text of this length is better kept: Datasets, Add data, “A sentence is: To be found"
            " in the text”.",
            "quiet",
        )
    if number == 0:
        return view
    return replace(view, question=replace(parts[number - 1], edits=view.question.edits))


def _number(view: View, sentences: int) -> int:
    """The sentence that is answered; what was typed over a text before it was cut is kept."""
    if view.sentence is not None:
        return min(view.sentence, sentences)
    return 0 if view.question.edits else 1


def _name(number: int, parts: Sequence[Question]) -> str:
    if number == 0:
        return "All of it as one sentence"
    text = " ".join(parts[number - 1].text.split())
    shown = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    return escaped(f"{number}. {shown}") + _outcome(number, parts)


def _outcome(number: int, parts: Sequence[Question]) -> str:
    """What is known of a sentence that nobody has looked at yet."""
    ahead: Ahead | None = st.session_state.get(_AHEAD)
    if ahead is None or ahead.questions != tuple(parts) or len(ahead.outcomes) < number:
        return ""
    outcome = ahead.outcomes[number - 1]
    if isinstance(outcome, XProjError):
        return " · cannot be answered"
    return f" · {_summarise(outcome)}"


def _summarise(outcome: Comparison) -> str:
    labels = max((len(c.projection.spans) for c in outcome.columns if c.projection), default=0)
    alike = "" if not outcome.disagreements else ", methods differ"
    return f"{counted(labels, 'label')}{alike}"


def others(view: View, engine: Engine) -> None:
    """Compute the sentences that are not shown, and say how far that is."""
    parts = questions(view.question)
    before: Ahead | None = st.session_state.get(_AHEAD)
    if before is not None and (before.questions != parts or before.engine.name != engine.name):
        before.stop()
        before = None
    if len(parts) < 2:
        st.session_state.pop(_AHEAD, None)
        return
    if before is None:
        before = Ahead(parts, engine, shelf().memo)
        st.session_state[_AHEAD] = before
        if len(parts) <= _MANY:
            before.start()
        else:
            before.stop()
    st.fragment(_progress, run_every=1.0 if before.running else None)(before)


def _progress(ahead: Ahead) -> None:
    done, total = len(ahead.outcomes), len(ahead.questions)
    if ahead.running:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.progress(done / total, f"{done} of {total} sentences are computed")
            st.button("Stop", key="ahead_stop", on_click=ahead.stop)
    elif done == total:
        if st.session_state.get(_TOLD) is not ahead:
            st.session_state[_TOLD] = ahead
            st.rerun()  # for the list to show it
        say(f"All {total} sentences are computed.", "quiet")
    else:
        say(f"{done} of {total} sentences are computed; the others when you choose them.", "quiet")
