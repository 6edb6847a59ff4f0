"""Questions about entities: of a kind, a pair of labels, a slice, a stage that they came to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from xproj_core.domain import Span
from xproj_core.evaluate.analysis.analysis import Analysis
from xproj_core.evaluate.analysis.flow import AFTER
from xproj_core.evaluate.analysis.question import (
    CaseQuestion,
    Mask,
    Names,
    has_label,
    outcome_words,
    sides,
    system_words,
)
from xproj_core.evaluate.analysis.slices import LINES
from xproj_core.evaluate.errors.taxonomy import ABOUT, Case, Kind

NONE = "none"
"""As `gold`: an entity of the system's that overlaps no gold one. As `predicted`: the reverse."""
SAME = "same"
_RETRIED = {
    "tried": "tried again with gold source entities",
    "right": "right with gold source entities",
    "wrong": "still wrong with gold source entities",
}


@dataclass(frozen=True, slots=True)
class Cases(CaseQuestion):
    """Entities of a kind, lost on a step, with an outcome; "" is any.

    Attributes:
        kind, step: of the taxonomy.
        outcome: one of `OUTCOMES`.
    """

    system: str = ""
    kind: str = ""
    step: str = ""
    outcome: str = ""

    def _mask(self, analysis: Analysis) -> Mask:
        table = analysis.cases
        mask: Mask = np.ones(len(table), dtype=bool)
        for column, value in (("kind", self.kind), ("step", self.step)):
            if value:
                mask &= (table[column] == value).to_numpy()
        return mask

    def holds(self, case: Case) -> bool:
        is_match = self.kind in ("", case.kind) and self.step in ("", case.step)
        return is_match and self._has_outcome(case)

    def words(self, names: Names) -> Iterator[str]:
        if self.kind:
            yield ABOUT[Kind(self.kind)].title if self.kind in set(Kind) else self.kind
        elif self.step:
            yield f"lost in {self.step}"
        if not (self.kind and self.outcome in ("mistakes", "lacking")):
            yield from outcome_words(self.outcome)
        yield from system_words(self.system, names)


@dataclass(frozen=True, slots=True)
class Confused(CaseQuestion):
    """Gold entities paired with the system's, by their labels; "" is any.

    Attributes:
        gold, predicted: labels, or `NONE`; the second may be the `SAME` as the first.
        outcome: one of `OUTCOMES`.
    """

    system: str = ""
    gold: str = ""
    predicted: str = ""
    outcome: str = ""

    def _mask(self, analysis: Analysis) -> Mask:
        table = analysis.cases
        mask: Mask = np.ones(len(table), dtype=bool)
        apart = ~table.overlap.to_numpy()
        predicted = self.predicted
        if predicted == SAME:
            same = table.gold.astype(object) == table.predicted.astype(object)
            mask &= ~apart & same.to_numpy()
            predicted = ""
        for label, column, other in (
            (self.gold, table.gold, predicted),
            (predicted, table.predicted, self.gold),
        ):
            if label == NONE:
                mask &= apart
            elif label:
                mask &= (column == label).to_numpy()
                if other and other != NONE:
                    mask &= ~apart
        return mask

    def holds(self, case: Case) -> bool:
        predicted = self.predicted
        if predicted == SAME:
            predicted = case.gold.label if case.gold is not None else SAME
        return (
            self._has_outcome(case)
            and (not self.gold or _is_labelled(case.gold, self.gold))
            and (not predicted or _is_labelled(case.predicted, predicted))
        )

    def words(self, names: Names) -> Iterator[str]:
        yield from outcome_words(self.outcome)
        if self.predicted == SAME:
            yield "on the diagonal"
        else:
            nothing = "nothing in the gold standard"
            gold = nothing if self.gold == NONE else self.gold or "any label"
            missed = "missed" if self.predicted == NONE else self.predicted or "any label"
            yield f"{gold} → {missed}"
        yield from system_words(self.system, names)


@dataclass(frozen=True, slots=True)
class Slice(CaseQuestion):
    """Entities of one bucket of a slice.

    Attributes:
        by, bucket: "label", or one of `slices.LINES`, and which of its buckets.
        outcome: one of `OUTCOMES`; "" is any.
    """

    system: str = ""
    by: str = ""
    bucket: str = ""
    outcome: str = ""

    def _mask(self, analysis: Analysis) -> Mask:
        table = analysis.cases
        if self.by == "label":
            columns = [(table[side] == self.bucket).to_numpy() for side in sides(self.outcome)]
            labelled: Mask = np.logical_or.reduce(columns)
            return labelled
        if self.by not in LINES:
            return np.zeros(len(table), dtype=bool)
        codes, buckets = LINES[self.by].bucket(analysis)
        inside: Mask = codes == (buckets.index(self.bucket) if self.bucket in buckets else -1)
        return inside

    def holds(self, case: Case) -> bool:
        inside = self.by != "label" or has_label(case, self.bucket, self.outcome)
        return inside and self._has_outcome(case)

    def words(self, names: Names) -> Iterator[str]:
        yield from outcome_words(self.outcome)
        title = LINES[self.by].title if self.by in LINES else self.by
        yield self.bucket if self.by == "label" else f"{title}: {self.bucket}"
        yield from system_words(self.system, names)


@dataclass(frozen=True, slots=True)
class Reached(CaseQuestion):
    """Gold entities that came to a stage, one of `flow.STAGES`."""

    system: str = ""
    stage: str = ""

    def _mask(self, analysis: Analysis) -> Mask:
        table = analysis.cases
        mask: Mask = (table.gold.notna() & table.step.isin(AFTER.get(self.stage, ()))).to_numpy()
        return mask

    def holds(self, case: Case) -> bool:
        return case.gold is not None and case.step in AFTER.get(self.stage, ())

    def words(self, names: Names) -> Iterator[str]:
        yield f"gold entities that were {self.stage}"
        yield from system_words(self.system, names)


@dataclass(frozen=True, slots=True)
class Retried(CaseQuestion):
    """Entities lost on a step that were tried again with gold source entities.

    Attributes:
        result: "right" or "wrong" then; "tried" is either.
    """

    system: str = ""
    step: str = ""
    result: str = "tried"

    def _mask(self, analysis: Analysis) -> Mask:
        table = analysis.cases
        codes = {"tried": (0, 1), "right": (1,), "wrong": (0,)}.get(self.result, ())
        mask: Mask = table.helped.isin(codes).to_numpy()
        return mask & (table.step == self.step).to_numpy() if self.step else mask

    def holds(self, case: Case) -> bool:
        if case.with_gold_source is None or self.step not in ("", case.step):
            return False
        return self.result in ("tried", "right" if case.with_gold_source else "wrong")

    def words(self, names: Names) -> Iterator[str]:
        yield _RETRIED.get(self.result, self.result)
        yield from system_words(self.system, names)


def _is_labelled(span: Span | None, label: str) -> bool:
    return span is None if label == NONE else span is not None and span.label == label
