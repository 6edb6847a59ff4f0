"""What is the matter with an answer as a whole, in words: its links, its number of entities."""

from __future__ import annotations

from collections.abc import Collection

from xproj_core.domain import Link
from xproj_core.domain.item import Item
from xproj_core.domain.record import Record
from xproj_core.text.strings import counted

_NAMED = 8  # links


def answer(item: Item, record: Record, what: str) -> str:
    """A sentence for one of `answer_questions.FAULTS`; "" where there is nothing to say."""
    if what == "links":
        return _links(item, record)
    gold, target = item.gold_of("target"), record.predicted
    if what == "mean_ratio":
        gold_phrase = counted(len(gold.spans), "gold entity", "gold entities") if gold else ""
        return f"{gold_phrase}, {len(target)} in the answer." if gold else ""
    used = record.source.spans
    placed = {p.source for p in record.placements if p.target is not None}
    source_phrase = counted(len(used), "source entity", "source entities")
    return (
        f"{source_phrase}, of which {sum(s in placed for s in used)} placed; {len(target)}"
        " on the target."
    )


def _links(item: Item, record: Record) -> str:
    source, target = item.source, item.target
    if item.links is None or source is None or target is None:
        return ""
    if (source.tokens, target.tokens) != (record.source.tokens, record.target.tokens):
        return ""  # they link other words
    links = {(i, j) for i, j, _ in record.links}
    missing, wrong = item.links.sure - links, links - item.links.sure - item.links.possible
    parts = [
        f"{counted(len(some), f'{kind} link')} ({_named(some, record)})"
        for kind, some in (("missing", missing), ("wrong", wrong))
        if some
    ]
    return f"{', '.join(parts)}." if parts else ""


def _named(links: Collection[Link], record: Record) -> str:
    source, target = record.source.tokens, record.target.tokens
    shown = [f"{source[i]}–{target[j]}" for i, j in sorted(links)[:_NAMED]]
    return ", ".join(shown) + (" …" if len(links) > _NAMED else "")
