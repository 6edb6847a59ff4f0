"""Documents as plain JSON values, as the store keeps them. Defaults are left out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from xproj_core.annotation.document import (
    Document,
    Mark,
    MarkedLink,
    MarkedSpan,
    Offer,
    Track,
)
from xproj_core.domain import Span
from xproj_core.domain.record import Json, sentence_from, sentence_json


def as_json(document: Document) -> Json:
    """Plain JSON values; `from_json` gives the document back."""
    return {
        "source": None if document.source is None else sentence_json(document.source),
        "target": None if document.target is None else sentence_json(document.target),
        "spans": [span_json(s) for s in document.spans.values()],
        "links": [link_json(link) for link in document.links.values()],
        "tracks": tracks_json(document.tracks),
        "labels": list(document.labels),
        "system": document.system,
        "projector": document.projector,
        "options": dict(document.options),
        "lost": dict(document.lost),
        "done": document.done,
        "offer": offer_json(document.offer),
    }


def from_json(given: Json) -> Document:
    """The document that `as_json` wrote."""
    spans = [span_from(s) for s in given["spans"]]
    links = [link_from(link) for link in given["links"]]
    return Document(
        source=None if given["source"] is None else sentence_from(given["source"]),
        target=None if given["target"] is None else sentence_from(given["target"]),
        spans={s.id: s for s in spans},
        links={link.pair: link for link in links},
        tracks=tracks_from(given["tracks"]),
        labels=tuple(given["labels"]),
        system=given["system"],
        projector=given["projector"],
        options=given["options"],
        lost=given["lost"],
        done=given["done"],
        offer=offer_from(given["offer"]),
    )


def span_json(span: MarkedSpan) -> Json:
    """A span; `span_from` gives it back."""
    made: Json = {
        "id": span.id,
        "side": span.side,
        "start": span.start,
        "end": span.end,
        "label": span.label,
        **_mark_json(span.mark),
    }
    if span.source is not None:
        made["from"] = span.source
    return made


def span_from(given: Json) -> MarkedSpan:
    """The span that `span_json` wrote."""
    return MarkedSpan(
        given["id"],
        given["side"],
        given["start"],
        given["end"],
        given["label"],
        _mark_from(given),
        given.get("from"),
    )


def link_json(link: MarkedLink) -> Json:
    """A link; `link_from` gives it back."""
    made: Json = {"source": link.source, "target": link.target, **_mark_json(link.mark)}
    if link.possible:
        made["possible"] = True
    return made


def link_from(given: Json) -> MarkedLink:
    """The link that `link_json` wrote."""
    possible = given.get("possible", False)
    return MarkedLink(given["source"], given["target"], possible, _mark_from(given))


def tracks_json(tracks: Iterable[Track]) -> list[Json]:
    """Tracks; `tracks_from` gives them back."""
    return [
        {"title": t.title, "spans": [[s.start, s.end, s.label, s.score] for s in t.spans]}
        for t in tracks
    ]


def tracks_from(given: Iterable[Json]) -> tuple[Track, ...]:
    """The tracks that `tracks_json` wrote."""
    return tuple(Track(t["title"], tuple(Span(*s) for s in t["spans"])) for t in given)


def offer_json(offer: Offer | None) -> Json | None:
    """An offer; `offer_from` gives it back."""
    if offer is None:
        return None
    return {
        "projector": offer.projector,
        "entities": list(offer.entities),
        "spans": [span_json(s) for s in offer.spans],
        "gone": list(offer.gone),
        "messages": list(offer.messages),
    }


def offer_from(given: Json | None) -> Offer | None:
    """The offer that `offer_json` wrote."""
    if given is None:
        return None
    return Offer(
        given["projector"],
        tuple(given["entities"]),
        tuple(span_from(s) for s in given["spans"]),
        tuple(given["gone"]),
        tuple(given["messages"]),
    )


def _mark_json(mark: Mark) -> dict[str, Any]:
    made: dict[str, Any] = {"origin": mark.origin, "by": mark.by, "status": mark.status}
    if mark.score is not None:
        made["score"] = mark.score
    if mark.editor:
        made["editor"] = mark.editor
    if mark.note:
        made["note"] = mark.note
    if mark.stale:
        made["stale"] = True
    return made


def _mark_from(given: Json) -> Mark:
    return Mark(
        given["origin"],
        given["by"],
        given.get("score"),
        given["status"],
        given.get("editor", ""),
        given.get("note", ""),
        given.get("stale", False),
    )
