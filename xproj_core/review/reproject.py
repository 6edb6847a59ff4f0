"""Live re-projection: what the projector makes of links that a person has changed.

Only entities that the change makes a difference to are offered: what somebody corrected
elsewhere is not put into question again by every new link.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import count

from xproj_core.annotation.commands import Offering
from xproj_core.annotation.document import Document, Mark, MarkedSpan, Offer
from xproj_core.confidence import CalibrationModel, estimated, model_in_use
from xproj_core.domain import Alignment, Evidence, Link, Span
from xproj_core.domain.errors import XProjError
from xproj_core.models.protocols import Engine
from xproj_core.project import projectors
from xproj_core.project.base import Projector

POSSIBLE = 0.5
"""The score of a possible link, unless its own is lower; a sure one without a score has 1."""


@dataclass(frozen=True, slots=True)
class Landed:
    """Where the source entities land, by their span's id, and why the lost ones are lost."""

    places: dict[str, tuple[Span, ...]]
    lost: dict[str, str]


def evidence(document: Document) -> Evidence | None:
    """The document's sentences, source entities and links, without what was rejected.

    None where there are not two sentences.
    """
    source, target = document.labelled("source"), document.labelled("target")
    if source is None or target is None:
        return None
    scores: dict[Link, float] = {}
    for link in document.live_links():
        score = 1.0 if link.mark.score is None else link.mark.score
        scores[link.pair] = min(score, POSSIBLE) if link.possible else score
    alignment = Alignment.from_links(scores, (len(source), len(target)), scores)
    bare = target.labelled(())
    return Evidence("review", source, bare, alignment, (source, bare), (alignment,))


def landed(
    document: Document,
    projector: Projector,
    engine: Engine | None = None,
    model: CalibrationModel | None = None,
) -> Landed:
    """Project the document's source entities over its links.

    Raises:
        XProjError: whatever the projector raises.
    """
    document_evidence = evidence(document)
    if document_evidence is None:
        return Landed({}, {})
    [projection] = estimated(
        [document_evidence],
        projector.project([document_evidence], engine),
        model=model or model_in_use(),
    )
    ids = {span.span: span.id for span in reversed(document.on("source"))}
    places: dict[str, list[Span]] = {id: [] for id in ids.values()}
    for entity in projection.entities:
        if entity.trace.source is not None:
            score = round(entity.trace.certainty, 4)
            places[ids[entity.trace.source]].append(replace(entity.span, score=score))
    return Landed(
        {id: tuple(sorted(spans)) for id, spans in places.items()},
        {ids[entity.source]: entity.message for entity in projection.lost},
    )


def offering(engine: Engine | None = None, model: CalibrationModel | None = None) -> Offering:
    """What `commands.apply` asks for offers. `engine` is for projectors that ask a model."""

    def offer(before: Document, after: Document) -> Offer | None:
        try:
            projector = projectors.create(after.projector, **dict(after.options))
            was, now = (landed(document, projector, engine, model) for document in (before, after))
        except XProjError as error:
            return Offer(after.projector, (), (), (), (f"Nothing can be offered: {error}",))
        pending = () if before.offer is None else before.offer.entities
        affected = [
            id
            for id, places in now.places.items()
            if id in pending or places != was.places.get(id, ())
        ]
        return _offer(after, now, affected)

    return offer


def _offer(document: Document, now: Landed, affected: list[str]) -> Offer | None:
    spans: list[MarkedSpan] = []
    removed_ids: list[str] = []
    messages: list[str] = []
    entities: list[str] = []
    live = document.on("target")
    for id in affected:
        entity_spans = [span for span in live if span.source == id]
        there = {span.place for span in live}
        new_places = [p for p in now.places[id] if (p.start, p.end, p.label) not in there]
        places = {(p.start, p.end, p.label) for p in now.places[id]}
        spare = [span for span in entity_spans if span.place not in places]
        if not new_places and not spare:
            continue
        entities.append(id)
        name = _words(document, document.spans[id])
        for n, place in enumerate(new_places):
            old = spare[n] if n < len(spare) else None
            new = _placed(document, id, place, old, (s.id for s in spans))
            spans.append(new)
            messages.append(f"{name} → {_words(document, new)} ({new.label})")
        for span in spare[len(new_places) :]:
            removed_ids.append(span.id)
            why = f": {now.lost[id]}" if id in now.lost else ""
            messages.append(f"{name} would no longer be {_words(document, span)}{why}")
    if not entities:
        return None
    return Offer(
        document.projector, tuple(entities), tuple(spans), tuple(removed_ids), tuple(messages)
    )


def _placed(
    document: Document, source: str, place: Span, old: MarkedSpan | None, offered_ids: Iterable[str]
) -> MarkedSpan:
    """The span as it would be: the old one moved, or a new one."""
    if old is not None:
        mark = replace(old.mark, score=place.score, status="corrected", stale=False)
        return replace(old, start=place.start, end=place.end, label=place.label, mark=mark)
    used = {*document.spans, *offered_ids}
    id = next(i for n in count() if (i := f"{source}.{n}") not in used)
    mark = Mark(f"review/{document.projector}", "method", place.score, "accepted")
    return MarkedSpan(id, "target", place.start, place.end, place.label, mark, source)


def _words(document: Document, span: MarkedSpan) -> str:
    sentence = document.side(span.side)
    assert sentence is not None
    return " ".join(sentence.tokens[span.start : span.end])
