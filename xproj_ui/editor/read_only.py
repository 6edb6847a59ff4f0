"""A sentence of a dataset to look at: with its labels and links, and what a system made of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from xproj_core.annotation.document import Document, Mark, MarkedLink, MarkedSpan, Track
from xproj_core.domain import Link, Sentence, Span
from xproj_core.domain.item import Item, Side
from xproj_core.domain.record import Record
from xproj_core.review.view import view
from xproj_ui.editor.component import show
from xproj_ui.editor.payload import payload

_IMPORTED = Mark("given", "import", status="accepted")


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
    shown = document(item, record, tracks or {})
    show(payload(view(shown, read_only=True), item=key), key=key)


def document(item: Item, record: Record | None, tracks: Mapping[str, Iterable[Span]]) -> Document:
    """An item, and what a system made of it, as a document that nobody has touched."""
    used = record if record is not None and record.problem is None else None
    source = used.source if used is not None and len(used.source) else item.source
    target = used.target if used is not None and len(used.target) else item.target
    spans = _imported("source", source)
    spans |= _imported("target", target) if used is None else _placed(used, spans)
    return Document(
        None if source is None else source.labelled(()),
        None if target is None else target.labelled(()),
        spans,
        _gold_links(item) if used is None else _links(used),
        tuple(_tracks(item, target, tracks, gold=used is not None)),
        tuple(sorted({span.label for span in spans.values()})),
    )


def _imported(side: Side, sentence: Sentence | None) -> dict[str, MarkedSpan]:
    spans = enumerate(() if sentence is None else sentence.spans)
    return {f"{side[0]}{k}": _marked(f"{side[0]}{k}", side, span, _IMPORTED) for k, span in spans}


def _placed(record: Record, sources: Mapping[str, MarkedSpan]) -> dict[str, MarkedSpan]:
    """Where the record put the source's entities."""
    ids = {span.place: id for id, span in sources.items()}
    pairs = [(p.source, p.target) for p in record.placements if p.target is not None]
    mark = Mark(record.system, "method")
    return {
        f"t{k}": _marked(f"t{k}", "target", target, mark, _id(ids, source))
        for k, (source, target) in enumerate(pairs)
    }


def _id(ids: Mapping[tuple[int, int, str], str], span: Span | None) -> str | None:
    return None if span is None else ids.get((span.start, span.end, span.label))


def _marked(id: str, side: Side, span: Span, mark: Mark, source: str | None = None) -> MarkedSpan:
    scored = Mark(mark.origin, mark.by, span.score, mark.status)
    return MarkedSpan(id, side, span.start, span.end, span.label, scored, source)


def _links(record: Record) -> dict[Link, MarkedLink]:
    return {
        (i, j): MarkedLink(i, j, False, Mark(record.system, "method", round(score, 2)))
        for i, j, score in record.links
    }


def _gold_links(item: Item) -> dict[Link, MarkedLink]:
    if item.links is None:
        return {}
    pairs = [(pair, False) for pair in sorted(item.links.sure)]
    pairs += [(pair, True) for pair in sorted(item.links.possible)]
    return {pair: MarkedLink(*pair, possible, _IMPORTED) for pair, possible in pairs}


def _tracks(
    item: Item, target: Sentence | None, tracks: Mapping[str, Iterable[Span]], *, gold: bool
) -> Iterable[Track]:
    """Gold labels where they are of the same words, and the spans of others that fit on them."""
    known = item.gold_of("target")
    length = 0 if target is None else len(target)
    if gold and known is not None and target is not None and known.tokens == target.tokens:
        yield Track("gold", known.spans)
    for title, spans in tracks.items():
        yield Track(title, tuple(span for span in spans if span.end <= length))
