"""Cutting a long sequence into overlapping windows, so that nothing is truncated."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from xproj_core.domain.arrays import Matrix
from xproj_core.models.device import in_batches

Rows = Matrix[np.float32]
Framed = tuple[list[int], list[int], list[int]]
"""Ids that every window begins with, the sequence's own ids, ids every window ends with."""


@dataclass(frozen=True, slots=True)
class Window:
    """Positions [start, stop) go in; results for [keep_start, keep_stop) are kept."""

    start: int
    stop: int
    keep_start: int
    keep_stop: int


def windows(length: int, size: int) -> list[Window]:
    """Windows of at most `size` over `length` positions, overlapping by about half.

    Each position is kept from exactly one window: the one where it has most context.
    """
    if length <= size:
        return [Window(0, length, 0, length)]
    step = max(1, size // 2)
    starts = [*range(0, length - size, step), length - size]
    overlapping_windows: list[Window] = []
    keep_start = 0
    for here, following in zip(starts, [*starts[1:], None], strict=True):
        stop = here + size
        # The border lies in the middle of what two neighbours share.
        border = length if following is None else (following + stop) // 2
        overlapping_windows.append(Window(here, stop, keep_start, border))
        keep_start = border
    return overlapping_windows


def through(
    sequences: Sequence[Framed],
    limit: int,
    batch_size: int,
    run: Callable[[Sequence[list[int]]], Sequence[Rows]],
    what: str,
    most: int | None,
) -> list[Rows]:
    """One row per id of every sequence, computed in batches of windows of like length.

    Args:
        limit: the most ids of a window, those around it included.
        run: ids of one batch to (length, size) arrays, one each.
        what, most: as in `device.in_batches`.
    """
    jobs: list[tuple[int, Window, list[int]]] = []
    for place, (before, ids, after) in enumerate(sequences):
        for window in windows(len(ids), limit - len(before) - len(after)):
            jobs.append((place, window, [*before, *ids[window.start : window.stop], *after]))
    jobs.sort(key=lambda job: -len(job[2]))
    results = in_batches([ids for _, _, ids in jobs], batch_size, run, what, length=len, most=most)
    parts: list[list[tuple[int, Rows]]] = [[] for _ in sequences]
    for (place, window, _), rows in zip(jobs, results, strict=True):
        low = len(sequences[place][0]) + window.keep_start - window.start
        own_rows = rows[low : low + window.keep_stop - window.keep_start]
        parts[place].append((window.keep_start, own_rows))
    return [np.concatenate([r for _, r in sorted(part, key=lambda p: p[0])]) for part in parts]
