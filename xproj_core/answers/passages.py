"""A paragraph on the main page: its sentences, each a question of its own."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import pairwise
from threading import Event, Thread

import regex

from xproj_core.answers.one_sentence import Comparison, Question, answer
from xproj_core.domain import languages
from xproj_core.domain.errors import LanguageError, XProjError
from xproj_core.formats.inline import LABEL
from xproj_core.formats.typed import looks_like_conll
from xproj_core.methods import Memo, Mode
from xproj_core.models.protocols import Engine
from xproj_core.text.sentence_boundaries import sentences

_BRACKETS = regex.compile(rf"\\.|\[|\](?:\({LABEL}\))?")


def passages(question: Question) -> tuple[str, ...]:
    """The sentences of the question's text as they were typed, labels and all.

    One where the text is one, or pasted CoNLL. No entity that is typed in brackets is cut.
    """
    text = question.text
    if looks_like_conll(text):
        return (text,)
    language = question.target if question.mode is Mode.LABEL else question.source
    try:
        spans = sentences(text, languages.normalise(language))
    except LanguageError:  # whoever answers says it
        return (text,)
    inside = _entities(text)
    edges = [start for start, _ in spans[1:] if not _is_inside(inside, start)]
    parts = [text[a:b].strip() for a, b in pairwise([0, *edges, len(text)])]
    return tuple(part for part in parts if part) or (text,)


def _entities(text: str) -> list[tuple[int, int]]:
    """Where outermost entities stand, in order; a bracket that is none counts as plain text."""
    opened: list[int] = []
    places: list[tuple[int, int]] = []
    for match in _BRACKETS.finditer(text):
        if match[0] == "[":
            opened.append(match.start())
        elif match[0].startswith("]") and opened:
            start = opened.pop()
            if len(match[0]) > 1:
                places = [f for f in places if f[0] < start] + [(start, match.end())]
    return places


def _is_inside(entities: list[tuple[int, int]], at: int) -> bool:
    k = bisect_right(entities, (at, 0)) - 1
    return k >= 0 and entities[k][0] < at < entities[k][1]


@dataclass
class Ahead:
    """Answers to the questions of a paragraph, computed one after the other while nobody waits.

    They go into the memo, where the page finds them; what is kept here is how each went.

    Attributes:
        outcomes: for each sentence that is computed, its answer or what is wrong with it.
    """

    questions: tuple[Question, ...]
    engine: Engine
    memo: Memo
    outcomes: list[Comparison | XProjError] = field(default_factory=list)
    _stopped: Event = field(default_factory=Event)

    @property
    def running(self) -> bool:
        """True while there is something to compute and nobody has stopped it."""
        return not self._stopped.is_set() and len(self.outcomes) < len(self.questions)

    def start(self, later: Callable[[Callable[[], None]], None] | None = None) -> None:
        """Compute in a thread of its own, or as `later` has it done."""
        (later or _in_thread)(self._run)

    def stop(self) -> None:
        """Stop after the sentence that is being computed."""
        self._stopped.set()

    def _run(self) -> None:
        for question in self.questions:
            if self._stopped.is_set():
                return
            try:
                self.outcomes.append(answer(question, self.engine, self.memo))
            except XProjError as error:
                self.outcomes.append(error)
            except Exception:
                self._stopped.set()  # whoever opens the sentence is told what is wrong
                raise


def _in_thread(work: Callable[[], None]) -> None:
    Thread(target=work, daemon=True).start()


def questions(question: Question) -> tuple[Question, ...]:
    """One question for each sentence; what was typed over the chain belongs to none of them."""
    return tuple(replace(question, text=text, edits={}) for text in passages(question))
