"""Fit a `CalibrationModel` to entities of which it is known whether they are right.

Penalised maximum likelihood by Newton's method; numpy is all it needs, and the same rows give the
same weights.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from xproj_core.confidence.calibration_model import EDGE, CalibrationModel, sigmoid
from xproj_core.confidence.sentence_clues import FEATURES, FORMAT
from xproj_core.domain.arrays import Matrix, Vector
from xproj_core.domain.errors import InputError

FEWEST = 40
"""Right and wrong entities, each, below which nothing is fitted."""
FOLDS = 5
PENALTY = 10.0
"""Of squared weights, in entities: a prior as strong as so many of them."""
FEWEST_OWN = 20
"""Entities below which nobody's own data move a model."""
STRENGTHS = (20.0, 5.0, 80.0)
"""Of the model's own weights against somebody's data, in entities; of equal ones the first."""
_STEPS = 50


@dataclass(frozen=True, slots=True)
class Rows:
    """Entities to learn from.

    Attributes:
        values: (n, features) as `estimate.feature_table` gives them.
        right: (n,) whether place and label are right.
        groups: (n,) the number of each entity's sentence, so that none is on both sides of a fold.
        weights: (n,) how much each counts; ones unless given.
    """

    values: Matrix[np.float64]
    right: Vector[np.bool_]
    groups: Vector[np.int64]
    weights: Vector[np.float64] | None = None

    def where(self, chosen: Vector[np.bool_]) -> Rows:
        """Some of them."""
        weights = None if self.weights is None else self.weights[chosen]
        return Rows(self.values[chosen], self.right[chosen], self.groups[chosen], weights)

    @property
    def counts(self) -> Vector[np.float64]:
        """(n,) how much each counts."""
        return np.ones(len(self.right)) if self.weights is None else self.weights


def fit(rows: Rows, fitted_on: str, penalty: float = PENALTY) -> CalibrationModel:
    """Weights from all rows, Platt's line from folds of sentences that were held out in turn.

    Args:
        fitted_on: what the rows are, for a reader.

    Raises:
        InputError: fewer than `FEWEST` right or wrong ones.
    """
    right, wrong = int(rows.right.sum()), int((~rows.right).sum())
    if min(right, wrong) < FEWEST:
        raise InputError(
            f"{right} right and {wrong} wrong entities are too few to fit confidence on: at least"
            f" {FEWEST} of each are needed. Give more sentences with gold labels."
        )
    model = _weights(rows, fitted_on, penalty)
    _, folds = np.unique(rows.groups, return_inverse=True)
    logits = np.zeros(len(rows.right))
    for fold in range(FOLDS):
        out = folds % FOLDS == fold
        rest = rows.where(~out)
        if out.any() and 0 < rest.right.sum() < len(rest.right):
            logits[out] = _weights(rest, fitted_on, penalty).logits(rows.values[out])
    line = logistic(logits[:, None], rows.right, rows.counts, np.array([1e-3]))
    # likelier features must not make an entity less sure, however odd the held-out folds
    slope = max(0.05, float(line[1]))
    return replace(model, slope=round(slope, 6), shift=round(float(line[0]), 6))


def refit(
    model: CalibrationModel, rows: Rows, fitted_on: str, strength: float | None = None
) -> CalibrationModel:
    """The model moved towards what somebody's own entities say.

    The weights are the likeliest ones under a prior around the model's own, worth `strength`
    entities for each; so a few corrections move little, and many decide.

    Args:
        strength: the one of `STRENGTHS` that suits sentences held out in turn unless given.

    Raises:
        InputError: fewer than `FEWEST_OWN` entities.
    """
    if len(rows.right) < FEWEST_OWN:
        raise InputError(
            f"{len(rows.right)} entities are too few to fit confidence on: at least {FEWEST_OWN}"
            " are needed. Correct or give more sentences."
        )
    start = (
        model.shift + model.slope * model.bias,
        *(model.slope * weight for weight in model.weights),
    )
    if strength is None:
        strength = min(STRENGTHS, key=lambda candidate: _loss_held_out(model, rows, candidate))
    counts = rows.counts / rows.counts.mean()
    solution = logistic(model.scaled(rows.values), rows.right, counts, np.array([strength]), start)
    return replace(
        model,
        fitted_on=fitted_on,
        entities=len(rows.right),
        sentences=len(np.unique(rows.groups)),
        weights=tuple(solution[1:].round(6).tolist()),
        bias=round(float(solution[0]), 6),
        slope=1.0,
        shift=0.0,
    )


def held_out(
    model: CalibrationModel, rows: Rows, strength: float | None = None
) -> Vector[np.float64]:
    """(n,) the probability of each entity by `refit` without the fifth of the sentences that its
    own is in: what the moved model is worth on sentences that it has not seen."""
    values = model.probabilities(rows.values)
    _, folds = np.unique(rows.groups, return_inverse=True)
    for fold in range(FOLDS):
        out = folds % FOLDS == fold
        if out.any() and (~out).sum() >= FEWEST_OWN:
            moved = refit(model, rows.where(~out), model.fitted_on, strength)
            values[out] = moved.probabilities(rows.values[out])
    return values


def _loss_held_out(model: CalibrationModel, rows: Rows, strength: float) -> float:
    """How unlikely the truth is, by models that have not seen the sentence."""
    sure = held_out(model, rows, strength).clip(1e-9, 1 - 1e-9)
    return float(-rows.counts @ np.log(np.where(rows.right, sure, 1 - sure)))


def logistic(
    values: Matrix[np.float64],
    right: Vector[np.bool_],
    counts: Vector[np.float64],
    penalty: Vector[np.float64],
    start: tuple[float, ...] | None = None,
) -> Vector[np.float64]:
    """(1 + features,) bias and weights that make `right` likeliest.

    Args:
        penalty: (features,) or (1,), of the squared distance of each weight from `start`'s (0
            without it).
    """
    design = np.column_stack([np.ones(len(values)), values])
    centre = np.zeros(design.shape[1]) if start is None else np.array(start)
    # the bias is all but free: how many are right is the first thing that data say
    strength = np.concatenate(
        [[1e-6 if start is None else 1.0], np.broadcast_to(penalty, values.shape[1])]
    )

    def loss(at: Vector[np.float64]) -> float:
        signed = np.where(right, 1.0, -1.0) * (design @ at)
        return float(counts @ np.logaddexp(0, -signed) + strength @ (at - centre) ** 2 / 2)

    solution = centre.copy()
    for _ in range(_STEPS):
        p = sigmoid(design @ solution)
        gradient = design.T @ (counts * (right - p)) - strength * (solution - centre)
        curvature = (design * (counts * p * (1 - p))[:, None]).T @ design + np.diag(strength + 1e-9)
        step = np.linalg.solve(curvature, gradient)
        # a whole step may lead too far: shorter ones until it gets better
        now, share = loss(solution), 1.0
        while loss(solution + share * step) > now and share > 1e-6:
            share /= 2
        solution += share * step
        if float(np.abs(share * step).max()) < 1e-8:
            break
    return solution


def _weights(rows: Rows, fitted_on: str, penalty: float) -> CalibrationModel:
    counts = rows.counts / rows.counts.mean()
    means = np.average(rows.values, axis=0, weights=counts)
    scales = np.sqrt(np.average((rows.values - means) ** 2, axis=0, weights=counts))
    scales = np.where(scales < 1e-6, 1.0, scales)
    scaled = np.clip((rows.values - means) / scales, -EDGE, EDGE)
    solution = logistic(scaled, rows.right, counts, np.array([penalty]))
    return CalibrationModel(
        FORMAT,
        fitted_on,
        len(rows.right),
        len(np.unique(rows.groups)),
        FEATURES,
        tuple(means.round(6).tolist()),
        tuple(scales.round(6).clip(1e-6).tolist()),
        tuple(solution[1:].round(6).tolist()),
        round(float(solution[0]), 6),
    )
