"""From the main page to the review page: the sentence, with every method's labels."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import streamlit as st

from xproj_core.annotation.settings import Settings
from xproj_core.answers.choice import Choice
from xproj_core.answers.one_sentence import Comparison, Question
from xproj_core.answers.system import System
from xproj_core.domain import Sentence
from xproj_core.domain.errors import InputError, XProjError
from xproj_core.domain.item import Item
from xproj_core.domain.record import Record, record
from xproj_core.methods import Mode
from xproj_ui.address import links, query
from xproj_ui.languages_menu import name
from xproj_ui.project_page.answer import Answer
from xproj_ui.resources import store
from xproj_ui.say import say

_TO, _PROBLEM = "review_sent", "review_send_problem"


def button(answer: Answer) -> None:
    """Keep the sentence and open it there."""
    st.button(
        "Send to review",
        icon=":material/rate_review:",
        key="send_to_review",
        help="Keep this sentence with every method's labels, and correct them",
        on_click=_send,
        args=(answer.question, answer.comparison),
    )
    problem = st.session_state.pop(_PROBLEM, None)
    if problem:
        say(problem)
    parameters = st.session_state.pop(_TO, None)
    if parameters:
        query.switch("review", parameters)


def _send(question: Question, comparison: Comparison) -> None:
    try:
        dataset, key = keep(question, comparison)
    except XProjError as error:
        st.session_state[_PROBLEM] = str(error)
    else:
        st.session_state[_TO] = links.to_review(dataset, key)


def keep(question: Question, comparison: Comparison) -> tuple[str, str]:
    """Store the sentence in the dataset of its languages, once; dataset and item key.

    Raises:
        InputError: no method has an answer.
    """
    records = _records(question, comparison)
    if not records:
        raise InputError("No method has an answer to this sentence, there is nothing to correct.")
    item = _item(question, comparison, records[0])
    data = store().datasets
    title = f"From the main page: {name(question.source)} → {name(question.target)}"
    known = next((d for d in data.list() if d.name == title), None)
    if known is None:
        labels = list(dict.fromkeys([*_labels(records), "PER", "LOC", "ORG", "DATE"]))
        dataset, number = data.add(title, [item], question.source, question.target, labels), 0
    else:
        dataset = known.id
        try:
            return dataset, data.item(dataset, item.key).key
        except XProjError:
            [number] = data.append(dataset, [item])
    if known is None:
        store().reviews.set(dataset, Settings(system=records[0].system))
    store().reviews.give(dataset, [_numbered(r, item.key, number) for r in records])
    return dataset, item.key


def _records(question: Question, comparison: Comparison) -> list[Record]:
    target = comparison.target or Sentence((), "und")
    return [
        record("", 0, _system(c.method, question.projector), c.evidence, c.projection, target)
        for c in comparison.columns
        if c.evidence is not None and c.projection is not None
    ]


def _system(method: str, projector: str) -> str:
    return str(System(Choice(method), Choice(projector)))


def _numbered(record: Record, key: str, number: int) -> Record:
    return replace(record, item=key, number=number)


def _item(question: Question, comparison: Comparison, first: Record) -> Item:
    """The pair as the first method had it; typed labels on the text to label are gold."""
    label = question.mode is Mode.LABEL
    gold = comparison.gold if label else None
    target = first.target if gold is None else first.target.labelled(gold)
    words = "\0".join(
        [
            question.text,
            question.source,
            question.target,
            question.projector,
            *question.methods,
            *first.source.tokens,
            *first.target.tokens,
        ]
    )
    return Item(
        sha256(words.encode("utf-8", "replace")).hexdigest()[:12],
        first.source,
        target,
        frozenset({"target"} if gold is not None else ()),
    )


def _labels(records: list[Record]) -> list[str]:
    return [s.label for r in records for s in (*r.source.spans, *r.predicted)]
