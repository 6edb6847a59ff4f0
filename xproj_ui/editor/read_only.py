"""A sentence of a dataset to look at: with its labels and links, and what a system made of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from xproj_core.domain import Sentence, Span, languages
from xproj_core.domain.item import Item, Side
from xproj_core.domain.record import Record
from xproj_core.review.view_types import DocumentView, ReviewLink, ReviewSide, ReviewSpan, TrackSpan
from xproj_ui.editor.component import show
from xproj_ui.editor.payload import payload


def show_read_only(
    item: Item,
    record: Record | None = None,
    *,
    tracks: Mapping[str, Iterable[Span]] | None = None,
    key: str,
) -> None:
    """Draw `item` as the editor does, without anything to edit.

    With a `record`, its source sentence, links and target labels are drawn, and gold labels
    are a track below; `tracks` adds further labellings of the target by their titles.
    """
    show(payload(document(item, record, tracks or {}), item=key), key=key)


def document(
    item: Item, record: Record | None, tracks: Mapping[str, Iterable[Span]]
) -> DocumentView:
    """An item, and what a system made of it, as a read-only review document."""
    used = record if record is not None and record.problem is None else None
    source = used.source if used is not None and len(used.source) else item.source
    target = used.target if used is not None and len(used.target) else item.target
    below = {title: list(spans) for title, spans in tracks.items()}
    gold = item.gold_of("target")
    if gold is not None and used is not None:
        below = {"gold": list(gold.spans), **below}
    spans = _spans(source, target, used)
    return {
        "revision": 0,
        "done": False,
        "read_only": True,
        "source": _side(source),
        "target": _side(target),
        "spans": spans,
        "links": _links(item, used),
        "tracks": [{"title": t, "spans": [_span(s) for s in found]} for t, found in below.items()],
        "labels": sorted({s["label"] for s in spans}),
        "can_undo": False,
        "can_redo": False,
        "saved": None,
        "offer": None,
    }


def _spans(
    source: Sentence | None, target: Sentence | None, record: Record | None
) -> list[ReviewSpan]:
    made = [
        _made(f"s{k}", "source", s, None, "") for k, s in enumerate(source.spans if source else ())
    ]
    if record is None:
        given = target.spans if target else ()
        return made + [_made(f"t{k}", "target", s, None, "") for k, s in enumerate(given)]
    ids = {(s["start"], s["end"], s["label"]): s["id"] for s in made}
    for k, one in enumerate(p for p in record.placements if p.target is not None):
        assert one.target is not None
        s = one.source
        came = None if s is None else ids.get((s.start, s.end, s.label))
        made.append(_made(f"t{k}", "target", one.target, came, record.system))
    return made


def _made(id: str, side: Side, span: Span, came: str | None, origin: str) -> ReviewSpan:
    return {
        "start": span.start,
        "end": span.end,
        "label": span.label,
        "id": id,
        "side": side,
        "from": came,
        "origin": origin or "given",
        "by": "method" if origin else "import",
        "score": span.score,
        "status": "projected" if origin else "accepted",
        "editor": "",
        "note": "",
        "stale": False,
    }


def _span(span: Span) -> TrackSpan:
    return {"start": span.start, "end": span.end, "label": span.label}


def _links(item: Item, record: Record | None) -> list[ReviewLink]:
    if record is not None:
        return [_link(i, j, round(score, 2), False, record.system) for i, j, score in record.links]
    if item.links is None:
        return []
    sure = [_link(i, j, None, False, "") for i, j in sorted(item.links.sure)]
    return sure + [_link(i, j, None, True, "") for i, j in sorted(item.links.possible)]


def _link(i: int, j: int, score: float | None, possible: bool, origin: str) -> ReviewLink:
    return {
        "source": i,
        "target": j,
        "possible": possible,
        "origin": origin or "given",
        "by": "method" if origin else "import",
        "score": score,
        "status": "projected" if origin else "accepted",
        "editor": "",
        "note": "",
        "stale": False,
    }


def _side(sentence: Sentence | None) -> ReviewSide | None:
    if sentence is None:
        return None
    return {
        "tokens": list(sentence.tokens),
        "language": sentence.language,
        "dir": "rtl" if languages.direction(sentence.language) == "rtl" else "ltr",
    }
