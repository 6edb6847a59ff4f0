"""What links a source to a target, and what a projector made of it: evidence and projections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Never

from xproj_core.domain.alignment import Alignment
from xproj_core.domain.errors import ProjectionError
from xproj_core.domain.sentence import Sentence, Span
from xproj_core.domain.voting_rule import VotingRule

_NOTHING: Mapping[str, Never] = MappingProxyType({})


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
        tagset: the labels that the tagger of the source (for model transfer: of the target)
            can give; None where a person labelled it, or where it is not known.
        election: for methods that let others vote, what these gathered; the rest is then
            that of the first voter. See `project.elections`.
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
    election: Election | None = None
    tagset: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        shape = (len(self.source), len(self.target))
        if self.alignment is not None and self.alignment.shape != shape:
            raise ProjectionError(
                f"The alignment is {self.alignment.shape[0]} x {self.alignment.shape[1]}, but the"
                f" source has {shape[0]} tokens and the target {shape[1]}."
            )


@dataclass(frozen=True, slots=True)
class Election:
    """Evidence of several voters about one target: each is projected, then they vote.

    Attributes:
        voters: the name of each, with what it gathered.
        rule: how the votes are counted.
    """

    voters: tuple[tuple[str, Evidence], ...]
    rule: VotingRule


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
        confidence: how well links tie it to its source, in [0, 1]; see `project.explain`.
        margin: score of the chosen candidate minus that of the runner-up; None without one.
        steps: what happened, in order, one short sentence each.
        probability: that place and label are right, as `confidence` estimates it from all that
            is known; None before it was estimated.
    """

    source: Span | None
    links: tuple[tuple[int, int, float], ...] = ()
    candidates: tuple[Candidate, ...] = ()
    rule: str = ""
    confidence: float = 0.0
    margin: float | None = None
    steps: tuple[str, ...] = ()
    probability: float | None = None

    @property
    def certainty(self) -> float:
        """The probability where it was estimated, else what the links give."""
        return self.confidence if self.probability is None else self.probability


@dataclass(frozen=True, slots=True)
class Projected:
    """An entity on the target, and why it is there."""

    span: Span
    trace: Trace


@dataclass(frozen=True, slots=True)
class Lost:
    """A source entity that landed nowhere.

    `reason` is a code: "unaligned", "filtered", "collision", "no-candidate", "not-placed",
    "method", "outvoted". `message` names the rule, or the entity that won.
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
