"""What every question of an analysis answers: which sentences stand behind a number."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from xproj_core.domain.arrays import Vector
from xproj_core.evaluate.analysis.analysis import Analysis
from xproj_core.evaluate.errors.taxonomy import Case

Mask = Vector[np.bool_]
Names = Mapping[str, str]
OUTCOMES = {
    "correct": ("correct",),
    "wrong": ("wrong",),
    "missed": ("missed",),
    "spurious": ("spurious",),
    "mistakes": ("wrong", "missed", "spurious"),
    "excess": ("wrong", "spurious"),
    "lacking": ("wrong", "missed"),
    "gold": ("correct", "wrong", "missed"),
    "all": ("correct", "wrong", "missed", "spurious"),
}
_BOTH = ("gold", "predicted")
_SIDES = {"excess": ("predicted",), "lacking": ("gold",), "gold": ("gold",)}
_SAID = {"excess": "wrong or spurious", "lacking": "wrong or missed", "gold": "gold entities"}


class Question(ABC):
    """One kind of number; what it asks for are the fields of a frozen dataclass."""

    __slots__ = ()

    @abstractmethod
    def rows(self, analysis: Analysis) -> list[int]:
        """The sentences, as rows of `analysis.sentences`, in order."""

    @abstractmethod
    def words(self, names: Names) -> Iterator[str]:
        """The question for people.

        Args:
            names: what systems are called; those that are not in it keep their names.
        """

    def holds(self, case: Case) -> bool:
        """Whether a case is meant, as far as that can be told from the case alone."""
        return False

    @property
    def about_correct(self) -> bool:
        """It asks for entities that are right as well."""
        return False

    def __str__(self) -> str:
        return ", ".join(self.words({}))


class CaseQuestion(Question):
    """A question whose sentences are those of some cases of the analysis."""

    __slots__ = ()
    system: str
    outcome: str = ""

    def rows(self, analysis: Analysis) -> list[int]:
        table = analysis.cases
        mask = self._mask(analysis)
        if self.system:
            mask = mask & (table.system == self.system).to_numpy()
        if self.outcome:
            mask = mask & table.outcome.isin(OUTCOMES.get(self.outcome, ())).to_numpy()
        return [int(row) for row in np.unique(table[mask].sentence)]

    @abstractmethod
    def _mask(self, analysis: Analysis) -> Mask:
        """The cases that are meant, whatever their system and outcome."""

    @property
    def about_correct(self) -> bool:
        return self.outcome in ("correct", "gold", "all")

    def _has_outcome(self, case: Case) -> bool:
        return not self.outcome or case.outcome in OUTCOMES.get(self.outcome, ())


def sides(outcome: str) -> tuple[str, ...]:
    """Whose label puts a case among those of a label; either, where the outcome does not say."""
    return _SIDES.get(outcome, _BOTH)


def has_label(case: Case, label: str, outcome: str) -> bool:
    """Whether a case is among those of a label."""
    spans = (getattr(case, side) for side in sides(outcome))
    return any(span is not None and span.label == label for span in spans)


def no_sentence(analysis: Analysis) -> Mask:
    """A mask over the sentences."""
    return np.zeros(len(analysis.sentences), dtype=bool)


def rows_of(mask: Mask) -> list[int]:
    """The places where a mask over the sentences is true."""
    return [int(row) for row in np.flatnonzero(mask)]


def system_words(system: str, names: Names) -> Iterator[str]:
    """What a system is called, if it is asked for."""
    if system:
        yield names.get(system, system)


def join_names(systems: Sequence[str], names: Names) -> str:
    """Systems in a row, for people."""
    return " and ".join(names.get(system, system) for system in systems)


def outcome_words(outcome: str) -> Iterator[str]:
    """An outcome, if one is asked for."""
    if outcome:
        yield _SAID.get(outcome, outcome)
