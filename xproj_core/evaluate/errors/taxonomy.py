"""The classes of the error taxonomy, in the order in which they are shown.

Which of them an entity is in: `classify`, and the order in which they are tried: `attribution`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from xproj_core.domain import Span


class Step(StrEnum):
    """Where along the way something went wrong."""

    NONE = "none"
    RUN = "run"
    TRANSLATION = "translation"
    TAGGING = "tagging"
    ALIGNMENT = "alignment"
    PROJECTION = "projection"
    REFERENCE = "reference"


class Kind(StrEnum):
    """What became of an entity; every entity of the gold and of a system is of one kind."""

    CORRECT = "correct"
    FAILED = "failed"
    MT_DROPPED = "mt-dropped"
    MT_CHANGED = "mt-changed"
    SOURCE_MISS = "source-miss"
    UNKNOWN_LABEL = "unknown-label"
    SOURCE_SPURIOUS = "source-spurious"
    SOURCE_LABEL = "source-label"
    SOURCE_BOUNDARY = "source-boundary"
    UNALIGNED = "unaligned"
    WRONG_PLACE = "wrong-place"
    SHORT = "short"
    LONG = "long"
    SHIFTED = "shifted"
    SPLIT = "split"
    MERGED = "merged"
    COLLISION = "collision"
    DUPLICATE = "duplicate"
    TYPE = "type"
    FILTERED = "filtered"
    TOKENISATION = "tokenisation"
    GUIDELINE = "guideline"


@dataclass(frozen=True, slots=True)
class About:
    """A kind for a reader: a name, and what it means."""

    title: str
    meaning: str


ABOUT: dict[Kind, About] = {
    Kind.CORRECT: About("correct", "Both ends and the label match the gold entity."),
    Kind.FAILED: About("no answer", "The system gave no answer for the sentence."),
    Kind.MT_DROPPED: About(
        "dropped by translation", "Nothing in the translated source stands for the entity."
    ),
    Kind.MT_CHANGED: About(
        "changed by translation", "The translation turned the name into ordinary words."
    ),
    Kind.SOURCE_MISS: About(
        "missed by the tagger", "The entity stands in the source, but was not labelled there."
    ),
    Kind.UNKNOWN_LABEL: About(
        "label unknown to the tagger", "The tagger has no such label, so it cannot find the entity."
    ),
    Kind.SOURCE_SPURIOUS: About(
        "invented by the tagger", "The tagger labelled something that is no entity."
    ),
    Kind.SOURCE_LABEL: About(
        "label wrong in the source", "The tagger found the entity and gave it another label."
    ),
    Kind.SOURCE_BOUNDARY: About(
        "boundary wrong in the source", "The tagger found the entity with other ends."
    ),
    Kind.UNALIGNED: About("unaligned", "No link leads from the source entity to the target."),
    Kind.WRONG_PLACE: About("wrong place", "The entity landed on other words altogether."),
    Kind.SHORT: About("too short", "The entity landed on some of its words only."),
    Kind.LONG: About("too long", "The entity landed on its words and more."),
    Kind.SHIFTED: About("shifted", "The entity lost words at one end and gained some elsewhere."),
    Kind.SPLIT: About("split", "One entity arrived in several pieces."),
    Kind.MERGED: About("merged", "Several entities arrived as one."),
    Kind.COLLISION: About("lost a collision", "Another entity took its words."),
    Kind.DUPLICATE: About("duplicate", "The entity was labelled a second time elsewhere."),
    Kind.TYPE: About("label of another", "The words carry the label of a different entity."),
    Kind.FILTERED: About("filtered", "A rule of the projector dropped the entity."),
    Kind.TOKENISATION: About("tokenisation", "Gold standard and system cut the words differently."),
    Kind.GUIDELINE: About(
        "guideline", "The two sides' gold standards differ about the entity themselves."
    ),
}

STEPS: dict[Kind, Step] = {
    Kind.CORRECT: Step.NONE,
    Kind.FAILED: Step.RUN,
    Kind.MT_DROPPED: Step.TRANSLATION,
    Kind.MT_CHANGED: Step.TRANSLATION,
    Kind.SOURCE_MISS: Step.TAGGING,
    Kind.UNKNOWN_LABEL: Step.TAGGING,
    Kind.SOURCE_SPURIOUS: Step.TAGGING,
    Kind.SOURCE_LABEL: Step.TAGGING,
    Kind.SOURCE_BOUNDARY: Step.TAGGING,
    Kind.UNALIGNED: Step.ALIGNMENT,
    Kind.WRONG_PLACE: Step.ALIGNMENT,
    Kind.TOKENISATION: Step.REFERENCE,
    Kind.GUIDELINE: Step.REFERENCE,
}
"""The step of a kind; those not here are projection, unless it was wrong before."""


@dataclass(frozen=True, slots=True)
class Case:
    """One gold entity, one predicted entity, or a pair of them.

    Attributes:
        kind: what became of it.
        step: where it went wrong.
        gold: the gold entity on the target; None for a spurious one.
        predicted: the system's entity on the target; None for a missed one.
        source: the source entity that it is about, if one is known.
        message: why it is of this kind, as a sentence. Says so where that is a guess.
        with_gold_source: whether the gold entity is found exactly when the source carries its
            gold labels, over the same links; None where nobody tried.
    """

    kind: Kind
    step: Step
    gold: Span | None
    predicted: Span | None
    source: Span | None
    message: str
    with_gold_source: bool | None = None

    @property
    def outcome(self) -> str:
        """ "correct", "wrong" (found, but not right), "missed" or "spurious"."""
        if self.kind is Kind.CORRECT:
            return "correct"
        if self.gold is None:
            return "spurious"
        return "missed" if self.predicted is None else "wrong"
