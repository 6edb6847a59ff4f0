"""What an item and a record together say about each entity, looked up when it is needed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate

from xproj_core.domain import Sentence, Span, by_place
from xproj_core.domain.item import Item
from xproj_core.domain.record import Placement, Record
from xproj_core.evaluate.errors.pairing import pairs
from xproj_core.evaluate.errors.spelling import SIMILAR, likeness, names

BY_PEOPLE = frozenset({"typed", "given", "memory"})
_TIED = 0.3  # share of linked words, or similarity, that makes a counterpart
_SEARCHED = 60  # words of a sentence in which a name is looked for by its spelling


def comparable(item: Item, record: Record) -> tuple[tuple[Span, ...], frozenset[Span]] | None:
    """The gold entities on the record's own tokens, and those that do not fit them exactly.

    None where there is no gold standard for this text. Where only the cutting of words differs,
    gold entities are carried over by their characters.
    """
    gold = item.gold_of("target")
    return None if gold is None else _carried(gold, record.target.tokens)


def _carried(
    gold: Sentence, tokens: tuple[str, ...]
) -> tuple[tuple[Span, ...], frozenset[Span]] | None:
    """The spans on `tokens`, and those that do not fit them; None where the text is another."""
    if gold.tokens == tokens:
        return tuple(sorted(set(gold.spans), key=by_place)), frozenset()
    if "".join(gold.tokens) != "".join(tokens):
        return None
    ours, record_ends = _ends(gold.tokens), _ends(tokens)
    exact: set[Span] = set()
    inexact: set[Span] = set()
    for span in gold.spans:
        first, last = ours[span.start], ours[span.end]
        start = max(k for k, at in enumerate(record_ends) if at <= first)
        end = min(k for k, at in enumerate(record_ends) if at >= last)
        if end > start:
            fits = record_ends[start] == first and record_ends[end] == last
            (exact if fits else inexact).add(Span(start, end, span.label))
    return tuple(sorted(exact | inexact)), frozenset(inexact - exact)


def _ends(tokens: Sequence[str]) -> list[int]:
    return list(accumulate(map(len, tokens), initial=0))


class Scene:
    """One item as one system dealt with it.

    Attributes:
        tagged_target: the system put a tagger on the target itself; there is no source.
        gold_source: the gold entities of the source that was used; None where they are not known.
        parallel: where they are not, but people wrote and labelled the same in the source's
            language (the used source is a machine's translation): their sentence.
    """

    def __init__(self, item: Item, record: Record, gold: Sequence[Span]) -> None:
        self.record, self.gold = record, tuple(gold)
        self.source: Sentence = record.source
        self.used = record.source.spans
        self.tagged_target = len(record.chain) == 1
        known = None if self.tagged_target else item.gold_of("source")
        carried = None if known is None else _carried(known, self.source.tokens)
        self.gold_source = None if carried is None else carried[0]
        other = known is not None and carried is None and known.language == self.source.language
        self.parallel = known if other else None
        self.by_machine = bool(record.origins) and record.origins[0] not in BY_PEOPLE

    def lacks(self, label: str) -> bool:
        """The tagger that was asked has no such label."""
        return self.record.tagset is not None and label not in self.record.tagset

    @cached_property
    def uses_gold(self) -> bool:
        """The source entities that were projected are the gold ones."""
        return self.gold_source is not None and set(self.used) == set(self.gold_source)

    @cached_property
    def oracle(self) -> tuple[Placement, ...] | None:
        """Where the gold source entities landed, if that is known."""
        return self.record.placements if self.uses_gold else self.record.oracle

    def with_gold_source(self, gold: Span) -> bool | None:
        """Whether the gold source entities would have brought `gold` where it belongs."""
        if self.oracle is None or self.uses_gold:
            return None
        return any(p.target == gold for p in self.oracle)

    # -- links ------------------------------------------------------------------------------

    @cached_property
    def _links(self) -> tuple[dict[int, set[int]], dict[int, set[int]]]:
        forth: dict[int, set[int]] = defaultdict(set)
        back: dict[int, set[int]] = defaultdict(set)
        for i, j, _ in self.record.links:
            forth[i].add(j)
            back[j].add(i)
        return forth, back

    def linked_target(self, source: Span) -> set[int]:
        """Target words linked to the source entity."""
        forth = self._links[0]
        return set().union(*(forth.get(i, ()) for i in range(source.start, source.end)))

    def linked_source(self, start: int, end: int) -> set[int]:
        """Source words linked to the target words [start, end)."""
        back = self._links[1]
        return set().union(*(back.get(j, ()) for j in range(start, end)))

    # -- what became of a source entity ----------------------------------------------------------

    @cached_property
    def _placed(self) -> tuple[dict[Span, list[Span]], dict[Span, list[Span]]]:
        """Source entity to its places, and place to its source entities."""
        places: dict[Span, list[Span]] = defaultdict(list)
        sources: dict[Span, list[Span]] = defaultdict(list)
        for placement in self.record.placements:
            if placement.source is not None and placement.target is not None:
                places[placement.source].append(placement.target)
                sources[placement.target].append(placement.source)
        return places, sources

    def places(self, source: Span) -> list[Span]:
        """Where a source entity landed."""
        return self._placed[0].get(source, [])

    def sources(self, predicted: Span) -> list[Span]:
        """The source entities that landed on exactly this span."""
        return self._placed[1].get(predicted, [])

    def lost(self, source: Span) -> Placement | None:
        """Why a source entity landed nowhere."""
        return next(
            (p for p in self.record.placements if p.source == source and p.target is None), None
        )

    # -- which source entity a gold entity corresponds to ----------------------------------------

    @cached_property
    def counterparts(self) -> dict[Span, Span]:
        """Gold target entity to gold source entity; needs `gold_source`.

        Certain where projecting the gold source entity gives exactly the gold target entity;
        otherwise by links and spelling; at last by elimination, where one of a label is left
        on each side.
        """
        assert self.gold_source is not None
        gold_spans, counterparts = set(self.gold), {}
        for p in self.oracle or ():
            if p.source is not None and p.target in gold_spans and p.target not in counterparts:
                counterparts[p.target] = p.source
        golds = [g for g in self.gold if g not in counterparts]
        rest = [c for c in self.gold_source if c not in set(counterparts.values())]
        counterparts |= dict(pairs(golds, rest, self._tie))
        for label in {g.label for g in golds}:
            here = [g for g in golds if g.label == label and g not in counterparts]
            there = [c for c in rest if c.label == label and c not in set(counterparts.values())]
            if len(here) == len(there) == 1:
                counterparts[here[0]] = there[0]
        return counterparts

    def _tie(self, gold: Span, source: Span) -> float:
        forth = sum(j in gold for j in self.linked_target(source))
        back = sum(i in source for i in self.linked_source(gold.start, gold.end))
        linked = (min(forth, len(gold)) + min(back, len(source))) / (len(gold) + len(source))
        alike = self.likeness(gold, self.source.words(source))
        tied = max(linked, alike if alike >= SIMILAR else 0.0)
        return tied + 0.1 * (gold.label == source.label) if tied >= _TIED else 0.0

    def stands_for(self, gold: Span) -> Span | None:
        """The source entity that was used for the gold entity: by its gold counterpart where
        the source has gold labels, by links and spelling where it has not."""
        if self.gold_source is not None:
            same = self.counterparts.get(gold)
            if same is None:
                return None
            near = [u for u in self.used if u.overlaps(same)]
            return max(near, key=lambda u: (u == same, _shared(u, same)), default=None)
        if gold in self.assigned:
            return self.assigned[gold]
        words = self.linked_source(gold.start, gold.end)
        near = [u for u in self.used if 2 * sum(i in u for i in words) > len(words)]
        return max(
            near, key=lambda u: (sum(i in u for i in words), u.label == gold.label), default=None
        )

    @cached_property
    def assigned(self) -> dict[Span, Span]:
        """Gold entity to source entity that was used, one to one, where the source has no gold.

        By links and spelling; then by elimination, where one of a label is left on each side and
        nothing is linked to one of the two.
        """
        assigned = dict(pairs(self.gold, self.used, self._tie))
        left = [u for u in self.used if u not in set(assigned.values())]
        for source in left:
            golds = [g for g in self.gold if g.label == source.label and g not in assigned]
            if len(golds) == 1 == sum(u.label == source.label for u in left):
                (gold,) = golds
                if not self.linked_source(gold.start, gold.end) or not self.linked_target(source):
                    assigned[gold] = source
        return assigned

    @cached_property
    def _names(self) -> dict[Span, tuple[str, ...]]:
        return {} if self.parallel is None else names(self.gold, self.record.target, self.parallel)

    def written(self, gold: Span) -> tuple[str, ...] | None:
        """What people wrote for it in the source's language; None where that is not known."""
        return self._names.get(gold)

    def likeness(self, gold: Span, words: Sequence[str]) -> float:
        """How alike the gold entity, as either side writes it, and source words are spelt."""
        ours = [self.record.target.words(gold), *filter(None, [self.written(gold)])]
        return max(likeness(name, words) for name in ours)

    def spelt_in_source(self, gold: Span) -> Span | None:
        """The source words that are spelt like the gold entity."""
        n = min(len(self.source), _SEARCHED)
        best: tuple[float, int, int] | None = None
        lengths = {len(gold), len(self.written(gold) or ()) or len(gold)}
        for size in sorted({max(1, length + more) for length in lengths for more in (-1, 0, 1)}):
            for start in range(n - size + 1):
                alike = self.likeness(gold, self.source.tokens[start : start + size])
                if alike >= SIMILAR and (best is None or alike > best[0]):
                    best = (alike, start, start + size)
        return None if best is None else Span(best[1], best[2], gold.label)


def _shared(a: Span, b: Span) -> int:
    return min(a.end, b.end) - max(a.start, b.start)
