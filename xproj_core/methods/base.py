"""What every method gets and gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from xproj_core.domain import Evidence, Sentence, Span
from xproj_core.domain.errors import XProjError
from xproj_core.methods.steps import Steps


class Mode(StrEnum):
    """Which side is given."""

    LABEL = "label"
    """Translate-test: the target sentence is given and gets labels."""
    TRANSLATE = "translate"
    """Translate-train: the labelled source sentence is given and gets a translation."""


SLOTS: Mapping[Mode, tuple[str, ...]] = {
    Mode.LABEL: ("source", "pivot", "pivot-source", "back"),
    Mode.TRANSLATE: ("source", "target", "pivot", "back"),
}
"""The sentences of a chain that a person may type over."""


@dataclass(frozen=True, slots=True)
class Edit:
    """What a person typed over one sentence of the chain.

    `spans` None means that only the text was given, and the engine still tags it.
    """

    sentence: Sentence
    spans: tuple[Span, ...] | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """One sentence to be dealt with.

    Attributes:
        sentence: the target in `Mode.LABEL`, the source in `Mode.TRANSLATE`.
        labels: the given source's labels; None lets the engine tag it.
        source, target, pivot: language codes; pivot None where no pivot is asked for.
        edits: slot name to what was typed over it.
        others: the source in further languages, by code, where the data have it.
    """

    mode: Mode
    sentence: Sentence
    source: str
    target: str
    pivot: str | None = None
    labels: tuple[Span, ...] | None = None
    edits: Mapping[str, Edit] = field(default_factory=dict)
    others: Mapping[str, Edit] = field(default_factory=dict)


class Method(Protocol):
    """Decides how source and target get linked; its fields are its parameters."""

    @property
    def name(self) -> str: ...

    def gather(self, tasks: Sequence[Task], steps: Steps) -> list[Evidence | XProjError]:
        """Evidence for each task, in order; a task that fails gives its error instead."""
        ...


def places_labels(method: type[Method] | Method) -> bool:
    """True of a method that says itself where labels go, whatever the projector is; it has a
    `places_labels` that is true, which others need not have."""
    return bool(getattr(method, "places_labels", False))
