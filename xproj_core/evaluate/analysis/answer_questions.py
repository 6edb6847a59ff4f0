"""Questions about a system's answers as a whole: how they match, what is the matter with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from xproj_core.evaluate.analysis.analysis import Analysis
from xproj_core.evaluate.analysis.question import (
    OUTCOMES,
    Names,
    Question,
    has_label,
    no_sentence,
    outcome_words,
    rows_of,
    system_words,
)
from xproj_core.evaluate.errors.taxonomy import Case
from xproj_core.evaluate.scores import rates
from xproj_core.evaluate.scores.rates import EXACT, PROBLEM
from xproj_core.evaluate.scores.views import RESULTS, VIEWS

_RESULTS = {
    **{name: (name,) for name in RESULTS},
    "mistakes": RESULTS[1:],
    "excess": ("incorrect", "partial", "spurious"),
    "lacking": ("incorrect", "partial", "missed"),
}
FAULTS = {
    "failed": "without an answer",
    "links": "links other than the gold ones",
    "entities_rate": "not as many entities as the source has",
    "sentences_kept": "not all source entities placed",
    "mean_ratio": "not as many entities as the gold standard has",
    "entities_placed": "not all source entities placed",
}


@dataclass(frozen=True, slots=True)
class Matches(Question):
    """What nervaluate says of a system's entities.

    Attributes:
        view: one of `views.VIEWS`.
        outcome: one of nervaluate's, or "mistakes", "excess", "lacking".
        label: of the entities; "" is any.
    """

    system: str
    view: str
    outcome: str = ""
    label: str = ""

    def rows(self, analysis: Analysis) -> list[int]:
        mask, results = no_sentence(analysis), _RESULTS.get(self.outcome, ())
        if self.system not in analysis.systems or not results:
            return []
        table = analysis.matches
        own = table[(table.system == self.system) & (table["view"] == self.view)]
        own = own[own.label == self.label] if self.label else own[own.label.isna()]
        mask[own.sentence[(own[list(results)] > 0).any(axis=1)]] = True
        if "correct" in results:  # where the entities are exactly the gold ones nobody was asked
            exact = analysis.answers[:, analysis.systems.index(self.system)] & EXACT > 0
            gold, *_ = analysis.rates[self.system].per_sentence(self.label)
            mask |= exact & (gold > 0)
        return rows_of(mask)

    def holds(self, case: Case) -> bool:
        # nervaluate pairs entities in its own way
        outcomes = OUTCOMES["correct" if self.outcome == "correct" else "mistakes"]
        labelled = not self.label or has_label(case, self.label, self.outcome)
        return labelled and (not self.outcome or case.outcome in outcomes)

    @property
    def about_correct(self) -> bool:
        return self.outcome == "correct"

    def words(self, names: Names) -> Iterator[str]:
        yield from outcome_words(self.outcome)
        yield f"{VIEWS.get(self.view, self.view)} match"
        if self.label:
            yield self.label
        yield from system_words(self.system, names)


@dataclass(frozen=True, slots=True)
class Faulty(Question):
    """Answers with which something is the matter.

    Attributes:
        fault: one of `FAULTS`.
        label: of the entities that a rate counts; "" is any.
    """

    system: str
    fault: str
    label: str = ""

    def rows(self, analysis: Analysis) -> list[int]:
        if self.system not in analysis.systems:
            return []
        if self.fault == "failed":
            place = analysis.systems.index(self.system)
            return rows_of(analysis.answers[:, place] & PROBLEM > 0)
        if self.fault == "links":
            mask = no_sentence(analysis)
            own = analysis.linked[analysis.linked.system == self.system]
            wrong = (own.in_sure < own.sure) | (own.in_possible < own.found)
            mask[own.sentence[wrong]] = True
            return rows_of(mask)
        if self.fault not in rates.NAMES:
            return []
        return rows_of(analysis.rates[self.system].lowering(self.fault, self.label or rates.ALL))

    def words(self, names: Names) -> Iterator[str]:
        yield FAULTS.get(self.fault, self.fault)
        if self.label:
            yield self.label
        yield from system_words(self.system, names)
