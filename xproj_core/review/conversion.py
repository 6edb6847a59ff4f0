"""Documents to correct, made from items and records; and items made from corrected documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from xproj_core.annotation.document import (
    Document,
    Mark,
    MarkedLink,
    MarkedSpan,
    Track,
)
from xproj_core.domain import Link, Sentence, Span
from xproj_core.domain.defaults import DEFAULT_PROJECTOR
from xproj_core.domain.item import Item, Links, Side
from xproj_core.domain.record import Record

_NOTHING: Mapping[str, object] = MappingProxyType({})


def document(
    item: Item,
    record: Record | None = None,
    others: Iterable[Record] = (),
    labels: Sequence[str] = (),
    projector: str = DEFAULT_PROJECTOR,
    options: Mapping[str, object] = _NOTHING,
) -> Document:
    """What a person gets to see first.

    Args:
        item: without a record, its own spans and links are what is to be corrected.
        record: what one system made of it: the spans and links to be corrected. Its sentences
            are used. A record with a problem counts as none.
        others: further systems' records, shown beside it where they have the same target.
        labels: those that may be given; those in use are added.
        projector: what re-projects when links are changed, with its `options`.
    """
    if record is not None and record.problem is not None:
        record = None
    initial = _of_item(item) if record is None else _of_record(item, record)
    known = dict.fromkeys((*labels, *(s.label for s in initial.spans.values())))
    tracks = list(_tracks(initial, item, record, others))
    return replace(
        initial,
        labels=tuple(known),
        tracks=tuple(tracks),
        projector=projector,
        options=dict(options),
    )


def item(document: Document, key: str, of: Item | None = None) -> Item:
    """The corrected item: what was rejected is left out, what is left is gold if it is done.

    Possible links stay possible. `of` gives the sentences in further languages and the notes.
    """
    source, target = document.labelled("source"), document.labelled("target")
    sides: list[Side] = ["source"] if source is not None else []
    sides += ["target"] if target is not None else []
    live = document.live_links()
    both = source is not None and target is not None
    return Item(
        key,
        None if source is None else _unscored(source),
        None if target is None else _unscored(target),
        frozenset(sides if document.done else ()),
        Links(
            frozenset(link.pair for link in live if not link.possible),
            frozenset(link.pair for link in live if link.possible),
        )
        if both
        else None,
        {} if of is None else of.others,
        {} if of is None else of.notes,
    )


def _unscored(sentence: Sentence) -> Sentence:
    return sentence.labelled({Span(s.start, s.end, s.label) for s in sentence.spans})


def _of_item(item: Item) -> Document:
    spans: dict[str, MarkedSpan] = {}
    sides: tuple[tuple[Side, str], ...] = (("source", "s"), ("target", "t"))
    for side, letter in sides:
        sentence = item.side(side)
        mark = _imported(side in item.gold)
        for n, span in enumerate(() if sentence is None else sentence.spans):
            spans[f"{letter}{n}"] = _marked(
                f"{letter}{n}", side, span, replace(mark, score=_rounded(span.score))
            )
    return Document(_bare(item.source), _bare(item.target), _sorted(spans), _gold_links(item.links))


def _of_record(item: Item, record: Record) -> Document:
    gold = item.gold_of("source")
    is_gold = gold is not None and (gold.tokens, gold.spans) == (
        record.source.tokens,
        record.source.spans,
    )
    spans: dict[str, MarkedSpan] = {}
    ids: dict[Span, str] = {}
    for n, span in enumerate(record.source.spans):
        mark = _imported(True) if is_gold else Mark("tagger", "method", _rounded(span.score))
        spans[f"s{n}"] = _marked(f"s{n}", "source", span, mark)
        ids.setdefault(span, f"s{n}")
    lost: dict[str, str] = {}
    n = 0
    for placed in record.placements:
        source = None if placed.source is None else ids.get(placed.source)
        if placed.target is not None:
            mark = Mark(record.system, "method", _rounded(placed.certainty))
            spans[f"t{n}"] = _marked(f"t{n}", "target", placed.target, mark, source)
            n += 1
        elif source is not None:
            lost[source] = placed.message or placed.reason
    links: dict[Link, MarkedLink] = {
        (i, j): MarkedLink(i, j, False, Mark(record.system, "method", _rounded(score)))
        for i, j, score in sorted(record.links)
    }
    return Document(
        _bare(record.source),
        _bare(record.target),
        _sorted(spans),
        links,
        system=record.system,
        lost=lost,
    )


def _tracks(
    initial: Document, item: Item, record: Record | None, others: Iterable[Record]
) -> Iterable[Track]:
    """Other systems' entities, and the gold ones, on the same target words."""
    words = None if initial.target is None else initial.target.tokens
    gold = item.gold_of("target")
    if record is not None and gold is not None and gold.tokens == words:
        yield Track("gold", gold.spans)
    for other in others:
        shown = other.problem is None and other.target.tokens == words
        if shown and (record is None or other.system != record.system):
            yield Track(other.system, other.predicted)


def _imported(gold: bool) -> Mark:
    return Mark("import", "import", status="accepted" if gold else "projected")


def _marked(id: str, side: Side, span: Span, mark: Mark, source: str | None = None) -> MarkedSpan:
    return MarkedSpan(id, side, span.start, span.end, span.label, mark, source)


def _gold_links(links: Links | None) -> dict[Link, MarkedLink]:
    if links is None:
        return {}
    pairs = sorted(links.sure | links.possible)
    return {(i, j): MarkedLink(i, j, (i, j) in links.possible, _imported(True)) for i, j in pairs}


def _rounded(score: float | None) -> float | None:
    return None if score is None else round(score, 4)


def _bare(sentence: Sentence | None) -> Sentence | None:
    return None if sentence is None else sentence.labelled(())


def _sorted(spans: dict[str, MarkedSpan]) -> dict[str, MarkedSpan]:
    return dict(sorted(spans.items()))
