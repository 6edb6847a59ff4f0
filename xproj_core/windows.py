"""Cutting a long sequence into overlapping windows, so that nothing is truncated."""

from __future__ import annotations

from dataclasses import dataclass


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
    made: list[Window] = []
    kept = 0
    for here, following in zip(starts, [*starts[1:], None], strict=True):
        stop = here + size
        # The border lies in the middle of what two neighbours share.
        border = length if following is None else (following + stop) // 2
        made.append(Window(here, stop, kept, border))
        kept = border
    return made
