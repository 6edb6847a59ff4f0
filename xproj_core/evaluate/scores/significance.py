"""How sure a difference is: bootstrap intervals and paired tests over sentences.

The unit is the sentence: what one system made of it stands for its counts (correct, wrong,
missing). Sentences with the same counts are alike, so drawing sentences with replacement is
drawing from a multinomial over the different counts, and swapping two systems' answers at random
is drawing from a binomial for each: exactly the same distributions, at a fraction of the work.

- Intervals: percentile bootstrap (Efron & Tibshirani 1993, ch. 13).
- Paired test: approximate randomisation (Noreen 1989; Yeh 2000), two-sided, (hits + 1) /
  (trials + 1).
- Several comparisons: Holm's (1979) step-down correction.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from xproj_core.domain import Span
from xproj_core.domain.arrays import Cube, Matrix
from xproj_core.domain.defaults import RESAMPLES

Counts = NDArray[np.int64]
Values = NDArray[np.float64]
_DRAWS = 2_000_000  # numbers drawn at a time: bounds memory
_CHEAPER = 3  # a number of a multinomial costs as much as that many sentences drawn singly


def precision(counts: Counts) -> Values:
    """Of (..., 3) counts: correct, spurious or wrong, missed or wrong."""
    return _share(counts[..., 0], counts[..., 0] + counts[..., 1])


def recall(counts: Counts) -> Values:
    """Of (..., 3) counts."""
    return _share(counts[..., 0], counts[..., 0] + counts[..., 2])


def f1(counts: Counts) -> Values:
    """Of (..., 3) counts."""
    return _share(2 * counts[..., 0], 2 * counts[..., 0] + counts[..., 1] + counts[..., 2])


def _share(part: Counts, total: Counts) -> Values:
    return np.divide(part, total, out=np.zeros(np.shape(total)), where=total > 0)


STATISTICS: Mapping[str, Callable[[Counts], Values]] = {
    "F1": f1,
    "precision": precision,
    "recall": recall,
}


def resampled(counts: Counts, trials: int = RESAMPLES, seed: int = 0) -> Counts:
    """Sums of counts over sentences drawn with replacement.

    Args:
        counts: (sentences, ...), counts of each sentence. All that belongs to one sentence is
            drawn together, so systems stay paired.

    Returns:
        (trials, ...).
    """
    n, shape = len(counts), counts.shape[1:]
    flat = counts.reshape(n, int(np.prod(shape)))
    if n == 0:
        return np.zeros((trials, *shape), dtype=np.int64)
    rng = np.random.default_rng(seed)
    vectors, sizes = np.unique(flat, axis=0, return_counts=True)
    alike = _CHEAPER * len(sizes) < n
    if not alike:
        vectors = flat
    sums = []
    for size in _split_trials(trials, len(vectors)):
        if alike:
            weights = rng.multinomial(n, sizes / n, size=size)
        else:
            drawn = rng.integers(0, n, size=(size, n)) + np.arange(size)[:, None] * n
            weights = np.bincount(drawn.ravel(), minlength=size * n).reshape(size, n)
        sums.append(weights @ vectors)
    return np.concatenate(sums).reshape(trials, *shape)


def _split_trials(trials: int, width: int) -> Iterator[int]:
    size = max(1, _DRAWS // max(1, width))
    for start in range(0, trials, size):
        yield min(size, trials - start)


def interval(values: Values, level: float = 0.95) -> tuple[Values, Values]:
    """The percentile interval over the first axis."""
    tail = (1 - level) / 2
    low, high = np.quantile(values, [tail, 1 - tail], axis=0)
    return low, high


def randomised(
    first: Matrix[np.int64],
    second: Matrix[np.int64],
    statistic: Callable[[Counts], Values] = f1,
    trials: int = RESAMPLES,
    seed: int = 0,
) -> float:
    """How often two systems differ at least as much when each sentence's two answers change
    places at random; both counts are (sentences, 3)."""
    joint = np.concatenate([first, second], axis=1)
    differ = joint[(first != second).any(axis=1)]
    if not len(differ):
        return 1.0
    vectors, sizes = np.unique(differ, axis=0, return_counts=True)
    sums = first.sum(axis=0), second.sum(axis=0)
    observed = abs(float(statistic(sums[0]) - statistic(sums[1])))
    rng = np.random.default_rng(seed)
    hits = 0
    for size in _split_trials(trials, len(sizes)):
        moved = rng.binomial(sizes, 0.5, size=(size, len(sizes))) @ (
            vectors[:, 3:] - vectors[:, :3]
        )
        differences = statistic(sums[0] + moved) - statistic(sums[1] - moved)
        hits += int((np.abs(differences) >= observed - 1e-12).sum())
    return (hits + 1) / (trials + 1)


def holm(p_values: Sequence[float]) -> list[float]:
    """P-values corrected for being several, in the given order."""
    n, worst = len(p_values), 0.0
    corrected = [0.0] * n
    for rank, k in enumerate(sorted(range(n), key=lambda k: p_values[k])):
        worst = max(worst, min(1.0, (n - rank) * p_values[k]))
        corrected[k] = worst
    return corrected


def sentence_counts(
    gold: Sequence[Collection[Span]], predicted: Sequence[Collection[Span]]
) -> Matrix[np.int64]:
    """(sentences, 3): correct, spurious or wrong, missed or wrong entities of each sentence."""
    rows = []
    for ours, predicted_spans in zip(gold, predicted, strict=True):
        gold_set, predicted_set = set(ours), set(predicted_spans)
        right = len(gold_set & predicted_set)
        rows.append((right, len(predicted_set) - right, len(gold_set) - right))
    return np.array(rows, dtype=np.int64).reshape(-1, 3)


@dataclass(frozen=True, slots=True)
class Difference:
    """Two systems on the same sentences.

    Attributes:
        difference: the statistic of `first` minus that of `second`.
        low, high: its 95 % bootstrap interval.
        p: of approximate randomisation; `corrected` for all comparisons made together.
    """

    first: str
    second: str
    difference: float
    low: float
    high: float
    p: float
    corrected: float


def differences(
    counts: Cube[np.int64],
    systems: Sequence[str],
    statistic: Callable[[Counts], Values] = f1,
    trials: int = RESAMPLES,
    seed: int = 0,
) -> list[Difference]:
    """Every system against every other.

    Args:
        counts: (sentences, systems, 3).
    """
    both = list(combinations(range(len(systems)), 2))
    if not both:
        return []
    values = statistic(resampled(counts, trials, seed))
    here = statistic(counts.sum(axis=0))
    ps = [randomised(counts[:, a], counts[:, b], statistic, trials, seed) for a, b in both]
    low, high = interval(values[:, [a for a, _ in both]] - values[:, [b for _, b in both]])
    return [
        Difference(
            systems[a],
            systems[b],
            float(here[a] - here[b]),
            float(low[k]),
            float(high[k]),
            ps[k],
            q,
        )
        for k, ((a, b), q) in enumerate(zip(both, holm(ps), strict=True))
    ]
