"""Our own word-alignment trainer: two hidden-Markov models that learn to agree.

IBM model 1, then an HMM, in both directions at once; the expected count of a link is the
product of the two models' posteriors (Liang, Taskar & Klein, "Alignment by agreement", 2006),
and counts become probabilities by mean-field variational Bayes with a sparse prior, which
keeps rare words from collecting everybody's leftovers (Johnson 2007). "None" generates a word
as often as the corpus has it, scaled down: it has to be cheaper to link a rare word than not.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from xproj_core.align.hmm import MAX_JUMP, Floats, Jumps, Posteriors, posteriors
from xproj_core.train.coded_corpus import Batch, Coded, batches
from xproj_core.train.pair_table import PairTable, pair_table

Progress = Callable[[float, str], None]
_IN_MEMORY = 100_000_000
_TOGETHER = 4_000_000
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

    forward: Floats
    reverse: Floats
    forward_null: Floats
    reverse_null: Floats
    forward_jumps: Jumps = field(default_factory=Jumps.initial)
    reverse_jumps: Jumps = field(default_factory=Jumps.initial)


@dataclass(slots=True)
class Counts:
    """Expected counts of one pass over the corpus."""

    links: NDArray[np.float64]
    forward_jumps: NDArray[np.float64]
    reverse_jumps: NDArray[np.float64]


class Corpus:
    """A coded corpus with the pair number of every cell at hand, on disk when large."""

    def __init__(self, source: Coded, target: Coded) -> None:
        self.source, self.target = source, target
        self.table: PairTable = pair_table(source, target)
        sizes = [b.source.size * b.target.shape[1] for b in batches(source, target)]
        self.cells = int(sum(sizes))
        self._numbers = _storage(self.cells)
        start = 0
        for batch, size in zip(batches(source, target), sizes, strict=True):
            self._numbers[start : start + size] = self.table.numbers(batch).ravel()
            start += size

    def __iter__(self) -> Iterator[tuple[Batch, NDArray[np.int32]]]:
        """Batches with their (batch, n_target, n_source) pair numbers."""
        start = 0
        for batch in batches(self.source, self.target):
            shape = (len(batch.sentences), batch.target.shape[1], batch.source.shape[1])
            size = int(np.prod(shape))
            yield batch, np.asarray(self._numbers[start : start + size]).reshape(shape)
            start += size


def _storage(cells: int) -> NDArray[np.int32]:
    if cells <= _IN_MEMORY:
        return np.empty(cells, np.int32)
    # The file is unlinked at once; its space is freed when the array goes.
    with tempfile.TemporaryFile() as file:
        mapped: NDArray[np.int32] = np.memmap(file, np.int32, "w+", shape=(cells,))
    return mapped


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


def _null(side: Coded, null: float) -> Floats:
    counts = np.bincount(side.ids, minlength=side.n_classes) + 0.1
    share: Floats = (null * counts / counts.sum()).astype(np.float32)
    return share


def _expected(corpus: Corpus, model: Model, hmm: bool) -> Counts:
    jumps = 2 * MAX_JUMP + 3
    counts = Counts(np.zeros(len(corpus.table)), np.zeros(jumps), np.zeros(jumps))
    # Small batches are collected: adding touches the whole table.
    waiting: list[tuple[NDArray[np.int32], Floats]] = []
    size = 0
    for batch, numbers in corpus:
        if hmm:
            both = _hmm_links(batch, numbers, model, counts)
        else:
            both = _ibm1_links(batch, numbers, model)
        waiting.append((numbers.ravel(), both.ravel()))
        size += numbers.size
        if size > _TOGETHER:
            _add(counts.links, waiting)
            waiting, size = [], 0
    _add(counts.links, waiting)
    return counts


def _add(counts: Floats, waiting: Sequence[tuple[NDArray[np.int32], Floats]]) -> None:
    """Add every weight to the count of its pair."""
    if waiting:
        where = np.concatenate([numbers for numbers, _ in waiting])
        what = np.concatenate([weights for _, weights in waiting])
        counts += np.bincount(where, what, minlength=len(counts))


def _ibm1_links(batch: Batch, numbers: NDArray[np.int32], model: Model) -> Floats:
    """Products of both directions' model 1 posteriors."""
    forward, forward_null = emissions(batch, numbers, model)
    reverse, reverse_null = emissions(batch, numbers, model, reverse=True)
    f = forward / (forward.sum(axis=2) + forward_null)[:, :, None]
    g = reverse / (reverse.sum(axis=2) + reverse_null)[:, :, None]
    return _agreed(batch, f, g)


def _hmm_links(batch: Batch, numbers: NDArray[np.int32], model: Model, counts: Counts) -> Floats:
    """Products of both directions' HMM posteriors; adds the expected jumps to `counts`."""
    f, g = both_posteriors(batch, numbers, model, count_jumps=True)
    counts.forward_jumps += _by_distance(f.jumps)
    counts.reverse_jumps += _by_distance(g.jumps)
    return _agreed(batch, f.links, g.links)


def _agreed(batch: Batch, forward: Floats, reverse: Floats) -> Floats:
    both: Floats = forward * reverse.transpose(0, 2, 1)
    both *= batch.target_valid[:, :, None] & batch.source_valid[:, None, :]
    return both


def both_posteriors(
    batch: Batch, numbers: NDArray[np.int32], model: Model, count_jumps: bool = False
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
    batch: Batch, numbers: NDArray[np.int32], model: Model, reverse: bool = False
) -> tuple[Floats, Floats]:
    """The two emission arrays that `posteriors` takes, for either direction."""
    if reverse:
        cells = model.reverse[numbers.transpose(0, 2, 1)]
        null, made, by = model.reverse_null[batch.source], batch.source_valid, batch.target_valid
    else:
        cells = model.forward[numbers]
        null, made, by = model.forward_null[batch.target], batch.target_valid, batch.source_valid
    cells = np.where(made[:, :, None], cells, np.float32(1)) * by[:, None, :]
    return cells, np.where(made, null, np.float32(1))


def _by_distance(jumps: Floats | None) -> NDArray[np.float64]:
    assert jumps is not None
    rows, columns = np.indices(jumps.shape)
    distance = np.clip(columns - rows + 1, -MAX_JUMP - 1, MAX_JUMP + 1) + MAX_JUMP + 1
    weights = jumps.ravel().astype(np.float64)
    return np.bincount(distance.ravel(), weights, 2 * MAX_JUMP + 3).astype(np.float64)


def _reestimate(model: Model, table: PairTable, counts: Counts, jumps: bool) -> None:
    from scipy.special import digamma

    def share(links: NDArray[np.float64], by: NDArray[np.int32], n: int) -> Floats:
        total = np.bincount(by, links, minlength=n)
        kinds = np.bincount(by, minlength=n)
        low = digamma(total + _PRIOR * kinds + 1e-9)[by]
        found: Floats = np.exp(digamma(links + _PRIOR) - low).astype(np.float32)
        found[0] = 0
        return np.maximum(found, _FLOOR)

    counts.links[0] = 0
    model.forward = share(counts.links, table.source, table.n_source)
    model.reverse = share(counts.links, table.target, table.n_target)
    if jumps:
        for name in ("forward_jumps", "reverse_jumps"):
            weights = getattr(counts, name) + 1e-3 * getattr(counts, name).sum()
            # The end weights stand for one jump of many: shared out over a typical number.
            weights[[0, -1]] /= 10.0
            setattr(model, name, Jumps(weights / weights.sum(), getattr(model, name).null))
