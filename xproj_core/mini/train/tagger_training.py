"""A tagger from labelled sentences: a conditional random field, by L-BFGS. No chance in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from xproj_core.domain import Sentence
from xproj_core.domain.arrays import Matrix, Vector
from xproj_core.formats import iob
from xproj_core.learn.trainer import Progress
from xproj_core.mini.tagger.linear import Model
from xproj_core.mini.tagger.linear_chain import marginals
from xproj_core.mini.tagger.word_features import BUCKETS, features
from xproj_core.models.device import one_thread

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

ROUNDS = 80
PENALTY = 1.0
"""Of the squared weights, times a half; chosen on held-out parts of the training corpora."""
_TOGETHER = 128


@dataclass(frozen=True)
class _Group:
    """Sentences of like length, padded.

    Attributes:
        rows: (words,) the row that each padded cell's word has in the feature matrix, -1 for
            padding; cells lie sentence by sentence.
        gold: (batch, longest) class numbers; 0 in padding.
        lengths: (batch,).
    """

    rows: Vector[np.int64]
    gold: Matrix[np.int64]
    lengths: Vector[np.int64]


class _Problem:
    """The penalised negative log-likelihood of labelled sentences, and its slope."""

    def __init__(
        self, sentences: Sequence[Sentence], classes: Sequence[str], penalty: float
    ) -> None:
        self.classes, self.penalty = classes, penalty
        matrix, self.used = _matrix(sentences)
        self.matrix, self.turned = matrix, matrix.T.tocsr()
        self.groups = list(_groups(sentences, classes))
        n = len(classes)
        self.shape = (len(self.used), n)
        observed = np.zeros((matrix.shape[0], n))
        self.seen_steps = np.zeros((n, n))
        for group in self.groups:
            inside = group.rows >= 0
            observed[group.rows[inside], group.gold.ravel()[inside]] = 1.0
            for t in range(1, group.gold.shape[1]):
                here = group.lengths > t
                np.add.at(self.seen_steps, (group.gold[here, t - 1], group.gold[here, t]), 1.0)
        self.observed = observed

    def __call__(self, flat: Vector[np.float64]) -> tuple[float, Vector[np.float64]]:
        n = len(self.classes)
        emissions, steps = flat[: -n * n].reshape(self.shape), flat[-n * n :].reshape(n, n)
        scores = np.asarray(self.matrix @ emissions)
        expected = np.empty_like(scores)
        loss = -float((scores * self.observed).sum()) - float((steps * self.seen_steps).sum())
        step_slope = -self.seen_steps.copy()
        for group in self.groups:
            padded = np.zeros((*group.gold.shape, n))
            inside = group.rows >= 0
            padded.reshape(-1, n)[inside] = scores[group.rows[inside]]
            group_marginals = marginals(padded, group.lengths, steps, self.classes)
            loss += float(group_marginals.log_total.sum())
            expected[group.rows[inside]] = group_marginals.tags.reshape(-1, n)[inside]
            step_slope += group_marginals.pairs
        slope = np.concatenate(
            [np.asarray(self.turned @ (expected - self.observed)).ravel(), step_slope.ravel()]
        )
        return loss + 0.5 * self.penalty * float(flat @ flat), slope + self.penalty * flat


def _matrix(sentences: Sequence[Sentence]) -> tuple[csr_matrix, Vector[np.int64]]:
    """(words, features used) of ones, sparse; and the number of each column's feature."""
    from scipy.sparse import csr_matrix

    rows = [row for s in sentences for row in features(s.tokens)]
    flat = np.fromiter((n for row in rows for n in row), np.int64)
    starts = np.cumsum([0, *map(len, rows)])
    used, columns = np.unique(flat, return_inverse=True)
    return csr_matrix((np.ones(len(flat)), columns, starts), shape=(len(rows), len(used))), used


def _groups(sentences: Sequence[Sentence], classes: Sequence[str]) -> list[_Group]:
    number = {c: k for k, c in enumerate(classes)}
    begins = np.cumsum([0, *map(len, sentences)])
    order = sorted((i for i, s in enumerate(sentences) if len(s)), key=lambda i: len(sentences[i]))
    groups = []
    for start in range(0, len(order), _TOGETHER):
        chosen = order[start : start + _TOGETHER]
        lengths = np.array([len(sentences[i]) for i in chosen])
        longest = int(lengths.max())
        rows = np.full((len(chosen), longest), -1)
        gold = np.zeros((len(chosen), longest), np.int64)
        for k, i in enumerate(chosen):
            rows[k, : lengths[k]] = np.arange(begins[i], begins[i + 1])
            tags = iob.tags(sentences[i].spans, len(sentences[i]))
            gold[k, : lengths[k]] = [number[t] for t in tags]
        groups.append(_Group(rows.ravel(), gold, lengths))
    return groups


def classes_of(sentences: Sequence[Sentence]) -> tuple[str, ...]:
    """IOB2 tags for the labels that occur, "O" first."""
    labels = sorted({span.label for s in sentences for span in s.spans})
    return ("O", *(f"{p}-{label}" for label in labels for p in "BI"))


def train_tagger(
    sentences: Sequence[Sentence],
    *,
    penalty: float = PENALTY,
    rounds: int = ROUNDS,
    progress: Progress | None = None,
) -> Model:
    """The weights that make the labels of `sentences` most likely, penalised.

    Args:
        sentences: with entities that do not overlap.
    """
    from scipy.optimize import minimize

    classes = classes_of(sentences)
    problem = _Problem(sentences, classes, penalty)
    n, done = len(classes), 0

    def after(_: Vector[np.float64]) -> None:
        nonlocal done
        done += 1
        if progress is not None:
            progress(min(1.0, done / rounds), "training the tagger")

    begin = np.zeros(problem.shape[0] * n + n * n)
    with one_thread():
        solution = minimize(
            problem,
            begin,
            jac=True,
            method="L-BFGS-B",
            callback=after,
            options={"maxiter": rounds, "maxcor": 6},
        ).x
    emissions = np.zeros((BUCKETS, n), np.float32)
    emissions[problem.used] = solution[: -n * n].reshape(problem.shape)
    return Model(classes, emissions, solution[-n * n :].reshape(n, n))
