"""Phrase pairs that agree with the links of a word-aligned corpus.

Consistent phrase pairs as in Och and Ney (2004): at least one link inside, no link that
leaves the pair; unaligned words at the target's edges may belong to it or not. All
sentences are worked on at once, as arrays over corpus positions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np

from xproj_core.domain import Link
from xproj_core.domain.arrays import Vector
from xproj_core.mini.train.disk import Rows, forget
from xproj_core.mini.train.sides import Side

LONGEST_PHRASE = 5
_FAR = np.int64(1) << 40
Ints = Vector[np.int64]
"""Corpus positions, or numbers of words."""


@dataclass(frozen=True)
class Occurrences:
    """Phrase pairs, one row per occurrence; positions are corpus positions.

    Attributes:
        source, target: first word of either side.
        source_length, target_length: number of words.
        previous, following: orientation towards the neighbour on the target side:
            0 monotone, 1 swap, 2 discontinuous.
    """

    source: Ints
    source_length: Ints
    target: Ints
    target_length: Ints
    previous: Ints
    following: Ints


@dataclass(frozen=True)
class Linked:
    """Two sides with their links as corpus positions, int64, sorted by source then target;
    on disk where there are many."""

    source: Side
    target: Side
    left: Ints
    right: Ints

    @classmethod
    def of(cls, source: Side, target: Side, links: Sequence[Sequence[Link]]) -> Linked:
        sizes = np.zeros(len(links), dtype=np.int64)

        def numbers() -> Iterator[int]:
            for n, row in enumerate(links):
                sizes[n] = len(row)
                yield from chain.from_iterable(row)

        flat = np.fromiter(numbers(), dtype=np.int64).reshape(-1, 2)
        left = flat[:, 0] + np.repeat(source.starts[:-1], sizes)
        right = flat[:, 1] + np.repeat(target.starts[:-1], sizes)
        order = np.lexsort((right, left))
        return cls(source, target, left[order], right[order])

    @classmethod
    def stored(
        cls,
        source: Side,
        target: Side,
        links: Sequence[Sequence[Link]],
        folder: Path | None = None,
        progress: Callable[[float], None] | None = None,
    ) -> Linked:
        """The same as `of`; the links are asked for some at a time and kept in `folder`."""
        left, right = (Rows(folder and folder / f"links.{n}", np.int64) for n in (0, 1))
        for (rows, s), (_, t) in zip(source.parts(), target.parts(), strict=True):
            part = cls.of(s, t, links[rows.start : rows.stop])
            left.add(part.left + source.starts[rows.start])
            right.add(part.right + target.starts[rows.start])
            if progress is not None:
                progress(rows.stop / len(source))
        return cls(source, target, left.done(), right.done())

    def parts(self, size: int | None = None) -> Iterator[tuple[range, Linked]]:
        """The sentences, some at a time: their numbers, and they themselves with their links."""
        for (rows, s), (_, t) in zip(self.source.parts(size), self.target.parts(size), strict=True):
            first, last = self.source.starts[[rows.start, rows.stop]]
            begin, end = np.searchsorted(self.left, [first, last])
            yield (
                rows,
                Linked(
                    s,
                    t,
                    self.left[begin:end] - first,
                    self.right[begin:end] - self.target.starts[rows.start],
                ),
            )
            forget(self.left, self.right)


def _reach(here: Ints, there: Ints, size: int) -> tuple[Ints, Ints]:
    """Lowest and highest linked position on the other side, per position."""
    low, high = np.full(size, _FAR), np.full(size, -1, dtype=np.int64)
    np.minimum.at(low, here, there)
    np.maximum.at(high, here, there)
    return low, high


def _ends(side: Side) -> Ints:
    """Per position, where its sentence ends."""
    return np.repeat(side.starts[1:], np.diff(side.starts))


def _begins(side: Side) -> Ints:
    return np.repeat(side.starts[:-1], np.diff(side.starts))


def _windows(low: Ints, high: Ints) -> tuple[list[Ints], list[Ints]]:
    """Lowest and highest over windows of 1 to LONGEST_PHRASE positions."""
    lows, highs = [low], [high]
    for n in range(1, LONGEST_PHRASE):
        lows.append(np.minimum(lows[-1], np.append(low[n:], np.full(min(n, len(low)), _FAR))))
        highs.append(np.maximum(highs[-1], np.append(high[n:], np.full(min(n, len(high)), -1))))
    return lows, highs


def extract(linked: Linked) -> Iterator[Occurrences]:
    """All consistent phrase pairs, a part at a time."""
    size_s, size_t = len(linked.source.ids), len(linked.target.ids)
    if not size_s or not size_t or not len(linked.left):
        return
    lows, highs = _windows(*_reach(linked.left, linked.right, size_s))
    back_lows, back_highs = _windows(*_reach(linked.right, linked.left, size_t))
    bare = back_highs[0] < 0
    ends, t_begins, t_ends = _ends(linked.source), _begins(linked.target), _ends(linked.target)
    oriented = _Orientation(linked)
    for n in range(1, LONGEST_PHRASE + 1):
        first = np.arange(size_s - n + 1)
        first = first[first + n <= ends[first]]
        low, high = lows[n - 1][first], highs[n - 1][first]
        keep = (high >= 0) & (high - low < LONGEST_PHRASE)
        first, low, high = first[keep], low[keep], high[keep]
        span = high - low
        inner_low = np.select(
            [span == m for m in range(LONGEST_PHRASE)],
            [back_lows[m][low] for m in range(LONGEST_PHRASE)],
        )
        inner_high = np.select(
            [span == m for m in range(LONGEST_PHRASE)],
            [back_highs[m][low] for m in range(LONGEST_PHRASE)],
        )
        keep = (inner_low >= first) & (inner_high < first + n)
        first, low, high = first[keep], low[keep], high[keep]
        for rows, begin, stop in _extensions(low, high, bare, t_begins, t_ends, first):
            previous, following = oriented(rows, n, begin, stop)
            yield Occurrences(rows, np.full(len(rows), n), begin, stop - begin, previous, following)


def _extensions(
    low: Ints,
    high: Ints,
    bare: Vector[np.bool_],
    begins: Ints,
    ends: Ints,
    first: Ints,
) -> Iterator[tuple[Ints, Ints, Ints]]:
    """The target spans with every choice of unaligned words at their edges."""
    rows, begin = first, low
    stop = high + 1
    while len(rows):
        inner_rows, inner_begin, inner_stop = rows, begin, stop
        while len(inner_rows):
            yield inner_rows, inner_begin, inner_stop
            room = (inner_stop < ends[inner_begin]) & (inner_stop - inner_begin < LONGEST_PHRASE)
            room[room] &= bare[inner_stop[room]]
            inner_rows, inner_begin = inner_rows[room], inner_begin[room]
            inner_stop = inner_stop[room] + 1
        room = (begin > begins[begin]) & (stop - begin < LONGEST_PHRASE)
        room[room] &= bare[begin[room] - 1]
        rows, begin, stop = rows[room], begin[room] - 1, stop[room]


class _Orientation:
    """Word-based orientation (Koehn et al. 2005): which corner of the phrase is linked."""

    def __init__(self, linked: Linked) -> None:
        self._width = np.int64(len(linked.target.ids) + 1)
        self._keys = np.unique(linked.left * self._width + linked.right)
        self._s_begins, self._s_ends = _begins(linked.source), _ends(linked.source)
        self._t_begins, self._t_ends = _begins(linked.target), _ends(linked.target)

    def _linked(self, source: Ints, target: Ints) -> Vector[np.bool_]:
        keys = source * self._width + target
        place = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        matches: Vector[np.bool_] = self._keys[place] == keys
        return matches

    def __call__(self, first: Ints, n: int, begin: Ints, stop: Ints) -> tuple[Ints, Ints]:
        s_first, s_last = first == self._s_begins[first], first + n == self._s_ends[first]
        t_first, t_last = begin == self._t_begins[begin], stop == self._t_ends[begin]
        before = (~s_first & ~t_first & self._linked(first - 1, begin - 1)) | (s_first & t_first)
        swap_before = ~before & ~s_last & ~t_first & self._linked(first + n, begin - 1)
        after = (~s_last & ~t_last & self._linked(first + n, stop)) | (s_last & t_last)
        swap_after = ~after & ~s_first & ~t_last & self._linked(first - 1, stop)
        return (
            np.where(before, 0, np.where(swap_before, 1, 2)),
            np.where(after, 0, np.where(swap_after, 1, 2)),
        )
