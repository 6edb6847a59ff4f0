"""Probabilities for the entities of projections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from xproj_core.confidence.calibration_model import CalibrationModel, shipped_model
from xproj_core.confidence.panel import Panel, panel, returned
from xproj_core.confidence.sentence_clues import FEATURES, ProjectionContext, features
from xproj_core.domain import Evidence, Projected, Projection
from xproj_core.domain.arrays import Matrix


def feature_table(
    evidence: Sequence[Evidence],
    projections: Sequence[Projection],
    others: Sequence[Sequence[Projection]] | None = None,
    panels: Sequence[Panel] | None = None,
) -> list[Matrix[np.float64]]:
    """For each sentence (entities, `FEATURES`), entities in the order of the projection.

    Args:
        others: for each sentence, what other methods made of it with the same projector.
        panels: what `panel` gave for the evidence, where it is known already.
    """
    panels = panel(evidence) if panels is None else panels
    others = [()] * len(evidence) if others is None else others
    back = returned(evidence, projections)
    return [
        features(ProjectionContext(*each))
        for each in zip(evidence, projections, others, panels, back, strict=True)
    ]


def probabilities(
    evidence: Sequence[Evidence],
    projections: Sequence[Projection],
    others: Sequence[Sequence[Projection]] | None = None,
    panels: Sequence[Panel] | None = None,
    model: CalibrationModel | None = None,
) -> list[list[float]]:
    """For each sentence, for each entity: P(its place and its label are right), in [0, 1].

    Args:
        others, panels: as of `feature_table`.
        model: the one that ships unless given.
    """
    if not any(projection.entities for projection in projections):
        return [[] for _ in projections]
    tables = feature_table(evidence, projections, others, panels)
    stacked = np.concatenate([*tables, np.zeros((0, len(FEATURES)))])
    values = (model or shipped_model()).probabilities(stacked).tolist()
    ends = np.cumsum([len(table) for table in tables]).tolist()
    return [values[end - len(table) : end] for table, end in zip(tables, ends, strict=True)]


def estimated(
    evidence: Sequence[Evidence],
    projections: Sequence[Projection],
    others: Sequence[Sequence[Projection]] | None = None,
    panels: Sequence[Panel] | None = None,
    model: CalibrationModel | None = None,
) -> list[Projection]:
    """The projections with a probability in every trace, which is then the spans' score.

    Args:
        others, panels, model: as of `probabilities`.
    """
    values = probabilities(evidence, projections, others, panels, model)
    return [
        replace(
            projection,
            entities=tuple(_sure(*pair) for pair in zip(projection.entities, own, strict=True)),
        )
        for projection, own in zip(projections, values, strict=True)
    ]


def _sure(entity: Projected, probability: float) -> Projected:
    return Projected(
        replace(entity.span, score=probability), replace(entity.trace, probability=probability)
    )
