"""Projection rates. The literature means three things by the word; each has its name here.

- `entities_rate`: target entities over source entities (Chen et al. 2023, EasyProject).
- `sentences_kept`: share of the sentences with source entities in which all of them landed
  (EasyProject's kept sentences; Ebing & Glavas call it recovery rate).
- `mean_ratio`: mean over sentences of predicted over gold entities, 0/0 counting as 1 and
  predictions without gold as 0 (arXiv 2501.18750, `proj_ratio`).

Beside them `entities_placed`: share of the source entities that landed anywhere.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from xproj_core.domain import Span
from xproj_core.records import Record

ALL = ""
"""The key of the figures over all labels."""

NAMES: dict[str, str] = {
    "entities_rate": "target / source entities",
    "sentences_kept": "sentences kept whole",
    "mean_ratio": "mean of predicted / gold per sentence",
    "entities_placed": "source entities placed",
}


@dataclass
class Rates:
    """Counts by label, and over all labels under `ALL`."""

    source: Counter[str] = field(default_factory=Counter)
    target: Counter[str] = field(default_factory=Counter)
    placed: Counter[str] = field(default_factory=Counter)
    sentences: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)
    ratios: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    compared: int = 0

    def add(
        self, record: Record, gold: Collection[Span] | None, ignore: Collection[str] = ()
    ) -> None:
        """Count one sentence; `gold` None where its gold entities are not known."""
        predicted = Counter(p.label for p in record.predicted if p.label not in ignore)
        if gold is not None:
            self._compare(predicted, Counter(g.label for g in gold if g.label not in ignore))
        if len(record.chain) == 1:
            return  # a tagger on the target projects nothing
        sources = [s for s in record.source.spans if s.label not in ignore]
        landed = {p.source for p in record.placements if p.target is not None}
        self._sum(self.target, predicted)
        self._sum(self.source, Counter(s.label for s in sources))
        self._sum(self.placed, Counter(s.label for s in sources if s in landed))
        for label in {ALL, *(s.label for s in sources)} if sources else ():
            self.sentences[label] += 1
            self.kept[label] += all(s in landed for s in sources if label in (ALL, s.label))

    def _sum(self, total: Counter[str], more: Counter[str]) -> None:
        total.update(more)
        total[ALL] += more.total()

    def _compare(self, predicted: Counter[str], gold: Counter[str]) -> None:
        """Sums of ratio - 1, so that labels that come up later need no looking back."""
        self.compared += 1
        for label in predicted.keys() | gold.keys():
            self.ratios[label] += _ratio(predicted[label], gold[label]) - 1
        self.ratios[ALL] += _ratio(predicted.total(), gold.total()) - 1

    def of(self, label: str = ALL) -> dict[str, float | None]:
        """The rates of a label; None where there is nothing to count."""
        return {
            "entities_rate": _share(self.target[label], self.source[label]),
            "sentences_kept": _share(self.kept[label], self.sentences[label]),
            "mean_ratio": 1 + self.ratios.get(label, 0.0) / self.compared
            if self.compared
            else None,
            "entities_placed": _share(self.placed[label], self.source[label]),
        }


def _ratio(predicted: int, gold: int) -> float:
    if gold:
        return predicted / gold
    return 0.0 if predicted else 1.0


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
