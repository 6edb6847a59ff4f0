"""What a dataset holds, counted before anything is done with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from xproj_core.domain import Sentence
from xproj_core.domain.item import Item, Side

SIDES: tuple[Side, Side] = ("source", "target")
LONG = 200
_FIRST, _OF_A_TEXT = 3, 12
"""Items that are shown; more of a text, for its cuts to be seen."""


@dataclass(slots=True)
class SideCounts:
    """One side of a dataset.

    Attributes:
        sentences: how many there are, empty ones among them.
        gold: how many of them have a person's labels.
        entities: label to how many spans have it.
        longest: tokens of the longest sentence, and its item's key.
        nested: sentences with spans that share tokens.
    """

    language: str = "und"
    sentences: int = 0
    empty: int = 0
    tokens: int = 0
    gold: int = 0
    nested: int = 0
    entities: Counter[str] = field(default_factory=Counter)
    longest: tuple[int, str] = (0, "")

    def add(self, sentence: Sentence, key: str, gold: bool) -> None:
        """Count one more sentence."""
        self.language = sentence.language
        self.sentences += 1
        self.tokens += len(sentence)
        self.empty += not sentence.tokens
        self.gold += gold
        self.entities.update(s.label for s in sentence.spans)
        if len(sentence.spans) > 1:
            pairs = zip(sentence.spans, sentence.spans[1:], strict=False)
            self.nested += any(a.overlaps(b) for a, b in pairs)
        if len(sentence) > self.longest[0]:
            self.longest = len(sentence), key


@dataclass(slots=True)
class Preview:
    """Counts of a whole dataset.

    Attributes:
        items: how many there are.
        sides: counts of the sides that occur.
        others: further languages, and how many items have a sentence in each.
        linked: items with word links; `links` is how many links, sure and possible.
        first: the first items, to be shown.
        notes: what the user should know about the files.
        problems: what was left out.
    """

    items: int = 0
    sides: dict[Side, SideCounts] = field(default_factory=dict)
    others: Counter[str] = field(default_factory=Counter)
    linked: int = 0
    links: int = 0
    first: tuple[Item, ...] = ()
    notes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()

    def add(self, item: Item) -> None:
        """Count one more item."""
        self.items += 1
        for side in SIDES:
            sentence = item.side(side)
            if sentence is not None:
                self.sides.setdefault(side, SideCounts()).add(sentence, item.key, side in item.gold)
        self.others.update(list(item.others))
        if item.links is not None:
            self.linked += 1
            self.links += len(item.links.sure) + len(item.links.possible)
        if self.items <= (_OF_A_TEXT if "document" in item.notes else _FIRST):
            self.first = (*self.first, item)

    def watching(self, items: Iterable[Item]) -> Iterator[Item]:
        """The items as they pass by, each counted."""
        for item in items:
            self.add(item)
            yield item

    @property
    def labels(self) -> tuple[str, ...]:
        """All labels, the most frequent first."""
        counts: Counter[str] = Counter()
        for side in self.sides.values():
            counts.update(side.entities)
        return tuple(label for label, _ in sorted(counts.items(), key=lambda x: (-x[1], x[0])))

    @property
    def warnings(self) -> tuple[str, ...]:
        """What is worth a look before the dataset is used, a sentence each."""
        warnings: list[str] = []
        if not self.items:
            warnings.append("There is no item in it.")
        for side, counts in self.sides.items():
            if counts.language == "und":
                warnings.append(f"The language of the {side} is not known. Say which it is.")
            if counts.empty:
                warnings.append(
                    f"{counts.empty:,} {side} sentences are empty; nothing will be made of them."
                )
            if counts.longest[0] > LONG:
                warnings.append(
                    f"The longest {side} sentence, of item {counts.longest[1]}, has"
                    f" {counts.longest[0]:,} tokens. Are there sentence breaks missing?"
                )
            if counts.gold and not counts.entities:
                warnings.append(f"No {side} sentence has a label, although they count as labelled.")
            if counts.nested:
                warnings.append(
                    f"{counts.nested:,} {side} sentences have labels that share tokens, which"
                    " CoNLL cannot hold."
                )
        warnings += self._two_sides()
        return tuple(warnings)

    def _two_sides(self) -> Iterator[str]:
        if len(self.sides) < 2:
            return
        source, target = (self.sides[s] for s in SIDES)
        if source.language == target.language != "und":
            yield f"Source and target are in one language, {source.language}."
        if source.gold and target.gold:
            alone = sorted(set(source.entities) ^ set(target.entities))
            if alone:
                yield f"On one side only: {', '.join(alone)}."
        if source.tokens and target.tokens:
            ratio = source.tokens / target.tokens
            if not 1 / 3 < ratio < 3:
                yield (
                    f"One side has {max(ratio, 1 / ratio):.1f} times the tokens of the other. Are"
                    " they translations of each other?"
                )

    def lines(self) -> Iterator[str]:
        """The counts as text."""
        yield f"{self.items:,} items"
        for side, c in self.sides.items():
            labels = ", ".join(f"{n:,} {label}" for label, n in c.entities.most_common())
            yield (
                f"{side} ({c.language}): {c.sentences:,} sentences, {c.tokens:,} tokens, longest"
                f" {c.longest[0]:,}, {c.empty:,} empty, {c.gold:,} with gold labels"
                + (f": {labels}" if labels else "")
            )
        if self.linked:
            yield f"links: {self.links:,} in {self.linked:,} items"
        if self.others:
            yield "also in: " + ", ".join(f"{code} ({n:,})" for code, n in self.others.items())
