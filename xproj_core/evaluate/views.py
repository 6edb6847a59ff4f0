"""The four views of SemEval-2013 task 9 on what counts as found, computed by nervaluate.

    strict    both ends and the label       exact       both ends, whatever the label
    partial   any overlap, half a point     ent_type    any overlap with the right label

nervaluate walks through the predictions in their order, and the first that overlaps a gold entity
uses it up, even if a later one matches it exactly. So that no figure hangs on that order,
predictions that match a gold entity exactly come first here. It counts ends inclusively.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from xproj_core.domain import Span

VIEWS: dict[str, str] = {
    "strict": "strict", "exact": "exact ends", "partial": "partial", "ent_type": "type",
}  # fmt: skip
ALL = ""
_BATCH = 500


@dataclass
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
        return self._found / self.actual if self.actual else 0.0

    @property
    def recall(self) -> float:
        """Found, of what was to be found."""
        return self._found / self.possible if self.possible else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        total = self.actual + self.possible
        return 2 * self._found / total if total else 0.0

    @property
    def actual(self) -> int:
        """All that was predicted."""
        return self.correct + self.incorrect + self.partial + self.spurious

    @property
    def possible(self) -> int:
        """All that was to be found."""
        return self.correct + self.incorrect + self.partial + self.missed

    @property
    def _found(self) -> float:
        return self.correct + (0.5 * self.partial if self.half else 0.0)

    def plus(self, other: Any) -> None:
        """Add the counts of another, or of nervaluate's own result."""
        for name in ("correct", "incorrect", "partial", "missed", "spurious"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


def _new() -> dict[str, View]:
    return {name: View(half=name in ("partial", "ent_type")) for name in VIEWS}


@dataclass
class Views:
    """Counts by label, and over all labels under `ALL`; sentences go to nervaluate in batches."""

    _counts: dict[str, dict[str, View]] = field(default_factory=lambda: defaultdict(_new))
    _waiting: list[tuple[list[Span], list[Span]]] = field(default_factory=list)

    def add(self, gold: Iterable[Span], predicted: Iterable[Span]) -> None:
        """Count one sentence."""
        wanted, found = sorted(set(gold)), sorted(set(predicted))
        if wanted == found:  # found in every view
            for span in wanted:
                for label in (ALL, span.label):
                    for view in self._counts[label].values():
                        view.correct += 1
            return
        self._waiting.append((wanted, exact_first(wanted, found)))
        if len(self._waiting) >= _BATCH:
            self.flush()

    def of(self, label: str = ALL) -> dict[str, View]:
        """The views of a label."""
        self.flush()
        return self._counts[label] if label in self._counts else _new()

    def flush(self) -> None:
        """Count those that are still waiting."""
        if not self._waiting:
            return
        from nervaluate import Evaluator

        sides = [[_plain(s) for s in side] for side in zip(*self._waiting, strict=True)]
        labels = {s.label for pair in self._waiting for side in pair for s in side}
        self._waiting = []
        found = Evaluator(*sides, tags=sorted(labels), loader="dict").evaluate()
        for label, views in [(ALL, found["overall"]), *found["entities"].items()]:
            for name, view in views.items():
                self._counts[label][name].plus(view)


def exact_first(gold: Collection[Span], predicted: Iterable[Span]) -> list[Span]:
    """Predictions in an order that lets exact matches have their gold entity."""
    spans, places = set(gold), {(g.start, g.end) for g in gold}
    return sorted(predicted, key=lambda p: (p not in spans, (p.start, p.end) not in places, p))


def _plain(spans: Iterable[Span]) -> list[dict[str, Any]]:
    return [{"label": s.label, "start": s.start, "end": s.end - 1} for s in spans]
