"""Fit the aligner's weights on links that whole-corpus alignment found in held-out sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from training.aligner_names import put_names
from xproj_core.domain.arrays import Cube, Matrix, Vector
from xproj_core.mini.aligner.hmm import MAX_JUMP, Jumps
from xproj_core.mini.aligner.lexicon import Lexicon
from xproj_core.mini.aligner.lexicons import Lexicons
from xproj_core.mini.aligner.link_features import features
from xproj_core.mini.aligner.link_model import Weights, context_features, logistic
from xproj_core.mini.aligner.vocabulary import Vocabulary
from xproj_core.mini.train.lexicon_training import make_lexicon
from xproj_core.mini.train.word_alignment import AlignedCorpus

Tokens = Sequence[Sequence[str]]
_UNKNOWN = 0.12
_NONE = (0.01, 0.03, 0.1)


@dataclass(frozen=True)
class Example:
    """A sentence pair with its links; `languages` name the lexicon to use."""

    source: list[str]
    target: list[str]
    links: Matrix[np.bool_]
    languages: tuple[str, str]


def held_out(
    corpus: tuple[Tokens, Tokens, AlignedCorpus], number: int, rng: np.random.Generator
) -> Vector[np.int64]:
    """Sentences to fit on: of middling length, so that there is something to get wrong."""
    lengths = np.array([len(s) for s in corpus[0]])
    usable = np.flatnonzero((lengths >= 7) & (lengths <= 40))
    return rng.permutation(usable)[: min(number, len(usable) // 4)]


def forgetful(lexicon: Lexicon, rng: np.random.Generator) -> Lexicon:
    """`lexicon` without some of its rarer words, so that the fit meets unknown words."""
    indices = []
    for side in (lexicon.left, lexicon.right):
        rare = side.counts < 8 * np.log2(1 + 200)
        indices.append(np.flatnonzero(~rare | (rng.random(len(side)) > _UNKNOWN)))
    rows, columns = indices
    return Lexicon(
        Vocabulary([lexicon.left.words[n] for n in rows], lexicon.left.counts[rows]),
        Vocabulary([lexicon.right.words[n] for n in columns], lexicon.right.counts[columns]),
        lexicon.forward[rows][:, columns],
        lexicon.reverse[rows][:, columns],
    )


def examples(
    corpus: tuple[Tokens, Tokens, AlignedCorpus],
    chosen: Vector[np.int64],
    pair: tuple[str, str],
    rng: np.random.Generator,
) -> Iterator[Example]:
    """Held-out sentences, one to three joined: repeated words and long ones are the hard part."""
    source, target, aligned = corpus
    place = 0
    while place < len(chosen):
        size = int(rng.integers(1, 4))
        members = chosen[place : place + size].tolist()
        place += size
        left = [w for n in members for w in source[n]]
        right = [w for n in members for w in target[n]]
        links = np.zeros((len(left), len(right)), bool)
        i0 = j0 = 0
        for n in members:
            for i, j in aligned.links(n):
                links[i0 + i, j0 + j] = True
            i0, j0 = i0 + len(source[n]), j0 + len(target[n])
        yield Example(*put_names(left, right, links, rng), pair)


def jumps(fit_examples: Sequence[Example], reverse: bool, null: float = 0.1) -> Jumps:
    """How the linked source position moves from one target token to the next."""
    counts = np.full(2 * MAX_JUMP + 3, 1.0)
    for example in fit_examples:
        links = example.links if reverse else example.links.T
        last = -1
        for row in links:
            if row.any():
                here = int(np.argmax(row))
                counts[np.clip(here - last, -MAX_JUMP - 1, MAX_JUMP + 1) + MAX_JUMP + 1] += 1
                last = here
    counts[[0, -1]] /= 10.0
    return Jumps((counts / counts.sum()).astype(np.float32), null)


def logistic_fit(
    x: Matrix[np.float32], y: Vector[np.bool_], ridge: float = 5.0, rounds: int = 12
) -> Vector[np.float32]:
    """Ridge-penalised maximum likelihood by Newton's method."""
    weights = np.zeros(x.shape[1])
    penalty = np.full(x.shape[1], ridge)
    penalty[0] = 1e-3
    for _ in range(rounds):
        p = logistic((x @ weights.astype(np.float32)).astype(np.float32)).astype(np.float64)
        gradient = x.T @ (y - p) - penalty * weights
        curvature = (x * (p * (1 - p))[:, None].astype(np.float32)).T @ x + np.diag(penalty)
        weights += np.linalg.solve(curvature.astype(np.float64), gradient)
    return weights.astype(np.float32)


def fit(
    fit_examples: Sequence[Example], lexicons: Lexicons, bare: bool
) -> tuple[Weights, dict[str, float]]:
    """Both logistic models and the odds of "none"; with what was reached on every 5th example.

    `bare` fits for languages without a lexicon: their own is not used, and a third of the
    examples do without related languages as well.
    """
    labels = [e.links.ravel() for e in fit_examples]
    train = [n for n in range(len(fit_examples)) if n % 5]
    test = [n for n in range(len(fit_examples)) if n % 5 == 0]
    cells = [_features(e, lexicons, bare, n % 3 == 0) for n, e in enumerate(fit_examples)]
    pair = logistic_fit(*_stacked(cells, labels, train))
    ways = jumps(fit_examples, False), jumps(fit_examples, True)
    best: tuple[float, Weights, dict[str, float]] | None = None
    for none in _NONE:
        start = Weights(pair, np.zeros(1, np.float32), *ways, none)
        context = [context_features(c @ pair, start) for c in cells]
        second = logistic_fit(*_stacked(context, labels, train))
        x, truth = _stacked(context, labels, test)
        p = logistic(x @ second)
        likelihood = float(np.where(truth, np.log(p), np.log1p(-p)).mean())
        if best is None or likelihood > best[0]:
            best = likelihood, Weights(pair, second, *ways, none), _report(p, truth)
    assert best is not None
    return best[1], best[2]


def _features(example: Example, lexicons: Lexicons, bare: bool, alone: bool) -> Cube[np.float32]:
    about = example.source, example.target, example.languages
    if not bare:
        return features(*about[:2], lexicons.evidence(*about))
    return features(*about[:2], None, None if alone else lexicons.likeness(*about))


def _stacked(
    cells: Sequence[Cube[np.float32]], labels: Sequence[Vector[np.bool_]], members: Sequence[int]
) -> tuple[Matrix[np.float32], Vector[np.bool_]]:
    x = np.concatenate([cells[n].reshape(-1, cells[n].shape[2]) for n in members])
    return x, np.concatenate([labels[n] for n in members])


def _report(p: Vector[np.float32], truth: Vector[np.bool_]) -> dict[str, float]:
    """F1 at one half, and the expected calibration error over ten bins of links over .05."""
    predicted = p >= 0.5
    right = float((predicted & truth).sum())
    bins = np.minimum((p * 10).astype(int), 9)
    shown = p >= 0.05
    error = sum(
        abs(float(p[m].mean() - truth[m].mean())) * m.sum()
        for b in range(10)
        if (m := shown & (bins == b)).any()
    )
    return {
        "f1": 2 * right / float(predicted.sum() + truth.sum()),
        "calibration error": float(error / shown.sum()),
    }


def lexicon_without(
    corpus: tuple[Tokens, Tokens, AlignedCorpus],
    chosen: Vector[np.int64],
    rng: np.random.Generator,
) -> Lexicon:
    """What all other sentences teach, less some words."""
    aside = set(chosen.tolist())
    only = [n for n in range(len(corpus[0])) if n not in aside]
    return forgetful(make_lexicon(*corpus, only=only), rng)
