"""From features of word pairs to calibrated link scores.

A logistic model looks at each pair of words by itself. Its odds are the emissions of two
hidden-Markov models, one per direction, which know about order, competition between repeated
words and neighbours. A second logistic model turns both posteriors, the pair's own odds and
its neighbourhood into the probability that the link holds. `training/` says how the weights
were fitted; there is one set with a lexicon and one without.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xproj_core.domain import codec
from xproj_core.domain.arrays import Cube, Matrix, Vector
from xproj_core.domain.codec import Form, JsonValue
from xproj_core.domain.errors import InputError
from xproj_core.mini.aligner.hmm import Jumps, posteriors
from xproj_core.mini.aligner.link_features import NAMES as PAIR

SURE = 0.5
"""A link more probable than not holds, whatever its row and column say."""
MUTUAL = 0.2
"""One that is the best of its row and its column holds from here on: a word that has nothing
better is better linked there than not at all."""


def extract(scores: Matrix[np.floating]) -> Matrix[np.bool_]:
    """(n_source, n_target) bool: the links that hold."""
    if scores.size == 0:
        return np.zeros(scores.shape, bool)
    best = (scores >= scores.max(axis=0, keepdims=True)) & (
        scores >= scores.max(axis=1, keepdims=True)
    )
    links: Matrix[np.bool_] = (scores >= SURE) | (best & (scores >= MUTUAL))
    return links


CONTEXT = (
    "bias",
    "own",
    "forward",
    "reverse",
    "both",
    "rival",
    "before",
    "after",
    "beside",
    "best of both",
    "diagonal",
    "ahead in row",
    "ahead in column",
)


@dataclass(frozen=True, slots=True)
class Weights:
    """One fitted set.

    Attributes:
        pair: (len(features.NAMES),) of the logistic model of word pairs.
        context: (len(CONTEXT),) of the second one.
        forward, reverse: how alignments move in either direction.
        none: the odds at which rendering nothing is as good as a link.
    """

    pair: Vector[np.float32]
    context: Vector[np.float32]
    forward: Jumps
    reverse: Jumps
    none: float


@dataclass(frozen=True, slots=True)
class _StoredWeights:
    """Plain numbers, rounded to what matters; both directions have one `null`."""

    pair: tuple[float, ...]
    context: tuple[float, ...]
    forward: tuple[float, ...]
    reverse: tuple[float, ...]
    null: float
    none: float


def _write(weights: Weights) -> JsonValue:
    return codec.to_json(
        _StoredWeights(
            _rounded(weights.pair, 4),
            _rounded(weights.context, 4),
            _rounded(weights.forward.weights, 6),
            _rounded(weights.reverse.weights, 6),
            weights.forward.null,
            weights.none,
        )
    )


def _rounded(weights: Vector[np.float32], places: int) -> tuple[float, ...]:
    return tuple(round(float(weight), places) for weight in weights)


def _read(stored: _StoredWeights) -> Weights:
    pair, context = stored.pair, stored.context
    if (len(pair), len(context)) != (len(PAIR), len(CONTEXT)):
        raise InputError(f"{len(pair)} and {len(context)} weights do not fit the features.")
    forward, reverse = (
        Jumps(np.array(jumps, np.float32), stored.null)
        for jumps in (stored.forward, stored.reverse)
    )
    weights = (np.array(pair, np.float32), np.array(context, np.float32))
    return Weights(*weights, forward, reverse, stored.none)


codec.register(Weights, Form(_StoredWeights, _write, _read))


def logistic(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """1 / (1 + exp(-values)), without overflow."""
    probabilities: NDArray[np.float32] = (1 / (1 + np.exp(-np.clip(values, -30, 30)))).astype(
        np.float32
    )
    return probabilities


def context_features(own: Matrix[np.float32], weights: Weights) -> Cube[np.float32]:
    """(n_source, n_target, len(CONTEXT)) from the log odds `own` of every word pair."""
    odds = np.exp(np.clip(own, -12, 6)).astype(np.float32)
    f = _posterior(odds.T, weights.forward, weights.none).T
    g = _posterior(odds, weights.reverse, weights.none)
    both = np.sqrt(f * g)
    padded = np.pad(both, 1)
    around = (
        padded[:-2, :-2],
        padded[2:, 2:],
        np.maximum.reduce(
            [padded[:-2, 1:-1], padded[2:, 1:-1], padded[1:-1, :-2], padded[1:-1, 2:]]
        ),
    )
    n, m = own.shape
    place = (np.arange(n)[:, None] + 0.5) / n - (np.arange(m)[None, :] + 0.5) / m
    columns = (
        np.ones_like(both),
        np.clip(own, -8, 6) / 4,
        _logit(f),
        _logit(g),
        both,
        _rival(both),
        *around,
        (both >= both.max(axis=0, keepdims=True)) & (both >= both.max(axis=1, keepdims=True)),
        np.abs(place),
        np.clip(own - _best_other(own), -6, 6) / 4,
        np.clip(own - _best_other(own.T).T, -6, 6) / 4,
    )
    return np.stack([np.asarray(c, np.float32) for c in columns], axis=2)


def _posterior(odds: Matrix[np.float32], jumps: Jumps, none: float) -> Matrix[np.float32]:
    """(n_made, n_by): P(each token of the first side renders each of the second)."""
    null = np.full((1, odds.shape[0]), none, np.float32)
    valid = np.ones((1, odds.shape[1]), bool)
    posterior: Matrix[np.float32] = (
        posteriors(odds[None], null, valid, jumps).links[0].astype(np.float32)
    )
    return posterior


def _logit(p: Matrix[np.float32]) -> Matrix[np.float32]:
    clipped = np.clip(p, 1e-4, 1 - 1e-4)
    logits: Matrix[np.float32] = np.log(clipped / (1 - clipped)) / 4
    return logits


def _rival(both: Matrix[np.float32]) -> Matrix[np.float32]:
    """The best score of another link in the same row or column."""
    return np.maximum(_best_other(both), _best_other(both.T).T)


def _best_other(rows: Matrix[np.float32]) -> Matrix[np.float32]:
    """For each cell the maximum of its row without it."""
    if rows.shape[1] < 2:
        return np.zeros_like(rows)
    top = np.partition(rows, rows.shape[1] - 2, axis=1)
    first, second = top[:, -1:], top[:, -2:-1]
    maxima: Matrix[np.float32] = np.where(rows >= first, second, first)
    return maxima


def scores(pair_features: Cube[np.float32], weights: Weights) -> Matrix[np.float32]:
    """(n_source, n_target) probabilities that a link holds."""
    if 0 in pair_features.shape[:2]:
        return np.zeros(pair_features.shape[:2], np.float32)
    own = pair_features @ weights.pair
    return logistic(context_features(own, weights) @ weights.context)
