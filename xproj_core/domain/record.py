"""What one system made of one item: enough to score, explain, compare and correct it later."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from xproj_core.domain.alignment import Alignment
from xproj_core.domain.errors import XProjError
from xproj_core.domain.projection import Evidence, Projection
from xproj_core.domain.sentence import Sentence, Span, by_place


@dataclass(frozen=True, slots=True)
class Placement:
    """What became of a source entity.

    Attributes:
        source: the source entity; None where the target entity came from none.
        target: where it landed; None where it was lost. A source entity that was placed
            several times has several placements.
        reason: for a lost one, the code of `domain.Lost`; else "".
        message: for a lost one, why, as a sentence.
        rule: what decided.
        confidence: how well links tie it to its source, in [0, 1].
        margin: lead over the runner-up; None without one.
        probability: that place and label are right; None where nobody estimated it.
    """

    source: Span | None
    target: Span | None
    reason: str = ""
    message: str = ""
    rule: str = ""
    confidence: float = 0.0
    margin: float | None = None
    probability: float | None = None

    @property
    def certainty(self) -> float:
        """The probability where it was estimated, else what the links give."""
        return self.confidence if self.probability is None else self.probability


@dataclass(frozen=True, slots=True)
class Record:
    """What one system made of one item.

    Attributes:
        item: the item's key.
        number: the item's place in its dataset, from 0.
        system: method and projector, "direct/match-exact".
        source: the labelled source sentence that was used; no tokens if there is a problem.
        target: the target sentence, without labels.
        chain: the sentences from source to target, the ends included.
        origins: who made each sentence of `chain` ("mini", "memory", "typed", "given").
        links: (source token, target token, score) of the links that were used.
        placements: what became of each source entity.
        oracle: the same with the gold source entities in place of those used, over the same
            links; None where they are not known or were used anyway.
        notes: what the models had to say.
        problem: why there is no result; None where there is one.
        tagset: the labels that the tagger could give; None where a person labelled the source,
            or where nobody noted it.
    """

    item: str
    number: int
    system: str
    source: Sentence
    target: Sentence
    chain: tuple[Sentence, ...] = ()
    origins: tuple[str, ...] = ()
    links: tuple[tuple[int, int, float], ...] = ()
    placements: tuple[Placement, ...] = ()
    oracle: tuple[Placement, ...] | None = None
    notes: tuple[str, ...] = ()
    problem: str | None = None
    tagset: tuple[str, ...] | None = None

    @property
    def predicted(self) -> tuple[Span, ...]:
        """The target entities, sorted by place, each with its certainty as score."""
        return predicted(self.placements)

    @property
    def alignment(self) -> Alignment:
        """The links as a matrix, source x target."""
        scores = {(i, j): score for i, j, score in self.links}
        return Alignment.from_links(scores, (len(self.source), len(self.target)), scores)


def predicted(placements: Iterable[Placement]) -> tuple[Span, ...]:
    """The target entities of placements, each once, sorted by place."""
    return tuple(sorted({p.target for p in placements if p.target is not None}, key=by_place))


def placements(projection: Projection) -> tuple[Placement, ...]:
    """A projection, entity by entity."""
    placed = [
        Placement(
            p.trace.source,
            p.span,
            rule=p.trace.rule,
            confidence=p.trace.confidence,
            margin=p.trace.margin,
            probability=p.trace.probability,
        )
        for p in projection.entities
    ]
    lost = [
        Placement(x.source, None, x.reason, x.message, x.trace.rule, x.trace.confidence)
        for x in projection.lost
    ]
    return (*placed, *lost)


def record(
    item: str,
    number: int,
    system: str,
    evidence: Evidence | XProjError,
    projection: Projection | XProjError,
    target: Sentence,
    oracle: Projection | None = None,
) -> Record:
    """What came out, or the problem that kept it from coming out."""
    for part in (evidence, projection):
        if isinstance(part, XProjError):
            nothing = Sentence((), "und")
            return Record(item, number, system, nothing, target.labelled(()), problem=str(part))
    assert isinstance(evidence, Evidence) and isinstance(projection, Projection)
    alignment = evidence.alignment
    return Record(
        item=item,
        number=number,
        system=system,
        source=evidence.source,
        target=evidence.target.labelled(()),
        chain=evidence.chain,
        origins=evidence.origins,
        links=()
        if alignment is None
        else tuple((i, j, round(float(alignment.scores[i, j]), 4)) for i, j in alignment.pairs()),
        placements=placements(projection),
        oracle=None if oracle is None else placements(oracle),
        notes=evidence.notes,
        tagset=evidence.tagset,
    )
