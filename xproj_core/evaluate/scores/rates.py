"""Projection rates. The literature means three things by the word; each has its name here.

- `entities_rate`: target entities over source entities (Chen et al. 2023, EasyProject).
- `sentences_kept`: share of the sentences with source entities in which all of them landed
  (EasyProject's kept sentences; Ebing & Glavas call it recovery rate).
- `mean_ratio`: mean over sentences of predicted over gold entities, 0/0 counting as 1 and
  predictions without gold as 0 (arXiv 2501.18750, `proj_ratio`).

Beside them `entities_placed`: share of the source entities that landed anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from xproj_core.domain.arrays import Vector

if TYPE_CHECKING:
    import pandas as pd

PROBLEM, PROJECTED, COMPARED, EXACT = 1, 2, 4, 8
"""Flags of an answer: there is none; it was projected from a source; the sentence has gold labels;
its entities are exactly these."""
ALL = ""
"""The label of the figures over all labels."""

NAMES: dict[str, str] = {
    "entities_rate": "target / source entities",
    "sentences_kept": "sentences kept whole",
    "mean_ratio": "mean of predicted / gold per sentence",
    "entities_placed": "source entities placed",
}
Counts = Vector[np.int64]
"""(sentences,) entities of each sentence."""


@dataclass(frozen=True, slots=True)
class Rates:
    """The rates of one system.

    Attributes:
        entities: rows of `Analysis.entities` that are the system's.
        answers: (sentences,) the flags of its answers.
    """

    entities: pd.DataFrame
    answers: Vector[np.uint8]

    def of(self, label: str = ALL) -> dict[str, float | None]:
        """The rates of a label; None where there is nothing to count."""
        gold, predicted, source, placed = self.per_sentence(label)
        projected, compared = self.answers & PROJECTED > 0, self.answers & COMPARED > 0
        labelled = projected & (source > 0)
        n_source = int(source[projected].sum())
        return {
            "entities_rate": _share(predicted[projected].sum(), n_source),
            "sentences_kept": _share((placed >= source)[labelled].sum(), int(labelled.sum())),
            "mean_ratio": _share(_ratio(predicted, gold)[compared].sum(), int(compared.sum())),
            "entities_placed": _share(placed[projected].sum(), n_source),
        }

    def lowering(self, rate: str, label: str = ALL) -> Vector[np.bool_]:
        """(sentences,) those that keep a rate from being 1."""
        gold, predicted, source, placed = self.per_sentence(label)
        flag, other = PROJECTED, placed < source
        if rate == "mean_ratio":
            flag, other = COMPARED, predicted != gold
        elif rate == "entities_rate":
            other = predicted != source
        mask: Vector[np.bool_] = (self.answers & flag > 0) & other
        return mask

    def per_sentence(self, label: str = ALL) -> tuple[Counts, Counts, Counts, Counts]:
        """(sentences,) each: gold, predicted and source entities, source entities placed."""
        rows = self.entities if label == ALL else self.entities[self.entities.label == label]
        place = rows.sentence.to_numpy()
        gold, predicted, source, placed = (
            np.bincount(place, rows[name].to_numpy(), len(self.answers)).astype(np.int64)
            for name in ("gold", "predicted", "source", "placed")
        )
        return gold, predicted, source, placed


def _ratio(predicted: Counts, gold: Counts) -> Vector[np.float64]:
    without = np.where(predicted > 0, 0.0, 1.0)
    return np.divide(predicted, gold, out=without, where=gold > 0)


def _share(part: float | np.number, total: int) -> float | None:
    return float(part) / total if total else None
