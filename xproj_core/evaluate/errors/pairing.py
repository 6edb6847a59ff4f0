"""Gold and predicted entities, one to one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np

from xproj_core.domain import Span

A = TypeVar("A")
B = TypeVar("B")


def overlap(a: Span, b: Span) -> float:
    """Dice's coefficient of the tokens of two spans."""
    shared = min(a.end, b.end) - max(a.start, b.start)
    return 2 * shared / (len(a) + len(b)) if shared > 0 else 0.0


def pairs(
    first: Sequence[A], second: Sequence[B], score: Callable[[A, B], float]
) -> list[tuple[A, B]]:
    """The one-to-one pairing with the largest sum of scores; pairs that score 0 are left out."""
    if not first or not second:
        return []
    if len(first) == len(second) == 1:
        return [(first[0], second[0])] if score(first[0], second[0]) > 0 else []
    scores = np.array([[score(a, b) for b in second] for a in first])
    if not scores.any():
        return []
    from scipy.optimize import linear_sum_assignment

    rows, columns = linear_sum_assignment(scores, maximize=True)
    return [(first[i], second[j]) for i, j in zip(rows, columns, strict=True) if scores[i, j] > 0]


def matched(
    gold: Sequence[Span], predicted: Sequence[Span]
) -> tuple[list[tuple[Span, Span]], list[Span], list[Span]]:
    """Equal spans first, then those that overlap; and what is left on both sides.

    Of spans that overlap equally, those of one label belong together.
    """
    matches = [(g, g) for g in gold if g in set(predicted)]
    equal = {g for g, _ in matches}
    rest = [g for g in gold if g not in equal], [p for p in predicted if p not in equal]
    matches += pairs(*rest, _closeness)
    taken_gold, taken_predicted = {g for g, _ in matches}, {p for _, p in matches}
    return (
        matches,
        [g for g in gold if g not in taken_gold],
        [p for p in predicted if p not in taken_predicted],
    )


def _closeness(gold: Span, predicted: Span) -> float:
    shared = overlap(gold, predicted)
    return shared + 0.01 * (gold.label == predicted.label) if shared else 0.0
