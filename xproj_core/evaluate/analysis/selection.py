"""Which sentences stand behind a number: what a click on it asks for, as plain strings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from xproj_core.evaluate.analysis.analysis import Analysis
from xproj_core.evaluate.analysis.flow import AFTER
from xproj_core.evaluate.analysis.select import (
    ANY,
    BETWEEN,
    BOTH,
    NONE,
    OUTCOMES,
    SAME,
    SIDES,
    parted,
    rows,
)
from xproj_core.evaluate.analysis.sentence_features import FEATURES
from xproj_core.evaluate.analysis.slices import LINES
from xproj_core.evaluate.errors.taxonomy import ABOUT, Case, Kind
from xproj_core.evaluate.scores.views import VIEWS

__all__ = ["ANY", "BETWEEN", "NONE", "OUTCOMES", "SAME", "Pick", "parted"]

_SAID = {
    "excess": "wrong or spurious",
    "lacking": "wrong or missed",
    "gold": "gold entities",
    "incorrect": "incorrect",
}
_HELPED = {
    "tried": "tried again with gold source entities",
    "right": "right with gold source entities",
    "wrong": "still wrong with gold source entities",
}
ANSWERS = {
    "failed": "without an answer",
    "links": "links other than the gold ones",
    "entities_rate": "not as many entities as the source has",
    "sentences_kept": "not all source entities placed",
    "mean_ratio": "not as many entities as the gold standard has",
    "entities_placed": "not all source entities placed",
}


@dataclass(frozen=True, slots=True)
class Pick:
    """What is asked for; "" asks for nothing in particular.

    Attributes:
        system: whose cases.
        kind, step: of the taxonomy.
        outcome: one of `OUTCOMES`.
        reached: a stage of `flow.STAGES`: gold entities that came so far.
        gold, predicted: labels of entities paired with one another, or `NONE`; the second may be
            `SAME` as the first.
        by, bucket: a slice: "label", or one of `figures.LINES`, and which of its buckets.
        helped: cases that were tried again with gold source entities: "tried", "right" or
            "wrong" then.
        match: one of `views.VIEWS`; `outcome` is then nervaluate's, or one of several as above.
        answer: one of `ANSWERS`: what is the matter with the system's answer as a whole.
        better, worse: systems; sentences on which the first makes fewer mistakes. `ANY` is
            whichever other system makes the fewest.
        unlike, alike: two systems with `BETWEEN` between them; sentences on which they make
            different numbers of mistakes, or the same.
        found: the systems, with `BETWEEN` between them, that have a gold entity right, all others
            having it wrong; `NONE` where no system has it right.
        sort: one of `features.FEATURES`, by which the sentences are sorted; with a "-" before
            it the largest comes first.
    """

    system: str = ""
    kind: str = ""
    step: str = ""
    outcome: str = ""
    reached: str = ""
    gold: str = ""
    predicted: str = ""
    by: str = ""
    bucket: str = ""
    helped: str = ""
    match: str = ""
    answer: str = ""
    better: str = ""
    worse: str = ""
    unlike: str = ""
    alike: str = ""
    found: str = ""
    sort: str = ""

    @property
    def asks(self) -> bool:
        """It asks for something besides a system."""
        names = (f.name for f in fields(self) if f.name not in ("system", "sort"))
        return any(getattr(self, name) for name in names)

    @property
    def feature(self) -> str:
        """What the sentences are sorted by; "" where by their place."""
        name = self.sort.removeprefix("-")
        return name if name in FEATURES else ""

    def rows(self, analysis: Analysis) -> list[int]:
        """The sentences, as rows of `analysis.sentences`, in order."""
        found = rows(analysis, self)
        if self.feature:
            values: Any = analysis.sentences[self.feature].iloc[found]
            order = values.sort_values(ascending=self.sort[0] != "-", kind="stable")
            return [int(row) for row in order.index]
        return found

    def holds(self, case: Case) -> bool:
        """Whether a case is meant, as far as that can be told from the case alone."""
        if self.answer:
            return False
        sides = (getattr(case, side) for side in SIDES.get(self.outcome, BOTH))
        labels = {s.label for s in sides if s is not None}
        outcomes = OUTCOMES.get(self.outcome, ())
        if self.match:  # nervaluate pairs entities in its own way
            outcomes = OUTCOMES["correct" if self.outcome == "correct" else "mistakes"]
        tried = {None: "", True: "right", False: "wrong"}[case.with_gold_source]
        return bool(
            self.kind in ("", case.kind)
            and self.step in ("", case.step)
            and (not self.outcome or case.outcome in outcomes)
            and (not self.reached or (case.gold and case.step in AFTER.get(self.reached, ())))
            and (not self.gold or _is(case.gold, self.gold))
            and (not self.predicted or self._is_predicted(case))
            and (self.by != "label" or self.bucket in labels)
            and (not self.helped or (tried != "" and self.helped in ("tried", tried)))
        )

    def _is_predicted(self, case: Case) -> bool:
        if self.predicted == SAME:
            return case.gold is not None and _is(case.predicted, case.gold.label)
        return _is(case.predicted, self.predicted)

    def __str__(self) -> str:
        return ", ".join(self._words())

    def _words(self) -> Iterator[str]:
        if self.kind:
            known = self.kind in set(Kind)
            yield ABOUT[Kind(self.kind)].title if known else self.kind
        if self.step and not self.kind and not self.helped:
            yield f"lost in {self.step}"
        if self.helped:
            yield _HELPED.get(self.helped, self.helped)
        if self.outcome and not (self.kind and self.outcome in ("mistakes", "lacking")):
            yield _SAID.get(self.outcome, self.outcome)
        if self.match:
            yield f"{VIEWS.get(self.match, self.match)} match"
        if self.answer:
            yield ANSWERS.get(self.answer, self.answer)
        if self.reached:
            yield f"gold entities that were {self.reached}"
        if self.predicted == SAME:
            yield "on the diagonal"
        elif self.gold or self.predicted:
            yield " → ".join(
                (
                    "nothing in the gold standard"
                    if self.gold == NONE
                    else self.gold or "any label",
                    "missed" if self.predicted == NONE else self.predicted or "any label",
                )
            )
        if self.bucket:
            yield self.bucket if self.by == "label" else f"{_title(self.by)}: {self.bucket}"
        if self.better and self.worse:
            first = "some other system" if self.better == ANY else self.better
            yield f"{first} better than {self.worse}"
        if self.unlike:
            yield f"{self.unlike.replace(BETWEEN, ' and ')} not equally good"
        if self.alike:
            yield f"{self.alike.replace(BETWEEN, ' and ')} equally good"
        if self.found:
            nobody = self.found == NONE
            names = self.found.replace(BETWEEN, " and ")
            yield "right for no system" if nobody else f"right for {names} only"
        if self.system:
            yield self.system
        if self.feature:
            first = "largest" if self.sort.startswith("-") else "smallest"
            yield f"{first} first: {FEATURES[self.feature]}"


def _title(by: str) -> str:
    return LINES[by].title if by in LINES else by


def _is(span: Any, wanted: str) -> bool:
    return span is None if wanted == NONE else span is not None and span.label == wanted
