"""Some of the cases, or of the sentences: what a number on the page opens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xproj_core.evaluate.analysis import Analysis
from xproj_core.evaluate.disagreement import found_by
from xproj_core.evaluate.figures import LINES
from xproj_core.evaluate.kinds import ABOUT, Case, Kind

NONE = "none"
"""As `gold`: an entity of the system's that overlaps no gold one. As `predicted`: the reverse."""
OUTCOMES = {
    "correct": ("correct",), "wrong": ("wrong",), "missed": ("missed",), "spurious": ("spurious",),
    "mistakes": ("wrong", "missed", "spurious"), "excess": ("wrong", "spurious"),
    "lacking": ("wrong", "missed"),
}  # fmt: skip
_SAID = {"excess": "wrong or spurious", "lacking": "wrong or missed"}
BETWEEN = "|"


@dataclass(frozen=True, slots=True)
class Pick:
    """What is asked for; "" asks for nothing in particular.

    Attributes:
        system: whose cases.
        kind, step: of the taxonomy.
        outcome: one of `OUTCOMES`.
        gold, predicted: labels of entities paired with one another, or `NONE`.
        by, bucket: a slice: "label", or one of `figures.LINES`, and which of its buckets.
        better, worse: systems; sentences on which the first makes fewer mistakes.
        found: the systems, with `BETWEEN` between them, that have a gold entity right, all others
            having it wrong; `NONE` where no system has it right.
    """

    system: str = ""
    kind: str = ""
    step: str = ""
    outcome: str = ""
    gold: str = ""
    predicted: str = ""
    by: str = ""
    bucket: str = ""
    better: str = ""
    worse: str = ""
    found: str = ""

    @property
    def asks(self) -> bool:
        """It asks for something besides a system."""
        return any(getattr(self, f.name) for f in fields(self) if f.name != "system")

    def rows(self, analysis: Analysis) -> list[int]:
        """The sentences, as rows of `analysis.sentences`, in order."""
        if self.better and self.worse:
            return _won(analysis, self.better, self.worse)
        if self.found:
            return _found(analysis, self.found)
        chosen = analysis.cases[self._mask(analysis)]
        return [int(row) for row in np.unique(chosen.sentence)]

    def _mask(self, analysis: Analysis) -> Any:
        table: Any = analysis.cases
        mask: Any = np.ones(len(table), dtype=bool)
        for name in ("system", "kind", "step"):
            if wanted := getattr(self, name):
                mask &= (table[name] == wanted).to_numpy()
        if self.outcome:
            mask &= table.outcome.isin(OUTCOMES.get(self.outcome, ())).to_numpy()
        if self.gold or self.predicted:
            mask &= _labels(table, self.gold, self.predicted)
        if self.bucket:
            mask &= _bucket(analysis, self.by, self.bucket)
        return mask

    def holds(self, case: Case) -> bool:
        """Whether a case is meant, as far as that can be told from the case alone."""
        labels = {s.label for s in (case.gold, case.predicted) if s is not None}
        return (
            self.kind in ("", case.kind)
            and self.step in ("", case.step)
            and (not self.outcome or case.outcome in OUTCOMES.get(self.outcome, ()))
            and (not self.gold or _is(case.gold, self.gold))
            and (not self.predicted or _is(case.predicted, self.predicted))
            and (self.by != "label" or self.bucket in labels)
        )

    def __str__(self) -> str:
        return ", ".join(self._words())

    def _words(self) -> Iterator[str]:
        if self.kind:
            known = self.kind in set(Kind)
            yield ABOUT[Kind(self.kind)].title if known else self.kind
        if self.step and not self.kind:
            yield f"lost in {self.step}"
        if self.outcome and not (self.kind and self.outcome == "mistakes"):
            yield _SAID.get(self.outcome, self.outcome)
        if self.gold or self.predicted:
            yield " → ".join((
                "nothing in the gold standard" if self.gold == NONE else self.gold or "any label",
                "missed" if self.predicted == NONE else self.predicted or "any label",
            ))  # fmt: skip
        if self.bucket:
            yield self.bucket if self.by == "label" else f"{_title(self.by)}: {self.bucket}"
        if self.better and self.worse:
            yield f"{self.better} better than {self.worse}"
        if self.found:
            nobody = self.found == NONE
            names = self.found.replace(BETWEEN, " and ")
            yield "right for no system" if nobody else f"right for {names} only"
        if self.system:
            yield self.system


def _title(by: str) -> str:
    return LINES[by].title if by in LINES else by


def _is(span: Any, wanted: str) -> bool:
    return span is None if wanted == NONE else span is not None and span.label == wanted


def _labels(table: Any, gold: str, predicted: str) -> NDArray[np.bool_]:
    mask: Any = np.ones(len(table), dtype=bool)
    apart = ~table.overlap.to_numpy()
    for wanted, column, other in (
        (gold, table.gold, predicted),
        (predicted, table.predicted, gold),
    ):
        if wanted == NONE:
            mask &= apart
        elif wanted:
            mask &= (column == wanted).to_numpy()
            if other and other != NONE:
                mask &= ~apart
    found: NDArray[np.bool_] = mask
    return found


def _bucket(analysis: Analysis, by: str, bucket: str) -> NDArray[np.bool_]:
    table: Any = analysis.cases
    if by == "label":
        found: NDArray[np.bool_] = ((table.gold == bucket) | (table.predicted == bucket)).to_numpy()
        return found
    if by not in LINES:
        return np.zeros(len(table), dtype=bool)
    codes, names = LINES[by].bucket(analysis)
    wanted: NDArray[np.bool_] = codes == (names.index(bucket) if bucket in names else -1)
    return wanted


def _won(analysis: Analysis, better: str, worse: str) -> list[int]:
    if not {better, worse} <= set(analysis.systems):
        return []
    counts = analysis.counts()
    mistakes = counts[..., 1] + counts[..., 2]
    a, b = (mistakes[:, analysis.systems.index(s)] for s in (better, worse))
    scored = np.flatnonzero(np.asarray(analysis.sentences.gold, dtype=bool))
    return [int(row) for row in scored[a < b]]


def _found(analysis: Analysis, found: str) -> list[int]:
    names = set() if found == NONE else set(found.split(BETWEEN))
    right, sentences = found_by(analysis)
    wanted = np.array([s in names for s in analysis.systems])
    return [int(row) for row in np.unique(sentences[(right == wanted).all(axis=1)])]
