"""Everything that defines what the main page shows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from xproj_core import examples
from xproj_core.answers.one_sentence import Question
from xproj_core.examples import Example
from xproj_core.methods import Mode

START = (
    "[Marie Curie](PER) kam aus [Warschau](LOC) und lehrte später an der [Universität Paris](ORG)"
    " in [Frankreich](LOC)."
)
"""A sentence that the default engine translates by itself."""
DRAWINGS = ("ribbons", "heat")


@dataclass(frozen=True)
class View:
    """The question, the engine that answers it, and what is looked at.

    Attributes:
        selected: the entity whose explanation is open, as the drawing names it ("direct:3").
        drawing: one of `DRAWINGS`.
        sentence: of a text that has several, the number from 1 of the one that is answered; 0 for
            all as one; None where nobody has chosen.
    """

    question: Question
    engine: str = "mini"
    selected: str | None = None
    drawing: str = "ribbons"
    sentence: int | None = None


def of_example(example: Example, before: Question | None = None) -> Question:
    """The question an example asks, with the methods and projector of the one `before`."""
    question = Question(
        Mode.LABEL,
        example.marked[example.target],
        examples.SOURCE,
        example.target,
        example.pivot,
    )
    if before is None:
        return question
    return replace(
        question,
        methods=before.methods,
        method_options=before.method_options,
        projector=before.projector,
        projector_options=before.projector_options,
    )


@lru_cache(maxsize=1)
def start() -> View:
    """What a first visit shows."""
    return View(Question(Mode.LABEL, START, examples.SOURCE, "de", "fr"))
