"""Precision, recall and F1 with their intervals, and along which lines they can be broken up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from xproj_core.domain.arrays import Vector
from xproj_core.domain.defaults import RESAMPLES
from xproj_core.evaluate.analysis.analysis import Analysis
from xproj_core.evaluate.scores.significance import (
    STATISTICS,
    Counts,
    interval,
    resampled,
)

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Figure:
    """A value in [0, 1] and its 95 % bootstrap interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Figures:
    """What one system reaches.

    Attributes:
        correct, excess, lacking: true positives, false positives, false negatives.
    """

    f1: Figure
    precision: Figure
    recall: Figure
    correct: int
    excess: int
    lacking: int


def score_systems(counts: Counts, trials: int = RESAMPLES) -> list[Figures]:
    """One for each system of (sentences, systems, 3) counts."""
    sums = counts.sum(axis=0)
    drawn = resampled(counts, trials)
    parts = {
        name: (statistic(sums), *interval(statistic(drawn)))
        for name, statistic in STATISTICS.items()
    }

    def figure(name: str, k: int) -> Figure:
        value, low, high = (float(side[k]) for side in parts[name])
        return Figure(value, low, high)

    return [
        Figures(
            figure("F1", k),
            figure("precision", k),
            figure("recall", k),
            int(sums[k, 0]),
            int(sums[k, 1]),
            int(sums[k, 2]),
        )
        for k in range(counts.shape[1])
    ]


# -- slices -------------------------------------------------------------------------------------

_WORDS = ((1, "1 word"), (2, "2 words"), (3, "3 words"), (4, "4 words or more"))
_SENTENCE = (
    (1, "up to 10 words"),
    (11, "11–20 words"),
    (21, "21–30 words"),
    (31, "31–50 words"),
    (51, "51 words or more"),
)
_FREQUENCY = ((0, "not a gold name"), (1, "once"), (2, "2–5 times"), (6, "6 times or more"))
Bands = tuple[tuple[int, str], ...]
Buckets = tuple[Vector[np.integer], tuple[str, ...]]
"""Of each case which bucket, and what the buckets are called."""
Bucketing = Callable[[Analysis], Buckets]
Column = Callable[[Analysis], "pd.Series"]


@dataclass(frozen=True, slots=True)
class Line:
    """Along which to break figures up: `bucket` gives each case's, `order` their order."""

    title: str
    bucket: Bucketing


def _banded(column: Column, bands: Bands) -> Bucketing:
    def bucket(analysis: Analysis) -> Buckets:
        starts = [start for start, _ in bands]
        codes = np.searchsorted(starts, np.asarray(column(analysis)), side="right") - 1
        return codes.clip(0), tuple(name for _, name in bands)

    return bucket


def _category(column: Column) -> Bucketing:
    def bucket(analysis: Analysis) -> Buckets:
        values = column(analysis)
        return values.cat.codes.to_numpy(), tuple(values.cat.categories)

    return bucket


def _of_sentence(name: str) -> Column:
    def column(analysis: Analysis) -> pd.Series:
        return analysis.sentences[name].iloc[analysis.cases.sentence].reset_index(drop=True)

    return column


LINES: dict[str, Line] = {
    "words": Line("entity length", _banded(lambda a: a.cases.words, _WORDS)),
    "sentence": Line("sentence length", _banded(_of_sentence("target_words"), _SENTENCE)),
    "frequency": Line(
        "how often the gold standard has the name", _banded(lambda a: a.cases.frequency, _FREQUENCY)
    ),
    "script": Line("script", _category(lambda a: a.cases.script)),
    "language": Line("language", _category(_of_sentence("language"))),
}
"""Besides these there is "label". Length, frequency and script are those of the gold entity, of
the predicted one where there is none."""


@dataclass(frozen=True, slots=True)
class Slice:
    """Some of the entities, and what each system makes of them."""

    bucket: str
    n_gold: int
    scores: list[Figures]


def slices(analysis: Analysis, by: str, trials: int = 2_000) -> list[Slice]:
    """The figures along one of `LINES`, or by "label"; buckets without a case are left out."""
    breakdown = []
    if by == "label":
        parts = [(label, analysis.of_label(label)) for label in analysis.labels]
    else:
        codes, names = LINES[by].bucket(analysis)
        parts = [
            (name, analysis.counts(_where(analysis, codes == k)))
            for k, name in enumerate(names)
            if (codes == k).any()
        ]
    for name, counts in parts:
        n_gold = int(counts[:, 0, 0].sum() + counts[:, 0, 2].sum()) if counts.shape[1] else 0
        breakdown.append(Slice(name, n_gold, score_systems(counts, trials)))
    return breakdown


def _where(analysis: Analysis, mask: Vector[np.bool_]) -> pd.DataFrame:
    return analysis.cases[mask]
