"""How often each 64-bit key occurs, in bounded memory: sorted runs on disk, merged."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from xproj_core.train.disk import Rows, forget

Keys = NDArray[np.uint64]
Ints = NDArray[np.int64]
ROOM = 4_000_000
"""Keys in memory at a time."""


class KeyCounts:
    """Counts keys; the result does not depend on how they are cut into runs.

    Args:
        path: runs go to files of this name with an ending; without it, all stays in memory.
        room: keys that are held before a run is written.
    """

    def __init__(self, path: Path | None, room: int | None = None) -> None:
        self._path, self._room = path, room or ROOM
        self._pending: list[tuple[Keys, Ints | None]] = []
        self._waiting = 0
        self._runs: list[tuple[Keys, Ints]] = []

    def add(self, keys: Keys, counts: Ints | None = None) -> None:
        """Count each of `keys` once, or `counts` times."""
        self._pending.append((keys.astype(np.uint64), counts))
        self._waiting += len(keys)
        if self._waiting >= self._room:
            self._flush()

    def _flush(self) -> None:
        found = _summed(self._pending)
        self._pending, self._waiting = [], 0
        if self._path is not None and len(found[0]):
            number = len(self._runs)
            found = _written(self._file(f"{number}k"), self._file(f"{number}c"), found)
        self._runs.append(found)

    def _file(self, ending: str) -> Path | None:
        return self._path and self._path.with_name(f"{self._path.name}.{ending}")

    def blocks(self) -> Iterator[tuple[Keys, Ints]]:
        """Distinct keys in ascending order with their counts, a block at a time."""
        if self._waiting:
            self._flush()
        runs = [run for run in self._runs if len(run[0])]
        size = max(16, self._room // max(1, len(runs)))
        at = [0] * len(runs)
        while left := [n for n, run in enumerate(runs) if at[n] < len(run[0])]:
            # No run has an unread key up to the smallest of the last keys that are in view.
            last = min(int(runs[n][0][min(at[n] + size, len(runs[n][0])) - 1]) for n in left)
            taken: list[tuple[Keys, Ints | None]] = []
            for n in left:
                keys, counts = runs[n]
                stop = at[n] + int(
                    np.searchsorted(keys[at[n] : at[n] + size], np.uint64(last), side="right")
                )
                taken.append((keys[at[n] : stop], counts[at[n] : stop]))
                at[n] = stop
            yield _summed(taken) if len(taken) > 1 else (taken[0][0], runs[left[0]][1][
                at[left[0]] - len(taken[0][0]) : at[left[0]]])  # fmt: skip
            forget(*(array for n in left for array in runs[n]))

    def done(self) -> tuple[Keys, Ints]:
        """All distinct keys in ascending order, and their counts."""
        if self._waiting:
            self._flush()
        if not self._runs:
            return np.empty(0, np.uint64), np.empty(0, np.int64)
        if len(self._runs) == 1:
            return self._runs[0]
        keys, counts = Rows(self._file("keys"), np.uint64), Rows(self._file("counts"), np.int64)
        for block in self.blocks():
            keys.add(block[0])
            counts.add(block[1])
        self.clear()
        return keys.done(), counts.done()

    def clear(self) -> None:
        """Remove the runs."""
        for number in range(len(self._runs)):
            for ending in (f"{number}k", f"{number}c"):
                file = self._file(ending)
                if file is not None:
                    file.unlink(missing_ok=True)
        self._runs = []


def _written(key_file: Path | None, count_file: Path | None, found: tuple[Keys, Ints]
             ) -> tuple[Keys, Ints]:  # fmt: skip
    keys, counts = Rows(key_file, np.uint64), Rows(count_file, np.int64)
    keys.add(found[0])
    counts.add(found[1])
    return keys.done(), counts.done()


def _summed(parts: list[tuple[Keys, Ints | None]]) -> tuple[Keys, Ints]:
    """The distinct keys of several arrays, and the sums of their counts."""
    keys = np.concatenate([np.empty(0, np.uint64), *(k for k, _ in parts)])
    if all(counts is None for _, counts in parts):
        distinct, number = np.unique(keys, return_counts=True)
        return distinct, number.astype(np.int64)
    counts = np.concatenate([np.ones(len(k), np.int64) if c is None else c for k, c in parts])
    order = np.argsort(keys, kind="stable")
    keys, counts = keys[order], counts[order]
    begin = np.flatnonzero(np.append(True, keys[1:] != keys[:-1])) if len(keys) else order
    return keys[begin], np.add.reduceat(counts, begin) if len(begin) else counts
