"""The things XProj talks about: spans, sentences, alignments, evidence, projections.

All are immutable. Indices are token indices, spans are half-open, alignments are
source x target.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from operator import attrgetter
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xproj_core.errors import InputError, ProjectionError

Matrix = NDArray[np.float64]
Link = tuple[int, int]
_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Tokens `start` up to, not including, `end`, with a label.

    `score` is the confidence in [0, 1] of whoever made the span, None for a person's.
    It does not take part in comparison.
    """

    start: int
    end: int
    label: str
    score: float | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise InputError(
                f"A span must cover at least one token; got [{self.start}, {self.end})"
                f" labelled {self.label!r}."
            )

    def __len__(self) -> int:
        return self.end - self.start

    def __contains__(self, token: int) -> bool:
        return self.start <= token < self.end

    def overlaps(self, other: Span) -> bool:
        """True when the two share a token."""
        return self.start < other.end and other.start < self.end

    def same_place(self, other: Span) -> bool:
        """True when the two cover the same tokens."""
        return (self.start, self.end) == (other.start, other.end)


by_place = attrgetter("start", "end", "label")
"""The key that sorts spans as they compare, several times faster."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens of one language, with entity spans over them.

    `text` is what was typed, when the tokens came from text; `offsets` are then the
    tokens' code-point ranges in it. Both are None for pre-tokenised input.
    """

    tokens: tuple[str, ...]
    language: str
    spans: tuple[Span, ...] = ()
    text: str | None = None
    offsets: tuple[tuple[int, int], ...] | None = None

    def __post_init__(self) -> None:
        for span in self.spans:
            if span.end > len(self.tokens):
                raise InputError(
                    f"The span [{span.start}, {span.end}) {span.label} ends after the last"
                    f" of {len(self.tokens)} tokens."
                )

    def __len__(self) -> int:
        return len(self.tokens)

    def words(self, span: Span) -> tuple[str, ...]:
        """The tokens that `span` covers."""
        return self.tokens[span.start : span.end]

    def labelled(self, spans: Iterable[Span]) -> Sentence:
        """The same sentence with other spans, sorted by place."""
        return replace(self, spans=tuple(sorted(spans)))


@dataclass(frozen=True, slots=True, eq=False)
class Alignment:
    """How strongly each source token corresponds to each target token.

    Attributes:
        scores: (n_source, n_target), link scores in [0, 1].
        links: (n_source, n_target) bool, the links taken as holding.
    """

    scores: Matrix
    links: NDArray[np.bool_]

    def __post_init__(self) -> None:
        if self.scores.ndim != 2 or self.scores.shape != self.links.shape:
            raise ProjectionError(
                f"An alignment needs scores and links of one source x target shape; got"
                f" {self.scores.shape} and {self.links.shape}."
            )
        self.scores.setflags(write=False)
        self.links.setflags(write=False)

    @classmethod
    def from_links(
        cls,
        links: Iterable[Link],
        shape: tuple[int, int],
        scores: Mapping[Link, float] | None = None,
    ) -> Alignment:
        """A hard alignment from `(source, target)` index pairs.

        Raises:
            ProjectionError: a pair lies outside `shape`; the message names it.
        """
        matrix = np.zeros(shape)
        for i, j in links:
            if not (0 <= i < shape[0] and 0 <= j < shape[1]):
                raise ProjectionError(
                    f"The link {i}-{j} does not fit: the source has {shape[0]} tokens and the"
                    f" target {shape[1]} (counted from 0)."
                )
            matrix[i, j] = 1.0 if scores is None else scores[i, j]
        return cls(matrix, matrix > 0)

    @property
    def shape(self) -> tuple[int, int]:
        """(number of source tokens, number of target tokens)."""
        return self.scores.shape[0], self.scores.shape[1]

    def pairs(self) -> list[Link]:
        """The links as (source, target), sorted."""
        return [(int(i), int(j)) for i, j in np.argwhere(self.links)]

    def transposed(self) -> Alignment:
        """The same links seen from the other side: target x source."""
        return Alignment(self.scores.T.copy(), self.links.T.copy())

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Alignment):
            return NotImplemented
        return np.array_equal(self.links, other.links) and np.allclose(self.scores, other.scores)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What links a labelled source sentence to a target sentence, and how it was found.

    Attributes:
        method: the method's name in the registry.
        source: the labelled side.
        target: the side that receives labels.
        alignment: source x target; None for methods that need none.
        chain: the sentences in drawing order, source first and target last (for model
            transfer the target alone).
        hops: the alignments between neighbours of `chain` (len(chain) - 1 of them).
        parts: named matrices that `alignment` was made of, for display.
        placed: entities already on the target, each with the source entity it came from
            (None if from none), for methods that need no projector (markers, model transfer).
        origins: who made each sentence of `chain` ("mini", "memory", "typed", ...).
        notes: sentences to show to the user (truncation, fallbacks).
    """

    method: str
    source: Sentence
    target: Sentence
    alignment: Alignment | None
    chain: tuple[Sentence, ...]
    hops: tuple[Alignment | None, ...]
    parts: Mapping[str, Alignment] = field(default_factory=lambda: _NOTHING)
    placed: tuple[tuple[Span, Span | None], ...] | None = None
    origins: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        shape = (len(self.source), len(self.target))
        if self.alignment is not None and self.alignment.shape != shape:
            raise ProjectionError(
                f"The alignment is {self.alignment.shape[0]} x {self.alignment.shape[1]}, but the"
                f" source has {shape[0]} tokens and the target {shape[1]}."
            )


@dataclass(frozen=True, slots=True)
class Candidate:
    """A target span [start, end) that was weighed for one source entity.

    `parts` are the named scores that `score` was made of; `verdict` is one sentence
    fragment that says why it was or was not chosen.
    """

    start: int
    end: int
    score: float
    parts: Mapping[str, float] = field(default_factory=lambda: _NOTHING)
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class Trace:
    """Why one source entity landed where it did, or nowhere.

    Attributes:
        source: the source entity; None where there was none (model transfer).
        links: (source token, target token, score) that the decision rests on.
        candidates: what was weighed, best first.
        rule: what decided, as a sentence for a reader ("longest run of aligned words").
        confidence: in [0, 1].
        margin: score of the chosen candidate minus that of the runner-up; None without one.
        steps: what happened, in order, one short sentence each.
    """

    source: Span | None
    links: tuple[tuple[int, int, float], ...] = ()
    candidates: tuple[Candidate, ...] = ()
    rule: str = ""
    confidence: float = 0.0
    margin: float | None = None
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Projected:
    """An entity on the target, and why it is there."""

    span: Span
    trace: Trace


@dataclass(frozen=True, slots=True)
class Lost:
    """A source entity that landed nowhere.

    `reason` is a code: "unaligned", "filtered", "collision", "no-candidate", "not-placed",
    "method". `message` names the rule, or the entity that won.
    """

    source: Span
    reason: str
    message: str
    trace: Trace


@dataclass(frozen=True, slots=True)
class Projection:
    """All that one projector made of one piece of evidence."""

    entities: tuple[Projected, ...]
    lost: tuple[Lost, ...] = ()

    @property
    def spans(self) -> tuple[Span, ...]:
        """The target entities, sorted by place."""
        return tuple(sorted(p.span for p in self.entities))
