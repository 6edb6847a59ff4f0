"""Are probabilities true? Reliability, ECE, AUROC, and what a threshold gives.

Expected calibration error (Naeini et al. 2015) in bins of equal width:

    ECE = Σ over bins of |bin| / n · |share that is right - mean probability|

AUROC is the probability that a right entity has the higher value of two, one right and one wrong,
ties counting half (Mann and Whitney's U).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import rankdata

from xproj_core.domain.arrays import Vector
from xproj_core.domain.defaults import CONFIDENCE_THRESHOLDS

BINS = 10
Probabilities = Vector[np.float64]
Truth = Vector[np.bool_]


@dataclass(frozen=True, slots=True)
class Bin:
    """Entities whose probability is in [low, high), the last bin with 1.

    Attributes:
        expected: their mean probability.
        right: the share of them that is right.
    """

    low: float
    high: float
    entities: int
    expected: float
    right: float


@dataclass(frozen=True, slots=True)
class Threshold:
    """What is left when entities below `at` are dropped.

    Attributes:
        precision: right among those left; None where none is left.
        recall: right ones left, of the gold entities; None without gold entities.
    """

    at: float
    entities: int
    precision: float | None
    recall: float | None


@dataclass(frozen=True, slots=True)
class Reliability:
    """How far probabilities can be believed, measured on `entities` with gold labels.

    Attributes:
        bins: those that hold entities.
        auroc: None where all are right, or all wrong.
    """

    entities: int
    right: int
    bins: tuple[Bin, ...]
    ece: float
    auroc: float | None


def reliability(
    probabilities: Sequence[float] | Probabilities, right: Sequence[bool] | Truth
) -> Reliability:
    """Of probabilities in [0, 1] and whether each entity was right; ECE is 0 for none."""
    values, truth = np.asarray(probabilities, dtype=float), np.asarray(right, dtype=bool)
    places = np.minimum((values * BINS).astype(int), BINS - 1)
    bins = tuple(
        Bin(
            k / BINS,
            (k + 1) / BINS,
            int(own.sum()),
            float(values[own].mean()),
            float(truth[own].mean()),
        )
        for k in range(BINS)
        if (own := places == k).any()
    )
    ece = sum(b.entities * abs(b.right - b.expected) for b in bins) / max(1, len(values))
    return Reliability(len(values), int(truth.sum()), bins, ece, auroc(values, truth))


def auroc(values: Probabilities, right: Truth) -> float | None:
    """See the module's docstring; None where all are right, or all wrong."""
    positive, negative = int(right.sum()), int((~right).sum())
    if not positive or not negative:
        return None
    ranks = float(rankdata(values)[right].sum())
    return (ranks - positive * (positive + 1) / 2) / (positive * negative)


def thresholds(
    probabilities: Sequence[float] | Probabilities,
    right: Sequence[bool] | Truth,
    gold: int,
    at: Sequence[float] = CONFIDENCE_THRESHOLDS,
) -> tuple[Threshold, ...]:
    """Precision and recall when only entities with at least so much stay.

    Args:
        gold: how many gold entities there are in the same sentences.
    """
    values, truth = np.asarray(probabilities, dtype=float), np.asarray(right, dtype=bool)
    rows = []
    for limit in at:
        left = values >= limit
        count, correct = int(left.sum()), int(truth[left].sum())
        rows.append(
            Threshold(
                limit,
                count,
                correct / count if count else None,
                correct / gold if gold else None,
            )
        )
    return tuple(rows)
