"""Which sentences a report shows, and why these.

One pass, bounded memory: for each reason a sentence may be shown, the few that show it best are
kept. Best is a sentence of ordinary length with little else going on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heappush, heappushpop
from typing import TypeVar

import numpy as np

from xproj_core.domain.arrays import Vector
from xproj_core.domain.item import Item
from xproj_core.domain.overlap import disagreements
from xproj_core.domain.record import Record
from xproj_core.evaluate.errors.taxonomy import ABOUT, Case, Kind

KEPT = 3
_USUAL = 14  # tokens
Bucket = tuple[str, str]
ORDINARY: Bucket = ("", "")
RARE = frozenset({Kind.TOKENISATION, Kind.FAILED})
Number = TypeVar("Number", int, Vector[np.int64])


def cost(words: Number, wrong: Number) -> Number:
    """How little a sentence (or an array of them) is fit to be shown."""
    return abs(words - _USUAL) + 4 * wrong


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence to show.

    Attributes:
        number: its place in the dataset, from 0.
        why: why it was picked, as a sentence.
        cases: what went wrong, by system.
    """

    item: Item
    number: int
    records: Mapping[str, Record]
    cases: Mapping[str, Sequence[Case]]
    why: str


@dataclass
class Picker:
    """Keeps sentences by reason while a run streams by.

    Attributes:
        titles: what the systems are called.
        counts: how many sentences there are for each reason, where that is known beforehand.
    """

    titles: Mapping[str, str]
    counts: Mapping[Bucket, int] = field(default_factory=dict)
    _heaps: dict[Bucket, list[tuple[int, int, Example]]] = field(default_factory=dict)
    _counts: dict[Bucket, int] = field(default_factory=dict)

    def add(
        self,
        item: Item,
        number: int,
        records: Mapping[str, Record],
        cases: Mapping[str, Sequence[Case]],
    ) -> None:
        """Look at one sentence; `cases` is empty where there is no gold."""
        sentence = item.target or next((r.target for r in records.values()), None)
        if sentence is None or not len(sentence):
            return
        if not cases and item.gold_of("target") is not None:
            return  # no entity, and nobody found one
        wrong = {
            name: [c for c in some if c.kind is not Kind.CORRECT] for name, some in cases.items()
        }
        price = int(cost(len(sentence), sum(map(len, wrong.values()))))
        reasons = self._errors(wrong) if cases else self._without_gold(records, len(sentence))
        reasons |= self._alone(wrong, cases)
        if not reasons:
            right = "Every system has every entity right." if cases else "A sentence like others."
            reasons = {ORDINARY: right}
        for bucket, why in reasons.items():
            self._counts[bucket] = self._counts.get(bucket, 0) + 1
            heap = self._heaps.setdefault(bucket, [])
            entry = (-price, -number, Example(item, number, records, cases, why))
            if len(heap) < KEPT:
                heappush(heap, entry)
            elif entry[:2] > heap[0][:2]:
                heappushpop(heap, entry)

    def picked(self, most: int = 12) -> list[Example]:
        """At most so many sentences: the commonest reasons first, none twice."""
        counts = self.counts or self._counts
        order = sorted(self._heaps, key=lambda b: (b == ORDINARY, -counts.get(b, 0), b))
        chosen: dict[int, Example] = {}
        for turn in range(KEPT):
            for bucket in order:
                best = sorted(self._heaps[bucket], key=lambda e: e[:2], reverse=True)
                if turn < len(best) and len(chosen) < most:
                    chosen.setdefault(best[turn][1], best[turn][2])
        return sorted(chosen.values(), key=lambda e: e.number)

    def _errors(self, wrong: Mapping[str, Sequence[Case]]) -> dict[Bucket, str]:
        reasons: dict[Bucket, str] = {}
        for name, cases in wrong.items():
            for case in cases:
                if case.kind not in RARE:
                    about = ABOUT[case.kind]
                    why = f"{self.titles[name]}, {about.title}: {case.message or about.meaning}"
                    reasons.setdefault(("error", case.kind.value), why)
        return reasons

    def _alone(
        self, wrong: Mapping[str, Sequence[Case]], cases: Mapping[str, Sequence[Case]]
    ) -> dict[Bucket, str]:
        """One system right and all others wrong, or the other way round."""
        names = [n for n in cases if cases[n]]
        if len(names) < 2:
            return {}
        right, bad = [n for n in names if not wrong[n]], [n for n in names if wrong[n]]
        reasons = {}
        if len(right) == 1:
            title = self.titles[right[0]]
            reasons["right alone", right[0]] = f"Only {title} has every entity right."
        if len(bad) == 1 and len(names) > 2:
            title = self.titles[bad[0]]
            reasons["wrong alone", bad[0]] = f"Only {title} goes wrong."
        return reasons

    def _without_gold(self, records: Mapping[str, Record], n_tokens: int) -> dict[Bucket, str]:
        reasons: dict[Bucket, str] = {}
        tracks = {
            n: r.predicted
            for n, r in records.items()
            if r.problem is None and len(r.target) == n_tokens
        }
        if len(tracks) > 1 and disagreements(tracks, n_tokens):
            reasons["differ", ""] = "The systems do not label it alike."
        for name, record in records.items():
            for placed in record.placements:
                if placed.target is None:
                    reasons.setdefault(
                        ("lost", placed.reason),
                        f"{self.titles[name]} lost an entity: {placed.message or placed.reason}",
                    )
        return reasons
