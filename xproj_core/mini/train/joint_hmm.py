"""Our own word-alignment trainer: two hidden-Markov models that learn to agree.

IBM model 1, then an HMM, in both directions at once; the expected count of a link is the
product of the two models' posteriors (Liang, Taskar & Klein, "Alignment by agreement", 2006),
and counts become probabilities by mean-field variational Bayes with a sparse prior, which
keeps rare words from collecting everybody's leftovers (Johnson 2007). "None" generates a word
as often as the corpus has it, scaled down: it has to be cheaper to link a rare word than not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from xproj_core.domain.arrays import Cube, Matrix, Vector
from xproj_core.learn.trainer import Progress
from xproj_core.mini.aligner.hmm import MAX_JUMP, Jumps, Posteriors, posteriors
from xproj_core.mini.train.coded_corpus import Batch, Coded, Plan, batches
from xproj_core.mini.train.disk import forget, require, slices
from xproj_core.mini.train.pair_table import PairTable, pair_table

_TOGETHER = 4_000_000
_FORGET = 50  # batches
_FLOOR = np.float32(1e-7)
_PRIOR = 0.1
NULL = 0.1
"""How readily a word renders none. Chosen for links that hold, on XL-WA's Spanish dev links."""


@dataclass(slots=True)
class Model:
    """Both directions' probabilities.

    Attributes:
        forward, reverse: (n_pairs,) P(target | source), P(source | target).
        forward_null, reverse_null: (n_target,), (n_source,) P(word | none), fixed.
        forward_jumps, reverse_jumps: how alignments move.
    """

    forward: Vector[np.floating]
    reverse: Vector[np.floating]
    forward_null: Vector[np.floating]
    reverse_null: Vector[np.floating]
    forward_jumps: Jumps = field(default_factory=Jumps.initial)
    reverse_jumps: Jumps = field(default_factory=Jumps.initial)


@dataclass(slots=True)
class Counts:
    """Expected counts of one pass over the corpus.

    Attributes:
        links: (n_pairs,).
        forward_jumps, reverse_jumps: (2 * MAX_JUMP + 3,), by distance.
    """

    links: Vector[np.float64]
    forward_jumps: Vector[np.float64]
    reverse_jumps: Vector[np.float64]


class Corpus:
    """A coded corpus, its batches and the pair number of every cell in a file of `folder`."""

    def __init__(self, source: Coded, target: Coded, folder: Path) -> None:
        self.source, self.target = source, target
        self.plan = Plan.of(source, target)
        self.cells = self.plan.cells()
        self.table: PairTable = pair_table(source, target, self.plan, folder)
        self._file = folder / "cells"
        require(folder, 4 * self.cells, "aligning the words")
        with self._file.open("wb") as file:
            for number, batch in enumerate(batches(source, target, self.plan), 1):
                for array in (batch.source, batch.target, self.table.numbers(batch)):
                    file.write(np.ascontiguousarray(array).data.cast("B"))
                if number % _FORGET == 0:
                    forget(self.table.keys)
        forget(self.table.keys)

    def __iter__(self) -> Iterator[tuple[Batch, Cube[np.int32]]]:
        """Batches with their (batch, n_target, n_source) pair numbers."""
        with self._file.open("rb") as file:
            for first, stop, width, height in self.plan.batches:
                size = stop - first
                members = self.plan.members[first:stop].astype(np.int64)
                source, target, numbers = (
                    np.fromfile(file, np.int32, size * n) for n in (width, height, width * height)
                )
                yield (
                    Batch(
                        members,
                        source.reshape(size, width),
                        target.reshape(size, height),
                        _valid(self.source, members, width),
                        _valid(self.target, members, height),
                    ),
                    numbers.reshape(size, height, width),
                )

    def close(self) -> None:
        """Remove the largest file."""
        self._file.unlink()


def _valid(side: Coded, sentences: Vector[np.int64], width: int) -> Matrix[np.bool_]:
    lengths = side.offsets[sentences + 1] - side.offsets[sentences]
    valid: Matrix[np.bool_] = np.arange(width) < lengths[:, None]
    return valid


def train(
    corpus: Corpus,
    progress: Progress | None = None,
    simple: int = 4,
    markov: int = 4,
    null: float = NULL,
) -> Model:
    """`simple` rounds of IBM model 1, then `markov` rounds of the HMM."""
    table = corpus.table
    model = Model(
        np.ones(len(table), np.float32),
        np.ones(len(table), np.float32),
        _null(corpus.target, null),
        _null(corpus.source, null),
    )
    rounds = simple + markov
    for step in range(rounds):
        if progress is not None:
            progress(step / (rounds + 1), f"aligning words, round {step + 1} of {rounds}")
        counts = _expected(corpus, model, hmm=step >= simple)
        _reestimate(model, table, counts, jumps=step >= simple)
    return model


def _null(side: Coded, null: float) -> Vector[np.floating]:
    counts = np.bincount(side.ids, minlength=side.n_classes) + 0.1
    share: Vector[np.floating] = (null * counts / counts.sum()).astype(np.float32)
    return share


def _expected(corpus: Corpus, model: Model, hmm: bool) -> Counts:
    jumps = 2 * MAX_JUMP + 3
    counts = Counts(np.zeros(len(corpus.table)), np.zeros(jumps), np.zeros(jumps))
    # Small batches are collected: adding touches the whole table.
    together = np.zeros(len(corpus.table))
    size = 0
    for batch, numbers in corpus:
        if hmm:
            both = _hmm_links(batch, numbers, model, counts)
        else:
            both = _ibm1_links(batch, numbers, model)
        np.add.at(together, numbers.ravel().astype(np.intp), both.ravel().astype(np.float64))
        size += numbers.size
        if size > _TOGETHER:
            counts.links += together
            together.fill(0)
            size = 0
    counts.links += together
    return counts


def _ibm1_links(batch: Batch, numbers: Cube[np.int32], model: Model) -> Cube[np.floating]:
    """Products of both directions' model 1 posteriors."""
    forward, forward_null = emissions(batch, numbers, model)
    reverse, reverse_null = emissions(batch, numbers, model, reverse=True)
    f = forward / (forward.sum(axis=2) + forward_null)[:, :, None]
    g = reverse / (reverse.sum(axis=2) + reverse_null)[:, :, None]
    return _agreed(batch, f, g)


def _hmm_links(
    batch: Batch, numbers: Cube[np.int32], model: Model, counts: Counts
) -> Cube[np.floating]:
    """Products of both directions' HMM posteriors; adds the expected jumps to `counts`."""
    f, g = both_posteriors(batch, numbers, model, count_jumps=True)
    counts.forward_jumps += _by_distance(f.jumps)
    counts.reverse_jumps += _by_distance(g.jumps)
    return _agreed(batch, f.links, g.links)


def _agreed(
    batch: Batch, forward: Cube[np.floating], reverse: Cube[np.floating]
) -> Cube[np.floating]:
    both: Cube[np.floating] = forward * reverse.transpose(0, 2, 1)
    both *= batch.target_valid[:, :, None] & batch.source_valid[:, None, :]
    return both


def both_posteriors(
    batch: Batch, numbers: Cube[np.int32], model: Model, count_jumps: bool = False
) -> tuple[Posteriors, Posteriors]:
    """The HMM posteriors of target given source, and of source given target."""
    forward = posteriors(
        *emissions(batch, numbers, model), batch.source_valid, model.forward_jumps, count_jumps
    )
    reverse = posteriors(
        *emissions(batch, numbers, model, reverse=True),
        batch.target_valid,
        model.reverse_jumps,
        count_jumps,
    )
    return forward, reverse


def emissions(
    batch: Batch, numbers: Cube[np.int32], model: Model, reverse: bool = False
) -> tuple[Cube[np.floating], Matrix[np.floating]]:
    """The two emission arrays that `posteriors` takes, for either direction; `numbers` as in
    `PairTable.numbers`."""
    if reverse:
        cells = model.reverse[numbers.transpose(0, 2, 1)]
        null, emitted_mask, by = (
            model.reverse_null[batch.source],
            batch.source_valid,
            batch.target_valid,
        )
    else:
        cells = model.forward[numbers]
        null, emitted_mask, by = (
            model.forward_null[batch.target],
            batch.target_valid,
            batch.source_valid,
        )
    cells = np.where(emitted_mask[:, :, None], cells, np.float32(1)) * by[:, None, :]
    return cells, np.where(emitted_mask, null, np.float32(1))


def _by_distance(jumps: Matrix[np.floating] | None) -> Vector[np.float64]:
    assert jumps is not None
    rows, columns = np.indices(jumps.shape)
    distance = np.clip(columns - rows + 1, -MAX_JUMP - 1, MAX_JUMP + 1) + MAX_JUMP + 1
    weights = jumps.ravel().astype(np.float64)
    return np.bincount(distance.ravel(), weights, 2 * MAX_JUMP + 3).astype(np.float64)


def _reestimate(model: Model, table: PairTable, counts: Counts, jumps: bool) -> None:
    from scipy.special import digamma

    def share(into: Vector[np.floating], by: Vector[np.int32], n: int) -> None:
        total, kinds = np.zeros(n), np.zeros(n, np.int64)
        for part in slices(len(by)):
            np.add.at(total, by[part], counts.links[part])
            np.add.at(kinds, by[part], 1)
        low = digamma(total + _PRIOR * kinds + 1e-9)
        for part in slices(len(by)):
            probabilities = np.exp(digamma(counts.links[part] + _PRIOR) - low[by[part]])
            into[part] = np.maximum(probabilities.astype(np.float32), _FLOOR)
        into[0] = _FLOOR
        forget(by)

    counts.links[0] = 0
    share(model.forward, table.source, table.n_source)
    share(model.reverse, table.target, table.n_target)
    if jumps:
        for name in ("forward_jumps", "reverse_jumps"):
            weights = getattr(counts, name) + 1e-3 * getattr(counts, name).sum()
            # The end weights stand for one jump of many: shared out over a typical number.
            weights[[0, -1]] /= 10.0
            setattr(model, name, Jumps(weights / weights.sum(), getattr(model, name).null))
