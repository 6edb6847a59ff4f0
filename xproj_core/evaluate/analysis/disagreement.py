"""Where systems differ, and which of them is right."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from xproj_core.domain.arrays import Cube, Matrix
from xproj_core.evaluate.analysis.analysis import Analysis
from xproj_core.evaluate.scores.significance import f1, holm, recall


@dataclass(frozen=True, slots=True)
class Duel:
    """Two systems, sentence by sentence: the one with fewer wrong and missing entities wins.

    `p` is that of the two-sided sign test, `corrected` for all duels (Holm).
    """

    first: str
    second: str
    first_wins: int
    second_wins: int
    ties: int
    p: float
    corrected: float


def duels(analysis: Analysis) -> list[Duel]:
    """Every system against every other."""
    from scipy.stats import binomtest

    wrong = mistakes(analysis.counts())
    rows = []
    for a in range(len(analysis.systems)):
        for b in range(a + 1, len(analysis.systems)):
            wins = int((wrong[:, a] < wrong[:, b]).sum())
            losses = int((wrong[:, a] > wrong[:, b]).sum())
            p = float(binomtest(wins, wins + losses).pvalue) if wins + losses else 1.0
            rows.append((a, b, wins, losses, len(wrong) - wins - losses, p))
    corrected = holm([p for *_, p in rows])
    names = analysis.systems
    return [
        Duel(names[a], names[b], wins, losses, ties, p, q)
        for (a, b, wins, losses, ties, p), q in zip(rows, corrected, strict=True)
    ]


def mistakes(counts: Cube[np.int64]) -> Matrix[np.int64]:
    """(sentences, systems): spurious, wrong and missed ones, of (sentences, systems, 3) counts."""
    errors: Matrix[np.int64] = counts[..., 1] + counts[..., 2]
    return errors


@dataclass(frozen=True, slots=True)
class Oracle:
    """What perfect choice between the systems would reach.

    Attributes:
        f1: choosing the best system for each sentence.
        best: F1 of the best single system, `single`.
        recall: gold entities that at least one system has right.
        best_recall: of the single system with the best recall, `finder`.
    """

    f1: float
    best: float
    recall: float
    best_recall: float
    single: str
    finder: str


def oracle(analysis: Analysis) -> Oracle:
    """The bounds that a perfect chooser could not exceed."""
    counts, names = analysis.counts(), analysis.systems
    sums = counts.sum(axis=0)
    if not len(counts):
        return Oracle(0.0, 0.0, 0.0, 0.0, names[0], names[0])
    chosen = counts[np.arange(len(counts)), mistakes(counts).argmin(axis=1)].sum(axis=0)
    right, _ = analysis.recalled
    union = float(right.any(axis=1).mean()) if len(right) else 0.0
    single, finder = int(f1(sums).argmax()), int(recall(sums).argmax())
    return Oracle(
        float(f1(chosen)),
        float(f1(sums)[single]),
        union,
        float(recall(sums)[finder]),
        names[single],
        names[finder],
    )


@dataclass(frozen=True, slots=True)
class SystemSet:
    """How many gold entities exactly these systems have right."""

    systems: tuple[str, ...]
    entities: int


def system_sets(analysis: Analysis) -> list[SystemSet]:
    """Every set of systems that has an entity to itself, the most frequent first."""
    right, _ = analysis.recalled
    sets = Counter(map(tuple, right.tolist()))
    return [
        SystemSet(tuple(s for s, r in zip(analysis.systems, row, strict=True) if r), n)
        for row, n in sets.most_common()
    ]
