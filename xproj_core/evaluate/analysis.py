"""The tables that `collect` makes: what every system made of every entity and sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from xproj_core.evaluate.alignment import AlignmentScores
from xproj_core.evaluate.entities import EntityScores
from xproj_core.evaluate.rates import Rates
from xproj_core.evaluate.significance import Counts
from xproj_core.evaluate.views import Views

if TYPE_CHECKING:
    import pandas as pd

OUTCOMES = ("correct", "wrong", "missed", "spurious")


@dataclass(frozen=True, slots=True)
class Analysis:
    """What `Collector` counted.

    Attributes:
        labels: those that occur, sorted.
        sentences: one row each: number (place in the dataset), key, gold (can be scored),
            target_words, language, and the features.
        cases: one row per case and system (see `kinds.Case`): sentence (row of `sentences`),
            system, kind, step, outcome, gold and predicted (labels), start and words (place and
            length of the gold entity, else of the predicted one), name (a code), script,
            overlap (gold and predicted share a word), helped (1, 0, or -1 for unknown),
            frequency (gold entities of the same name).
        rates, views, conll, links, problems: by system; `links` only where there are gold links.
    """

    systems: tuple[str, ...]
    labels: tuple[str, ...]
    sentences: pd.DataFrame
    cases: pd.DataFrame
    rates: Mapping[str, Rates]
    views: Mapping[str, Views]
    conll: Mapping[str, EntityScores]
    links: Mapping[str, AlignmentScores]
    problems: Mapping[str, int]

    @property
    def n_scored(self) -> int:
        """Sentences with gold labels."""
        return int(self.sentences.gold.sum())

    def counts(self, cases: pd.DataFrame | None = None) -> Counts:
        """(scored sentences, systems, 3): correct, spurious or wrong, missed or wrong.

        Args:
            cases: some of `self.cases`; all by default.
        """
        table: Any = self.cases if cases is None else cases
        outcome = table.outcome.cat.codes.to_numpy()
        return self._grid(table, [np.isin(outcome, kept) for kept in ((0,), (1, 3), (1, 2))])

    def of_label(self, label: str) -> Counts:
        """The counts of one label: a pair of two labels is wrong for both."""
        table: Any = self.cases
        gold, predicted = table.gold == label, table.predicted == label
        correct = table.outcome == "correct"
        masks = (gold & correct, predicted & ~correct, gold & ~correct)
        return self._grid(table, [m.to_numpy() for m in masks])

    def _grid(self, table: Any, masks: Sequence[NDArray[np.bool_]]) -> Counts:
        n, width = len(self.sentences), len(self.systems)
        cell = table.sentence.to_numpy() * width + table.system.cat.codes.to_numpy()
        made = [np.bincount(cell[mask], minlength=n * width) for mask in masks]
        whole: Counts = np.stack(made, axis=-1).reshape(n, width, 3)
        scored: Counts = whole[np.asarray(self.sentences.gold, dtype=bool)]
        return scored
