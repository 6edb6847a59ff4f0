"""How often each 64-bit key occurs, in bounded memory: sorted runs on disk, merged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from xproj_core.domain.arrays import Vector
from xproj_core.mini.train.disk import Rows

Keys = Vector[np.uint64]
ROOM = 2_000_000
"""Keys in memory at a time."""
_TOGETHER = 48


class KeyCounts:
    """Counts keys; the result does not depend on how they are cut into runs.

    Args:
        path: runs go to files of this name with an ending; without it, all stays in memory.
        room: keys that are held before a run is written.
    """

    def __init__(self, path: Path | None, room: int | None = None) -> None:
        self._path, self._room = path, room or ROOM
        self._pending: list[tuple[Keys, Vector[np.int64] | None]] = []
        self._waiting = 0
        self._levels: list[list[_Run]] = []
        self._made = 0

    def add(self, keys: Keys, counts: Vector[np.int64] | None = None) -> None:
        """Count each of `keys` once, or `counts` times."""
        self._pending.append((np.ascontiguousarray(keys, np.uint64), counts))
        self._waiting += len(keys)
        if self._waiting >= self._room:
            self._flush()

    def _flush(self) -> None:
        if self._waiting:
            block = _summed(self._pending)
            self._pending, self._waiting = [], 0
            self._keep(self._stored([block]), 0)

    def _keep(self, run: _Run, level: int) -> None:
        """Each run is an open file or two: when there are many, they are made one."""
        if level == len(self._levels):
            self._levels.append([])
        self._levels[level].append(run)
        if len(self._levels[level]) == _TOGETHER:
            merged = self._stored(_merged(self._levels[level], self._room))
            for small in self._levels[level]:
                small.remove()
            self._levels[level] = []
            self._keep(merged, level + 1)

    def _stored(self, blocks: Iterable[tuple[Keys, Vector[np.int64]]]) -> _Run:
        """Sorted blocks as one run."""
        self._made += 1
        files = tuple(
            self._path and self._path.with_name(f"{self._path.name}.{self._made}{end}")
            for end in "kc"
        )
        keys, counts = Rows(files[0], np.uint64), Rows(files[1], np.int64)
        for block in blocks:
            keys.add(block[0])
            counts.add(block[1])
        return _Run(keys.done(), counts.done(), files)

    def blocks(self) -> Iterator[tuple[Keys, Vector[np.int64]]]:
        """Distinct keys in ascending order with their counts, a block at a time."""
        self._flush()
        return _merged([run for level in self._levels for run in level], self._room)

    def done(self) -> tuple[Keys, Vector[np.int64]]:
        """All distinct keys in ascending order, and their counts."""
        self._flush()
        runs = [run for level in self._levels for run in level]
        if len(runs) != 1:
            merged_run = self._stored(_merged(runs, self._room))
            self.clear()
            self._levels = [[merged_run]]
        return self._levels[-1][0].keys, self._levels[-1][0].counts

    def clear(self) -> None:
        """Remove the runs."""
        for level in self._levels:
            for run in level:
                run.remove()
        self._levels = []


@dataclass(frozen=True)
class _Run:
    """Distinct keys in ascending order with their counts, and the files they are in."""

    keys: Keys
    counts: Vector[np.int64]
    files: tuple[Path | None, ...]

    def read(self, which: int, start: int, size: int) -> Vector[np.int64]:
        """Some of the keys (0) or counts (1). Files are read and not looked into where they are
        mapped: every look can bring in two megabytes, from each of many runs."""
        file = self.files[which]
        if file is None:
            return (self.keys.view(np.int64), self.counts)[which][start : start + size]
        return np.fromfile(file, np.int64, size, offset=8 * start)

    def remove(self) -> None:
        for file in self.files:
            if file is not None:
                file.unlink()


def _merged(runs: list[_Run], room: int) -> Iterator[tuple[Keys, Vector[np.int64]]]:
    """The keys of all runs in ascending order, `room` or fewer at a time."""
    runs = [run for run in runs if len(run.keys)]
    size = max(16, room // max(1, len(runs)))
    at = [0] * len(runs)
    while left := [n for n, run in enumerate(runs) if at[n] < len(run.keys)]:
        views = {n: runs[n].read(0, at[n], size).view(np.uint64) for n in left}
        # No run has an unread key up to the smallest of the last keys that are in view.
        last = min(int(view[-1]) for view in views.values())
        blocks: list[tuple[Keys, Vector[np.int64] | None]] = []
        for n, view in views.items():
            number = int(np.searchsorted(view, np.uint64(last), side="right"))
            blocks.append((view[:number], runs[n].read(1, at[n], number)))
            at[n] += number
        yield _summed(blocks)


def _summed(parts: list[tuple[Keys, Vector[np.int64] | None]]) -> tuple[Keys, Vector[np.int64]]:
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
