"""A document as the browser gets it: what the editor draws, with token numbers only."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from xproj_core.annotation.document import (
    SIDES,
    Document,
    Mark,
    MarkedLink,
    MarkedSpan,
    Offer,
)
from xproj_core.domain import Sentence, Span, languages
from xproj_core.domain.errors import LanguageError
from xproj_core.domain.overlap import lanes
from xproj_core.domain.record import Json
from xproj_core.drawing.colours import shades


def view(
    document: Document,
    revision: int = 0,
    *,
    read_only: bool = False,
    can_undo: bool = False,
    can_redo: bool = False,
    saved: str = "",
) -> Json:
    """Plain JSON values, all of the document and of where it stands.

    Rejected spans and links are in it, each with its status; lanes are given to them too.
    """
    lane = _lanes(document)
    known = {span.id for span in document.spans.values()}
    placed = {span.source for span in document.on("target")}
    return {
        "revision": revision,
        "done": document.done,
        "read_only": read_only,
        "source": _sentence(document.source),
        "target": _sentence(document.target),
        "spans": [
            {
                **_span(span),
                "from": span.source if span.source in known else None,
                "lane": lane[span.id],
                "lost": document.lost.get(span.id) if span.id not in placed else None,
            }
            for span in document.spans.values()
        ],
        "links": [_link(link) for link in document.links.values()],
        "tracks": [{"title": t.title, "spans": _track(t.spans)} for t in document.tracks],
        "labels": list(document.labels),
        "colours": {label: list(shades(label)) for label in _labels(document)},
        "can_undo": can_undo,
        "can_redo": can_redo,
        "saved": saved,
        "offer": _offer(document.offer),
    }


def _labels(document: Document) -> dict[str, None]:
    used = [s.label for s in document.spans.values()]
    beside = [s.label for t in document.tracks for s in t.spans]
    offered = [] if document.offer is None else [s.label for s in document.offer.spans]
    return dict.fromkeys((*document.labels, *used, *beside, *offered))


def _lanes(document: Document) -> dict[str, int]:
    """Live spans get the lanes next to the words; rejected ones stand above them."""
    made: dict[str, int] = {}
    for side in SIDES:
        live = document.on(side)
        found = lanes([span.span for span in live])
        made |= {span.id: lane for span, lane in zip(live, found, strict=True)}
        above = max(found, default=-1) + 1
        gone = [s for s in document.spans.values() if s.side == side and not s.mark.live]
        for span, lane in zip(gone, lanes([s.span for s in gone]), strict=True):
            made[span.id] = above + lane
    return made


def _sentence(sentence: Sentence | None) -> Json | None:
    if sentence is None:
        return None
    return {
        "tokens": list(sentence.tokens),
        "language": sentence.language,
        "dir": _direction(sentence.language),
        "text": sentence.text,
    }


def _direction(language: str) -> str:
    try:
        return languages.direction(language)
    except LanguageError:  # a file may name any language; the browser looks at the letters
        return "auto"


def _span(span: MarkedSpan) -> Json:
    return {
        "id": span.id,
        "side": span.side,
        "start": span.start,
        "end": span.end,
        "label": span.label,
        **_mark(span.mark),
    }


def _link(link: MarkedLink) -> Json:
    return {
        "source": link.source,
        "target": link.target,
        "possible": link.possible,
        **_mark(link.mark),
    }


def _mark(mark: Mark) -> dict[str, Any]:
    return {
        "origin": mark.origin,
        "by": mark.by,
        "score": mark.score,
        "status": mark.status,
        "editor": mark.editor,
        "note": mark.note,
        "stale": mark.stale,
    }


def _track(spans: Iterable[Span]) -> list[Json]:
    given = sorted(spans)
    return [
        {"start": s.start, "end": s.end, "label": s.label, "lane": lane}
        for s, lane in zip(given, lanes(given), strict=True)
    ]


def _offer(offer: Offer | None) -> Json | None:
    if offer is None:
        return None
    return {
        "projector": offer.projector,
        "spans": [_span(span) for span in offer.spans],
        "gone": list(offer.gone),
        "messages": list(offer.messages),
    }
