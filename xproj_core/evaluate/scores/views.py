"""The four views of SemEval-2013 task 9 on what counts as found, computed by nervaluate.

    strict    both ends and the label       exact       both ends, whatever the label
    partial   any overlap, half a point     ent_type    any overlap with the right label

nervaluate walks through the predictions in their order, and the first that overlaps a gold entity
uses it up, even if a later one matches it exactly. So that no figure hangs on that order,
predictions that match a gold entity exactly come first here. It counts ends inclusively.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from xproj_core.domain import Span, by_place

if TYPE_CHECKING:
    from nervaluate.entities import Entity
    from nervaluate.strategies import EvaluationStrategy

VIEWS: dict[str, str] = {
    "strict": "strict",
    "exact": "exact ends",
    "partial": "partial",
    "ent_type": "type",
}
ALL = ""
RESULTS = ("correct", "incorrect", "partial", "missed", "spurious")


@dataclass(frozen=True, slots=True)
class View:
    """Counts of one view; precision and recall as nervaluate defines them."""

    half: bool  # a partial match counts half
    correct: int = 0
    incorrect: int = 0
    partial: int = 0
    missed: int = 0
    spurious: int = 0

    @property
    def precision(self) -> float:
        """Found, of what was predicted."""
        return self._credit / self.actual if self.actual else 0.0

    @property
    def recall(self) -> float:
        """Found, of what was to be found."""
        return self._credit / self.possible if self.possible else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        total = self.actual + self.possible
        return 2 * self._credit / total if total else 0.0

    @property
    def actual(self) -> int:
        """All that was predicted."""
        return self.correct + self.incorrect + self.partial + self.spurious

    @property
    def possible(self) -> int:
        """All that was to be found."""
        return self.correct + self.incorrect + self.partial + self.missed

    @property
    def _credit(self) -> float:
        return self.correct + (0.5 * self.partial if self.half else 0.0)


def view(name: str, counts: Iterable[int]) -> View:
    """A view by its name from counts in the order of `RESULTS`."""
    return View(name in ("partial", "ent_type"), *counts)


Match = tuple[str, str, tuple[int, ...]]
_Plain = tuple[tuple[int, int, str], ...]
_LONG = 50  # words from which nervaluate's least overlap, one per cent, might matter


def matches(gold: Collection[Span], predicted: Collection[Span]) -> tuple[Match, ...]:
    """Of one sentence: view, label (or `ALL`), and the counts in the order of `RESULTS`.

    Only what differs in one way or another needs asking: where both sides are the same, all is
    correct in every view.
    """
    gold_spans = sorted(set(gold), key=by_place)
    predicted_spans = exact_first(gold_spans, sorted(set(predicted), key=by_place))
    spans = [*gold_spans, *predicted_spans]
    # What matters is which spans share words, not how many: most sentences are like another.
    # Distances matter where a prediction overlaps several, and lengths of very long ones.
    alike = not any(sum(p.overlaps(g) for g in gold_spans) > 1 for p in predicted_spans)
    rank = {at: at for s in spans for at in (s.start, s.end)}
    if alike and all(len(s) < _LONG for s in spans):
        rank = {at: k for k, at in enumerate(sorted(rank))}
    ours, plain_predicted = (
        tuple((rank[s.start], rank[s.end], s.label) for s in side)
        for side in (gold_spans, predicted_spans)
    )
    return _evaluate(ours, plain_predicted)


@lru_cache(maxsize=20_000)
def _evaluate(gold: _Plain, predicted: _Plain) -> tuple[Match, ...]:
    """What nervaluate says."""
    sides = {ALL: (_entities(gold), _entities(predicted))}
    for label in sorted({s[2] for s in (*gold, *predicted)}):
        ours, predictions = (
            _entities(s for s in side if s[2] == label) for side in (gold, predicted)
        )
        sides[label] = ours, predictions
    view_counts = []
    for name, strategy in _strategies().items():
        for label, (gold_entities, predicted_entities) in sides.items():
            result, _ = strategy.evaluate(gold_entities, predicted_entities, [])
            view_counts.append(
                (name, label, tuple(getattr(result, outcome) for outcome in RESULTS))
            )
    return tuple(view_counts)


def exact_first(gold: Collection[Span], predicted: Iterable[Span]) -> list[Span]:
    """Predictions in an order that lets exact matches have their gold entity."""
    spans, places = set(gold), {(g.start, g.end) for g in gold}
    return sorted(predicted, key=lambda p: (p not in spans, (p.start, p.end) not in places, p))


@lru_cache(maxsize=1)
def _strategies() -> dict[str, EvaluationStrategy]:
    from nervaluate import strategies

    classes = {
        "strict": strategies.StrictEvaluation,
        "exact": strategies.ExactEvaluation,
        "partial": strategies.PartialEvaluation,
        "ent_type": strategies.EntityTypeEvaluation,
    }
    return {name: classes[name](1.0) for name in VIEWS}


def _entities(spans: Iterable[tuple[int, int, str]]) -> list[Entity]:
    from nervaluate.entities import Entity

    return [Entity(label, start, end - 1) for start, end, label in spans]
