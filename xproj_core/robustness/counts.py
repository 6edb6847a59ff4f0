"""Counts of entities under every condition, with what is needed for intervals, in flat memory.

The bootstrap over sentences is that of Poisson weights (Chamandy et al. 2012): in each
replicate a sentence counts as often as a Poisson draw of mean 1 says. Weights depend on the
sentence's number alone, so that systems and conditions are compared on the same resamples.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from xproj_core.domain import Span
from xproj_core.domain.arrays import Matrix, Vector
from xproj_core.noise.base import draws

Counts = Matrix[np.float64]
"""(n, 3): gold, predicted and correct entities."""
Changed = tuple[int, int, int]
REPLICATES = 500
_MOST_BROKEN = 60


class Condition(NamedTuple):
    """A noise at a rate with a seed; rate 0 is the clean run, whatever the noise."""

    noise: str
    rate: float
    seed: int


CLEAN = Condition("", 0.0, 0)


def counted(
    gold: Iterable[Span], predicted: Iterable[Span], ignore: Collection[str] = ()
) -> tuple[int, int, int]:
    """(gold, predicted, correct) entities of one sentence."""
    gold_spans = {s for s in gold if s.label not in ignore}
    predicted_spans = {s for s in predicted if s.label not in ignore}
    return len(gold_spans), len(predicted_spans), len(gold_spans & predicted_spans)


def f1(counts: Counts) -> Vector[np.float64]:
    """(n,) F1 of (n, 3) counts; 0 where nothing is counted."""
    total = counts[..., 0] + counts[..., 1]
    return np.divide(2 * counts[..., 2], total, out=np.zeros_like(total), where=total > 0)


@dataclass
class Tally:
    """Sums over the sentences so far.

    Attributes:
        counts: by condition and system (replicates + 1, 3): gold, predicted and correct
            entities; row 0 is the data as they are.
        problems: by condition and system, sentences without an answer.
        broken: by condition and system the first sentences that are not answered as well as
            without noise, or better: (number, correct entities more, wrong entities more).
        sentences: how many were counted.
    """

    replicates: int = REPLICATES
    counts: dict[Condition, dict[str, Counts]] = field(default_factory=dict)
    problems: dict[Condition, dict[str, int]] = field(default_factory=dict)
    broken: dict[Condition, dict[str, list[Changed]]] = field(default_factory=dict)
    sentences: int = 0

    def weights(self, numbers: Sequence[int]) -> Matrix[np.float64]:
        """(replicates + 1, sentences): how often each sentence counts."""
        drawn = [
            draws("poisson", 0, str(n)).poisson(1.0, self.replicates).astype(np.float64)
            for n in numbers
        ]
        columns = np.stack(drawn, axis=1) if drawn else np.zeros((self.replicates, 0))
        return np.vstack([np.ones((1, len(drawn))), columns])

    def add(
        self,
        condition: Condition,
        system: str,
        rows: Sequence[tuple[int, int, int]],
        weights: Matrix[np.float64],
        problems: int = 0,
    ) -> None:
        """Count sentences; `rows` has one row per column of `weights`."""
        totals = weights @ np.array(rows, np.float64).reshape(len(rows), 3)
        known = self.counts.setdefault(condition, {})
        known[system] = known[system] + totals if system in known else totals
        failed = self.problems.setdefault(condition, {})
        failed[system] = failed.get(system, 0) + problems

    def differ(
        self,
        condition: Condition,
        system: str,
        numbers: Sequence[int],
        clean: Sequence[tuple[int, int, int]],
        rows: Sequence[tuple[int, int, int]],
    ) -> None:
        """Note the sentences that noise changed, losses and gains; `rows` as in `add`."""
        known = self.broken.setdefault(condition, {}).setdefault(system, [])
        for number, before, after in zip(numbers, clean, rows, strict=True):
            right = after[2] - before[2]
            wrong = after[1] - after[2] - (before[1] - before[2])
            if (right or wrong) and len(known) < _MOST_BROKEN:
                known.append((number, right, wrong))

    @property
    def systems(self) -> tuple[str, ...]:
        """In the order in which they were first counted."""
        return tuple(self.counts.get(CLEAN, {}))
