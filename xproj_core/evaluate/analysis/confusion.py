"""Which label is taken for which, entities matched one to one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from xproj_core.domain.arrays import Matrix
from xproj_core.evaluate.analysis.analysis import Analysis

MISSED, SPURIOUS = "missed", "spurious"


@dataclass(frozen=True, slots=True)
class Confusion:
    """Counts of entities.

    Attributes:
        rows: gold labels, and `SPURIOUS` last.
        columns: predicted labels, and `MISSED` last.
        counts: (rows, columns). A pair counts where its two entities share a word, whatever their
            ends; each entity counts once, so a row sums up to the gold entities of its label.
        exact: of those, the pairs with the same ends and label.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: Matrix[np.int64]
    exact: Matrix[np.int64]


def confusion(analysis: Analysis, system: str) -> Confusion:
    """The matrix of one system."""
    table = analysis.cases[analysis.cases.system == system]
    n = len(analysis.labels)
    place = {label: k for k, label in enumerate(analysis.labels)}
    counts = np.zeros((n + 1, n + 1), dtype=np.int64)
    exact = np.zeros_like(counts)
    together = table[table.overlap]
    _count(counts, together.gold.map(place), together.predicted.map(place))
    right = together[together.outcome == "correct"]
    _count(exact, right.gold.map(place), right.predicted.map(place))
    apart = table[~table.overlap]
    missed, spurious = apart.gold.dropna(), apart.predicted.dropna()
    _count(counts, missed.map(place), np.full(len(missed), n))
    _count(counts, np.full(len(spurious), n), spurious.map(place))
    return Confusion((*analysis.labels, SPURIOUS), (*analysis.labels, MISSED), counts, exact)


def _count(matrix: Matrix[np.int64], rows: ArrayLike, columns: ArrayLike) -> None:
    np.add.at(matrix, (np.asarray(rows, dtype=int), np.asarray(columns, dtype=int)), 1)
