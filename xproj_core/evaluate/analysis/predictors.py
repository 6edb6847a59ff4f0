"""Can one tell from a sentence beforehand that another system will do better on it?

Only sentences count in which one of two systems makes fewer mistakes. For each feature, alone:
the area under the ROC curve, which is the chance that a sentence on which the other system is
better has the higher value than one on which it is worse (.5 says nothing; Mann-Whitney U), its
p-value, and that corrected for the number of features (Holm). For all together: a logistic
regression, odds ratios for one standard deviation with 95 % bootstrap intervals, and how well it
tells sentences that it was not fitted on (stratified cross-validation). If that is about .5, the
features do not predict anything, whatever single ones look like.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from xproj_core.domain.arrays import Matrix, Vector
from xproj_core.evaluate.analysis.analysis import Analysis
from xproj_core.evaluate.analysis.sentence_features import FEATURES
from xproj_core.evaluate.scores.significance import holm, interval
from xproj_core.models.device import one_thread

FEWEST = 20
"""Sentences won, and lost, below which nothing is said."""
_FITS, _FOLDS = 200, 5


@dataclass(frozen=True, slots=True)
class Predictor:
    """One feature; `odds`, `low`, `high` are the odds ratio of the joint model."""

    feature: str
    auc: float
    p: float
    corrected: float
    odds: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Prediction:
    """All features, the most telling first.

    Attributes:
        better, worse: sentences on which the other system makes fewer, and more, mistakes.
        skill: area under the curve on sentences that the model was not fitted on.
    """

    better: int
    worse: int
    skill: float | None
    predictors: tuple[Predictor, ...]


def predict(analysis: Analysis, baseline: str, other: str) -> Prediction:
    """What tells sentences on which `other` beats `baseline` from those on which it loses."""
    counts = analysis.counts()
    a, b = analysis.systems.index(baseline), analysis.systems.index(other)
    mistakes = counts[..., 1] + counts[..., 2]
    gain = mistakes[:, a] - mistakes[:, b]
    better, worse = int((gain > 0).sum()), int((gain < 0).sum())
    if min(better, worse) < FEWEST:
        return Prediction(better, worse, None, ())
    scored = analysis.sentences[analysis.sentences.gold]
    values = scored[list(FEATURES)].to_numpy(dtype=float)[gain != 0]
    won = gain[gain != 0] > 0
    means = np.nanmean(np.where(np.isnan(values).all(axis=0), 0.0, values), axis=0)
    values = np.where(np.isnan(values), means, values)
    use = values.std(axis=0) > 0
    names = [n for n, used in zip(FEATURES, use, strict=True) if used]
    values = (values[:, use] - values[:, use].mean(axis=0)) / values[:, use].std(axis=0)
    aucs, ps = _alone(values, won)
    with one_thread():
        odds, low, high, skill = _jointly(values, won)
    predictors = [
        Predictor(*row) for row in zip(names, aucs, ps, holm(ps), odds, low, high, strict=True)
    ]
    return Prediction(
        better, worse, skill, tuple(sorted(predictors, key=lambda r: (r.p, r.feature)))
    )


def _alone(values: Matrix[np.float64], won: Vector[np.bool_]) -> tuple[list[float], list[float]]:
    from scipy.stats import mannwhitneyu

    tests = [mannwhitneyu(column[won], column[~won]) for column in values.T]
    pairs = int(won.sum()) * int((~won).sum())
    return [float(t.statistic) / pairs for t in tests], [float(t.pvalue) for t in tests]


def _jointly(
    values: Matrix[np.float64], won: Vector[np.bool_]
) -> tuple[list[float], list[float], list[float], float]:
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold, cross_val_score

    model = LogisticRegression()
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=0)
    skill = float(cross_val_score(model, values, won, cv=folds, scoring="roc_auc").mean())
    coefficients = model.fit(values, won).coef_[0].copy()
    rng = np.random.default_rng(0)
    fits: list[Vector[np.float64]] = []
    while len(fits) < _FITS:
        drawn = rng.integers(0, len(won), len(won))
        if won[drawn].any() and not won[drawn].all():
            fits.append(model.fit(values[drawn], won[drawn]).coef_[0].copy())
    low, high = interval(np.array(fits))
    odds, least, most = (np.exp(part).tolist() for part in (coefficients, low, high))
    return odds, least, most, skill
