"""The word pairs that co-occur in a corpus, numbered, so that statistics are flat arrays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from xproj_core.domain.arrays import Cube, Vector
from xproj_core.mini.train.coded_corpus import Batch, Coded, Plan, batches
from xproj_core.mini.train.disk import Rows, forget, slices, stored
from xproj_core.mini.train.key_counts import KeyCounts

MAX_PAIRS = 12_000_000
"""Word pairs that are learnt about: each takes 24 bytes of memory while training."""
_MOST = 255


@dataclass(frozen=True, slots=True)
class PairTable:
    """Co-occurring (source class, target class) pairs in sorted order.

    Attributes:
        source, target: (n_pairs,) the classes. Pair 0 is a dummy for padding and for pairs
            that were dropped.
        n_source, n_target: number of classes.
        keys: source * n_target + target of all pairs but the dummy.
    """

    source: Vector[np.int32]
    target: Vector[np.int32]
    n_source: int
    n_target: int
    keys: Vector[np.int64]

    def __len__(self) -> int:
        return len(self.source)

    def numbers(self, batch: Batch) -> Cube[np.int32]:
        """(batch, n_target, n_source): the number of every cell's pair."""
        keys, valid = _keys(batch, self.n_target)
        if not len(self.keys):
            return np.zeros(keys.shape, np.int32)
        places = np.searchsorted(self.keys, keys)
        known = (self.keys[np.minimum(places, len(self.keys) - 1)] == keys) & valid
        return np.where(known, places + 1, 0).astype(np.int32)


def _keys(batch: Batch, n_target: int) -> tuple[Cube[np.int64], Cube[np.bool_]]:
    keys = batch.source[:, None, :].astype(np.int64) * n_target + batch.target[:, :, None]
    return keys, batch.source_valid[:, None, :] & batch.target_valid[:, :, None]


def pair_table(
    source: Coded, target: Coded, plan: Plan, folder: Path | None = None, limit: int | None = None
) -> PairTable:
    """The pairs of a corpus; over `limit`, the rarest are dropped, all of one count together."""
    counter = KeyCounts(folder and folder / "pairs")
    for batch in batches(source, target, plan):
        keys, valid = _keys(batch, target.n_classes)
        counter.add(keys[valid].view(np.uint64))
    all_keys, counts = counter.done()
    least = _least(counts, limit or MAX_PAIRS)
    key_rows = Rows(folder and folder / "pairs.kept", np.int64)
    for part in slices(len(all_keys)):
        key_rows.add(all_keys[part][counts[part] >= least])
        forget(all_keys, counts)
    counter.clear()
    pairs = key_rows.done()

    def classes(which: int) -> Iterator[Vector[np.int32]]:
        yield np.zeros(1, np.int32)
        for part in slices(len(pairs)):
            yield np.divmod(pairs[part], target.n_classes)[which].astype(np.int32)
            forget(pairs)

    left, right = (stored(folder and folder / f"pairs.{n}", np.int32, classes(n)) for n in (0, 1))
    return PairTable(left, right, source.n_classes, target.n_classes, pairs)


def _least(counts: Vector[np.int64], limit: int) -> int:
    """The least count of which, with all above it, there are at most `limit` pairs."""
    kinds = np.zeros(_MOST + 1, np.int64)
    for part in slices(len(counts)):
        kinds += np.bincount(np.minimum(counts[part], _MOST), minlength=_MOST + 1)
    above = np.cumsum(kinds[::-1])[::-1]
    return int(np.flatnonzero(above <= limit)[0]) if above[_MOST] <= limit else _MOST
