"""The word pairs that co-occur in a corpus, numbered, so that statistics are flat arrays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xproj_core.train.coded_corpus import Batch, Coded, batches

MAX_PAIRS = 30_000_000


@dataclass(frozen=True, slots=True)
class PairTable:
    """Co-occurring (source class, target class) pairs in sorted order.

    Attributes:
        source, target: (n_pairs,) the classes. Pair 0 is a dummy for padding and for pairs
            that were dropped.
        n_source, n_target: number of classes.
    """

    source: NDArray[np.int32]
    target: NDArray[np.int32]
    n_source: int
    n_target: int
    keys: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.source)

    def numbers(self, batch: Batch) -> NDArray[np.int32]:
        """(batch, n_target, n_source): the number of every cell's pair."""
        keys = _keys(batch, self.n_target)
        found = np.searchsorted(self.keys, keys)
        known = self.keys[np.minimum(found, len(self.keys) - 1)] == keys
        return np.where(known, found + 1, 0).astype(np.int32)


def _keys(batch: Batch, n_target: int) -> NDArray[np.int64]:
    keys = batch.source[:, None, :].astype(np.int64) * n_target + batch.target[:, :, None]
    valid = batch.source_valid[:, None, :] & batch.target_valid[:, :, None]
    return np.where(valid, keys, -1)


def pair_table(source: Coded, target: Coded, limit: int = MAX_PAIRS) -> PairTable:
    """The pairs of a corpus; over `limit`, those seen once only are dropped."""
    keys = np.empty(0, np.int64)
    counts = np.empty(0, np.int64)
    pending: list[NDArray[np.int64]] = []
    waiting = 0
    for batch in batches(source, target):
        pending.append(_keys(batch, target.n_classes).ravel())
        waiting += pending[-1].size
        if waiting > limit:
            keys, counts = _merged(keys, counts, pending, limit)
            pending, waiting = [], 0
    keys, counts = _merged(keys, counts, pending, limit)
    left, right = np.divmod(keys, target.n_classes)
    dummy = np.zeros(1, np.int32)
    return PairTable(
        np.concatenate([dummy, left.astype(np.int32)]),
        np.concatenate([dummy, right.astype(np.int32)]),
        source.n_classes,
        target.n_classes,
        keys,
    )


def _merged(
    keys: NDArray[np.int64],
    counts: NDArray[np.int64],
    pending: Iterable[NDArray[np.int64]],
    limit: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    new, seen = np.unique(np.concatenate([np.empty(0, np.int64), *pending]), return_counts=True)
    merged, place = np.unique(np.concatenate([keys, new]), return_inverse=True)
    total = np.bincount(place, np.concatenate([counts, seen]), minlength=len(merged))
    keep = merged >= 0
    if len(merged) > limit:
        keep &= total > 1
    return merged[keep], total[keep].astype(np.int64)
