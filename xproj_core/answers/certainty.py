"""The probabilities of what methods and projectors made of sentences, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from xproj_core.confidence.calibration_model import CalibrationModel
from xproj_core.confidence.estimate import estimated
from xproj_core.confidence.panel import Panel, panel
from xproj_core.domain import Evidence, Projection
from xproj_core.domain.errors import XProjError

Gathered = Mapping[str, Sequence[Evidence | XProjError]]
Outcomes = Mapping[str, Sequence[Projection | XProjError]]


class Parts(NamedTuple):
    """Which evidence and which projector a system is made of, by their names."""

    evidence: str
    projector: str


@dataclass(frozen=True, slots=True)
class Question:
    """All that is asked about one system: the items `at` which it answered, in order.

    Attributes:
        others: for each of them, what other methods made of the same words with its projector.
    """

    system: str
    at: list[int]
    evidence: list[Evidence]
    projections: list[Projection]
    others: list[list[Projection]]
    panels: list[Panel]


def questions(
    gathered: Gathered, outcomes: Outcomes, systems: Mapping[str, Parts]
) -> Iterator[Question]:
    """One for each system; projectors are asked as a panel once for each piece of evidence.

    Args:
        gathered: the name of evidence to that of each item.
        outcomes: system to what it made of each item.
    """
    for name, linked in gathered.items():
        good = {k: outcome for k, outcome in enumerate(linked) if isinstance(outcome, Evidence)}
        panels = dict(zip(good, panel(list(good.values())), strict=True))
        for system, parts in systems.items():
            if parts.evidence != name:
                continue
            projections = {k: p for k in good if isinstance(p := outcomes[system][k], Projection)}
            rivals = [
                (gathered[other.evidence], outcomes[rival])
                for rival, other in systems.items()
                if other.projector == parts.projector and rival != system
            ]
            yield Question(
                system,
                list(projections),
                [good[k] for k in projections],
                list(projections.values()),
                [_others(k, good[k], rivals) for k in projections],
                [panels[k] for k in projections],
            )


def with_probabilities(
    gathered: Gathered,
    outcomes: Outcomes,
    systems: Mapping[str, Parts],
    model: CalibrationModel,
) -> dict[str, list[Projection | XProjError]]:
    """The outcomes with a probability for each entity; errors stay what they are.

    Args:
        gathered, outcomes, systems: as of `questions`.
    """
    estimates = {system: list(outcome) for system, outcome in outcomes.items()}
    for question in questions(gathered, outcomes, systems):
        sure = estimated(
            question.evidence, question.projections, question.others, question.panels, model
        )
        for k, projection in zip(question.at, sure, strict=True):
            estimates[question.system][k] = projection
    return estimates


def _others(
    k: int,
    own: Evidence,
    rivals: Sequence[tuple[Sequence[Evidence | XProjError], Sequence[Projection | XProjError]]],
) -> list[Projection]:
    """What rivals made of item `k`, where they labelled the same words."""
    return [
        projection
        for evidence, outcomes in rivals
        if isinstance(projection := outcomes[k], Projection)
        and isinstance(other := evidence[k], Evidence)
        and other.target.tokens == own.target.tokens
    ]
