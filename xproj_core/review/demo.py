"""A small dataset to try reviewing on: sentences written for XProj, with one kind of mistake each.

Each entry of review_demo.json has the source as a tagger labelled it, the target with its gold
labels, what a machine made of it, and which kind of the error taxonomy that is. The links are
those of Mini's aligner, or were drawn to lead to the mistake.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources

from xproj_core.domain import Link, Sentence, Span
from xproj_core.domain.codec import RawJson
from xproj_core.domain.item import Item
from xproj_core.domain.record import Placement, Record
from xproj_core.formats.inline import parse_inline
from xproj_core.review.desk import Desk
from xproj_core.review.signals import prepare
from xproj_core.store.store import Store

NAME = "Demonstration: mistakes of every kind"
SOURCE, TARGET = "en", "mul"
LABELS = ("PER", "LOC", "ORG", "DATE")
SYSTEM, OTHER = "direct/match-exact", "pivot/match-exact"


@dataclass(frozen=True, slots=True)
class Entry:
    """One sentence pair.

    Attributes:
        kind: of the mistake, as in `evaluate.errors.taxonomy`; "correct" where there is none.
        note: what to look at, for a reader.
        item, record, other: what the dataset has, what the one system made of it, and what a
            second one did.
    """

    key: str
    kind: str
    note: str
    item: Item
    record: Record
    other: Record


@dataclass(slots=True)
class _Made:
    """One system's placements, from spans and links."""

    source: Sentence
    links: Sequence[Link]
    placements: list[Placement] = field(default_factory=list)

    def place(self, target: Span, source: int | None = None) -> None:
        spans = self.source.spans
        best = (
            max(spans, key=lambda s: (self._tie(s, target), s.label == target.label), default=None)
            if source is None
            else spans[source]
        )
        tie = 0.0 if best is None else self._tie(best, target)
        self.placements.append(Placement(best, target, rule="", confidence=round(tie, 4)))

    def lose(self, reasons: Mapping[str, Sequence[str]]) -> None:
        placed = {p.source for p in self.placements}
        for n, span in enumerate(self.source.spans):
            if span not in placed:
                unaligned = ("unaligned", "No word of the target is linked to it.")
                reason, message = reasons.get(str(n), unaligned)
                self.placements.append(Placement(span, None, reason, message))

    def _tie(self, source: Span, target: Span) -> float:
        """Dice's coefficient of the words that the source span is linked to and the target."""
        linked = {j for i, j in self.links if i in source}
        both = sum(j in target for j in linked)
        return 2 * both / (len(linked) + len(target))


def entries() -> list[Entry]:
    """All entries, in order."""
    text = resources.files("xproj_core.examples").joinpath("review_demo.json").read_text("utf-8")
    return [_entry(n, raw) for n, raw in enumerate(json.loads(text))]


def load(store: Store) -> str:
    """The id of the demonstration in the store; it is put there if it is not there yet."""
    for known in store.datasets.list():
        if known.name == NAME:
            return known.id
    pairs = entries()
    id = store.datasets.add(
        NAME,
        [e.item for e in pairs],
        SOURCE,
        TARGET,
        LABELS,
        ["Written for XProj. Each sentence says in its notes what is wrong with it."],
    )
    store.reviews.give(id, [r for e in pairs for r in (e.record, e.other)])
    prepare(Desk(store, id))
    return id


def _entry(number: int, raw: RawJson) -> Entry:
    source = parse_inline(raw["source"], SOURCE)
    prediction = parse_inline(raw["made"], raw["target"])
    gold = (_cut if raw.get("words") else parse_inline)(raw["gold"], raw["target"])
    known = raw.get("source_gold")
    gold_source = source if known is True else parse_inline(known, SOURCE) if known else None
    links = [(int(i), int(j)) for i, _, j in (p.partition("-") for p in raw["links"].split())]
    item = Item(
        raw["key"],
        gold_source,
        gold,
        frozenset({"target"} if gold_source is None else {"source", "target"}),
        notes={"kind": raw["kind"], "about": raw["note"]},
    )
    first, second = _Made(source, links), _Made(source, links)
    for n, span in enumerate(prediction.spans):
        first.place(span, raw["from"][n] if "from" in raw else None)
    other = prediction if raw.get("words") else gold
    if "other" in raw:
        other = parse_inline(raw["other"], raw["target"])
    for span in other.spans:
        second.place(span)
    for each in (first, second):
        each.lose(raw.get("lost", {}))
    target, scored = prediction.labelled(()), tuple((i, j, 1.0) for i, j in links)
    records = (
        Record(
            raw["key"],
            number,
            system,
            source,
            target,
            (source, target),
            ("mini", "given"),
            scored,
            tuple(placed.placements),
        )
        for system, placed in ((SYSTEM, first), (OTHER, second))
    )
    return Entry(raw["key"], raw["kind"], raw["note"], item, *records)


def _cut(text: str, language: str) -> Sentence:
    """A marked-up text whose words are those that spaces make."""
    tokens: list[str] = []
    spans: list[Span] = []
    start = 0
    for word in text.split():
        if word.startswith("["):
            start, word = len(tokens), word[1:]
        word, closed, label = word.partition("](")
        tokens.append(word)
        if closed:
            spans.append(Span(start, len(tokens), label.rstrip(")")))
    return Sentence(tuple(tokens), language, tuple(spans))
