"""chrF (Popović 2015) from per-sentence statistics, so that a corpus' score can be updated.

The same figures as sacrebleu's chrF2 without word n-grams: character n-grams of 1 to 6,
blanks removed, recall counted twice as much as precision.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from xproj_core.domain.arrays import Vector

ORDER = 6
SIZE = 3 * ORDER


def statistics(hypothesis: str, reference: str) -> Vector[np.float32]:
    """(18,): per order, n-grams of the hypothesis, of the reference, and in both."""
    counts = np.zeros(SIZE, dtype=np.float32)
    pairs = zip(_grams(hypothesis), _remembered(reference), strict=True)
    for n, (a, b) in enumerate(pairs, 1):
        both = sum(min(count, b[gram]) for gram, count in a.items() if gram in b)
        counts[3 * n - 3 : 3 * n] = a.total(), b.total(), both
    return counts


def _grams(text: str) -> list[Counter[str]]:
    text = "".join(text.split())
    return [
        Counter([text[i : i + n] for i in range(len(text) - n + 1)]) for n in range(1, ORDER + 1)
    ]


_remembered = lru_cache(maxsize=2000)(_grams)


def score(summed: Vector[np.floating], beta: float = 2.0) -> float:
    """chrF in percent from summed statistics; recall counts `beta` times as much as precision."""
    table = summed.reshape(ORDER, 3)
    used = table[(table[:, 0] > 0) & (table[:, 1] > 0)]
    if not len(used):
        return 0.0
    precision = float((used[:, 2] / used[:, 0]).mean())
    recall = float((used[:, 2] / used[:, 1]).mean())
    if precision + recall == 0:
        return 0.0
    return 100 * (1 + beta**2) * precision * recall / (beta**2 * precision + recall)


def corpus(hypotheses: Sequence[str], references: Sequence[str]) -> float:
    """chrF of a corpus in percent."""
    total = np.zeros(SIZE)
    for hypothesis, reference in zip(hypotheses, references, strict=True):
        total += statistics(hypothesis, reference)
    return score(total)
