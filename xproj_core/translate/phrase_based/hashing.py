"""64-bit keys for phrases: what the tables are searched by."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_FACTOR = 0x9E3779B97F4A7C15
_MASK = (1 << 64) - 1


def phrase_hashes(ids: NDArray[np.int32], longest: int) -> NDArray[np.uint64]:
    """Keys of all windows: row n - 1 holds those of n words, by first position.

    Windows that run over the end of `ids` get keys that mean nothing.
    """
    size = len(ids)
    table = np.zeros((longest, size), dtype=np.uint64)
    words = ids.astype(np.uint64) + np.uint64(1)
    factor = np.uint64(_FACTOR)
    running = np.zeros(size, dtype=np.uint64)
    with np.errstate(over="ignore"):
        for n in range(min(longest, size)):
            stop = size - n
            running[:stop] = _mix(running[:stop] * factor + words[n:])
            table[n] = running
    return table


def _mix(keys: NDArray[np.uint64]) -> NDArray[np.uint64]:
    return keys ^ (keys >> np.uint64(29))


def span_keys(ids: Sequence[int], longest: int) -> list[list[int]]:
    """For each first position, the keys of the spans of 1, 2, ... words that start there."""
    found = []
    for start in range(len(ids)):
        key, row = 0, []
        for word in ids[start : start + longest]:
            key = (key * _FACTOR + word + 1) & _MASK
            key ^= key >> 29
            row.append(key)
        found.append(row)
    return found
