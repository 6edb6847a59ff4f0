"""A document as the browser gets it: what the editor draws, with token numbers only."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Literal

from xproj_core.annotation.document import (
    Document,
    Mark,
    MarkedLink,
    MarkedSpan,
    Offer,
)
from xproj_core.domain import Sentence, Span, languages
from xproj_core.domain.errors import LanguageError
from xproj_core.review.view_types import (
    DocumentView,
    OfferedSpan,
    ReviewLink,
    ReviewMark,
    ReviewOffer,
    ReviewSide,
    TrackSpan,
)


def view(
    document: Document,
    revision: int = 0,
    *,
    read_only: bool = False,
    can_undo: bool = False,
    can_redo: bool = False,
    saved: str = "",
) -> DocumentView:
    """Plain JSON values, all of the document and of where it stands.

    Rejected spans and links are in it, each with its status.
    """
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
                **_span(span, known),
                "lost": document.lost.get(span.id) if span.id not in placed else None,
            }
            for span in document.spans.values()
        ],
        "links": [_link(link) for link in document.links.values()],
        "tracks": [{"title": t.title, "spans": track(t.spans)} for t in document.tracks],
        "labels": list(document.labels),
        "can_undo": can_undo,
        "can_redo": can_redo,
        "saved": saved,
        "offer": _offer(document.offer, known),
    }


def _sentence(sentence: Sentence | None) -> ReviewSide | None:
    if sentence is None:
        return None
    return {
        "tokens": list(sentence.tokens),
        "language": sentence.language,
        "dir": _direction(sentence.language),
        "text": sentence.text,
    }


def _direction(language: str) -> Literal["ltr", "rtl", "auto"]:
    try:
        return "rtl" if languages.direction(language) == "rtl" else "ltr"
    except LanguageError:  # a file may name any language; the browser looks at the letters
        return "auto"


def _span(span: MarkedSpan, known: Container[str | None]) -> OfferedSpan:
    return {
        "id": span.id,
        "side": span.side,
        "start": span.start,
        "end": span.end,
        "label": span.label,
        "from": span.source if span.source in known else None,
        **_mark(span.mark),
    }


def _link(link: MarkedLink) -> ReviewLink:
    return {
        "source": link.source,
        "target": link.target,
        "possible": link.possible,
        **_mark(link.mark),
    }


def _mark(mark: Mark) -> ReviewMark:
    return {
        "origin": mark.origin,
        "by": mark.by,
        "score": mark.score,
        "status": mark.status,
        "editor": mark.editor,
        "note": mark.note,
        "stale": mark.stale,
    }


def track(spans: Iterable[Span]) -> list[TrackSpan]:
    """Another system's spans, to lie under the target."""
    return [{"start": s.start, "end": s.end, "label": s.label} for s in sorted(spans)]


def _offer(offer: Offer | None, known: Container[str | None]) -> ReviewOffer | None:
    if offer is None:
        return None
    return {
        "projector": offer.projector,
        "spans": [_span(span, known) for span in offer.spans],
        "gone": list(offer.gone),
        "messages": list(offer.messages),
    }
