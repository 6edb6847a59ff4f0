"""What one system made of one item: enough to score, explain, compare and correct it later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from xproj_core.domain.alignment import Alignment
from xproj_core.domain.errors import XProjError
from xproj_core.domain.projection import Evidence, Projection
from xproj_core.domain.sentence import Sentence, Span, by_place

Json = dict[str, Any]


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
        confidence: in [0, 1].
        margin: lead over the runner-up; None without one.
    """

    source: Span | None
    target: Span | None
    reason: str = ""
    message: str = ""
    rule: str = ""
    confidence: float = 0.0
    margin: float | None = None


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

    @property
    def predicted(self) -> tuple[Span, ...]:
        """The target entities, sorted by place, each with its confidence as score."""
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
    made = [
        Placement(
            p.trace.source,
            p.span,
            rule=p.trace.rule,
            confidence=p.trace.confidence,
            margin=p.trace.margin,
        )
        for p in projection.entities
    ]
    lost = [
        Placement(x.source, None, x.reason, x.message, x.trace.rule, x.trace.confidence)
        for x in projection.lost
    ]
    return (*made, *lost)


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
    found = evidence.alignment
    return Record(
        item=item,
        number=number,
        system=system,
        source=evidence.source,
        target=evidence.target.labelled(()),
        chain=evidence.chain,
        origins=evidence.origins,
        links=()
        if found is None
        else tuple((i, j, round(float(found.scores[i, j]), 4)) for i, j in found.pairs()),
        placements=placements(projection),
        oracle=None if oracle is None else placements(oracle),
        notes=evidence.notes,
    )


# -- as JSON ------------------------------------------------------------------------------------


def as_json(one: Record) -> Json:
    """Plain JSON values; `from_json` gives the record back."""
    return {
        "item": one.item,
        "number": one.number,
        "system": one.system,
        # the ends of the chain are not written twice
        "source": None if one.chain[:1] == (one.source,) else sentence_json(one.source),
        "target": None if one.chain[-1:] == (one.target,) else sentence_json(one.target),
        "chain": [sentence_json(s) for s in one.chain],
        "origins": list(one.origins),
        "links": [list(link) for link in one.links],
        "placements": [_placement_json(p) for p in one.placements],
        "oracle": None if one.oracle is None else [_placement_json(p) for p in one.oracle],
        "notes": list(one.notes),
        "problem": one.problem,
    }


def from_json(given: Json) -> Record:
    """The record that `as_json` wrote."""
    oracle = given["oracle"]
    chain = tuple(sentence_from(s) for s in given["chain"])
    return Record(
        item=given["item"],
        number=given["number"],
        system=given["system"],
        source=chain[0] if given["source"] is None else sentence_from(given["source"]),
        target=chain[-1] if given["target"] is None else sentence_from(given["target"]),
        chain=chain,
        origins=tuple(given["origins"]),
        links=tuple(map(tuple, given["links"])),
        placements=tuple(_placement_from(p) for p in given["placements"]),
        oracle=None if oracle is None else tuple(_placement_from(p) for p in oracle),
        notes=tuple(given["notes"]),
        problem=given["problem"],
    )


def sentence_json(sentence: Sentence) -> Json:
    """A sentence as plain JSON values."""
    made: Json = {"tokens": list(sentence.tokens), "language": sentence.language}
    if sentence.spans:
        made["spans"] = [_span_json(s) for s in sentence.spans]
    if sentence.text is not None:
        made["text"] = sentence.text
    if sentence.offsets is not None:
        made["offsets"] = [list(o) for o in sentence.offsets]
    return made


def sentence_from(given: Mapping[str, Any]) -> Sentence:
    """The sentence that `sentence_json` wrote."""
    offsets = given.get("offsets")
    return Sentence(
        tuple(given["tokens"]),
        given["language"],
        tuple(_span_from(s) for s in given.get("spans", ())),
        given.get("text"),
        None if offsets is None else tuple((a, b) for a, b in offsets),
    )


def _span_json(span: Span | None) -> list[Any] | None:
    if span is None:
        return None
    plain: list[Any] = [span.start, span.end, span.label]
    return plain if span.score is None else [*plain, round(span.score, 4)]


def _span_from(given: list[Any]) -> Span:
    return Span(*given)


def _placement_json(one: Placement) -> Json:
    full: Json = {
        "source": _span_json(one.source),
        "target": _span_json(one.target),
        "reason": one.reason,
        "message": one.message,
        "rule": one.rule,
        "confidence": round(one.confidence, 4),
        "margin": None if one.margin is None else round(one.margin, 4),
    }
    return {name: value for name, value in full.items() if value not in (None, "")}


def _placement_from(given: Json) -> Placement:
    source, target = given.get("source"), given.get("target")
    return Placement(
        None if source is None else _span_from(source),
        None if target is None else _span_from(target),
        given.get("reason", ""),
        given.get("message", ""),
        given.get("rule", ""),
        given.get("confidence", 0.0),
        given.get("margin"),
    )
