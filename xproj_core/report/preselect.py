"""Which sentences may be shown, found in the tables alone, so that only these are read.

`Picker` keeps the best few for each reason. What the reasons are, and which sentence is best for
one, follows from what was counted; in what words, from the sentence itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from xproj_core.domain.arrays import Matrix, Vector
from xproj_core.evaluate.analysis.analysis import Analysis
from xproj_core.evaluate.errors.taxonomy import Kind
from xproj_core.report.examples import KEPT, ORDINARY, RARE, Bucket, cost

if TYPE_CHECKING:
    import pandas as pd

_LOOKED_AT = 2_000  # sentences, where no gold labels say which are worth it


@dataclass(frozen=True, slots=True)
class Preselected:
    """Numbers of sentences in order, and how many there are in all for each reason.

    Without gold labels `counts` is empty: the reasons show when the sentences are read.
    """

    numbers: list[int]
    counts: dict[Bucket, int]


def preselected(analysis: Analysis) -> Preselected:
    """The sentences that `Picker` would keep if it saw all of them."""
    sentences = analysis.sentences
    number = sentences.number.to_numpy()
    if not analysis.n_scored:
        return Preselected([int(n) for n in number[:_LOOKED_AT]], {})
    buckets = {name: rows for name, rows in _buckets(analysis).items() if len(rows)}
    wrong = np.bincount(_wrong(analysis).sentence, minlength=len(sentences))
    costs = cost(sentences.target_words.to_numpy(), wrong)
    chosen: set[int] = set()
    for rows in buckets.values():
        best = np.lexsort((number[rows], costs[rows]))[:KEPT]
        chosen.update(int(n) for n in number[rows[best]])
    return Preselected(sorted(chosen), {name: len(rows) for name, rows in buckets.items()})


def _wrong(analysis: Analysis) -> pd.DataFrame:
    return analysis.cases[analysis.cases.outcome != "correct"]


def _buckets(analysis: Analysis) -> dict[Bucket, Vector[np.int64]]:
    """Reason to the rows of the sentences that show it."""
    wrong = _wrong(analysis)
    long_enough = analysis.sentences.target_words.to_numpy() > 0
    buckets: dict[Bucket, Vector[np.int64]] = {}
    for kind in Kind:
        if kind is not Kind.CORRECT and kind not in RARE:
            rows = np.unique(wrong.sentence[wrong.kind == kind.value])
            buckets["error", kind.value] = rows[long_enough[rows]]
    has, bad = _grid(analysis, analysis.cases), _grid(analysis, wrong)
    right = has & ~bad
    several = has.sum(axis=1) > 1
    many = has.sum(axis=1) > 2
    for k, system in enumerate(analysis.systems):
        only_right = several & right[:, k] & (right.sum(axis=1) == 1)
        only_wrong = many & bad[:, k] & (bad.sum(axis=1) == 1)
        buckets["right alone", system] = np.flatnonzero(only_right & long_enough)
        buckets["wrong alone", system] = np.flatnonzero(only_wrong & long_enough)
    special = np.zeros(len(has), dtype=bool)
    for rows in buckets.values():
        special[rows] = True
    buckets[ORDINARY] = np.flatnonzero(has.any(axis=1) & ~special & long_enough)
    return buckets


def _grid(analysis: Analysis, cases: pd.DataFrame) -> Matrix[np.bool_]:
    """(sentences, systems) whether there is a case."""
    grid = np.zeros((len(analysis.sentences), len(analysis.systems)), dtype=bool)
    grid[cases.sentence.to_numpy(), cases.system.cat.codes.to_numpy()] = True
    return grid
