"""chrF (Popović 2015) from per-sentence statistics, so that a corpus' score can be updated.

The same figures as sacrebleu's chrF2 without word n-grams: character n-grams of 1 to 6,
blanks removed, recall counted twice as much as precision.
"""

from __future__ import annotations

from collections import Counter

import numpy as np
from numpy.typing import NDArray

ORDER = 6
SIZE = 3 * ORDER


def statistics(hypothesis: str, reference: str) -> NDArray[np.float32]:
    """(18,): per order, n-grams of the hypothesis, of the reference, and in both."""
    found = np.zeros(SIZE, dtype=np.float32)
    left, right = "".join(hypothesis.split()), "".join(reference.split())
    for n in range(1, ORDER + 1):
        a = Counter(left[i : i + n] for i in range(len(left) - n + 1))
        b = Counter(right[i : i + n] for i in range(len(right) - n + 1))
        both = sum(min(count, b[gram]) for gram, count in a.items() if gram in b)
        found[3 * n - 3 : 3 * n] = a.total(), b.total(), both
    return found


def score(summed: NDArray[np.floating]) -> float:
    """chrF in percent from summed statistics."""
    table = summed.reshape(ORDER, 3)
    used = table[(table[:, 0] > 0) & (table[:, 1] > 0)]
    if not len(used):
        return 0.0
    precision = float((used[:, 2] / used[:, 0]).mean())
    recall = float((used[:, 2] / used[:, 1]).mean())
    if precision + recall == 0:
        return 0.0
    return 100 * 5 * precision * recall / (4 * precision + recall)
