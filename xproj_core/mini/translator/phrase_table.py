"""The phrase pairs of two languages, usable in both directions.

One file holds the distinct phrases of either side, sorted, and for each pair its costs
(-log, in steps of 1/8), how often it was seen (log2, in steps of 1/2), the links inside, and
how it is placed relative to its neighbours.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from xproj_core.domain.arrays import Matrix, Vector
from xproj_core.mini.translator.array_archive import Array

_FACTOR = 0x9E3779B97F4A7C15
_MASK = (1 << 64) - 1


def phrase_hashes(ids: Vector[np.int32], longest: int) -> Matrix[np.uint64]:
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


def _mix(keys: Vector[np.uint64]) -> Vector[np.uint64]:
    return keys ^ (keys >> np.uint64(29))


def span_keys(ids: Sequence[int], longest: int) -> list[list[int]]:
    """For each first position, the keys of the spans of 1, 2, ... words that start there."""
    rows = []
    for start in range(len(ids)):
        key, row = 0, []
        for word in ids[start : start + longest]:
            key = (key * _FACTOR + word + 1) & _MASK
            key ^= key >> 29
            row.append(key)
        rows.append(row)
    return rows


LONGEST_PHRASE = 5
STEP = 8.0
SEEN_STEP = 2.0
LEVELS = np.array([0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.95])
_COSTS = ("cost_b_a", "cost_a_b", "lex_b_a", "lex_a_b")


class PhraseTable:
    """Phrase pairs of one direction.

    Attributes:
        costs: (n_pairs, 4) uint8: of the target given the source, of the source given the
            target, and the two lexical weights in the same order.
        patterns: per pair, links as bits: 5 * source word + target word.
        previous, following: per pair, the row of `ORIENTATION` towards each neighbour.
    """

    def __init__(self, arrays: Mapping[str, Array], forward: bool) -> None:
        a, b = ("a", "b") if forward else ("b", "a")
        rows_a = np.repeat(np.arange(len(arrays["sizes"])), arrays["sizes"])
        rows_b = arrays["partners"].astype(np.int64)
        source, target = (rows_a, rows_b) if forward else (rows_b, rows_a)
        order = np.argsort(source, kind="stable")
        words, lengths = _words(arrays, a)
        keys = _keys(words, lengths)
        by_key = np.argsort(keys)
        self._keys = keys[by_key]
        sizes = np.bincount(source, minlength=len(keys))
        firsts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
        self._first, self._size = firsts[by_key], sizes[by_key]
        self.words, self.lengths = _words(arrays, b)
        self.target = target[order].astype(np.int32)
        names = _COSTS if forward else (_COSTS[1], _COSTS[0], _COSTS[3], _COSTS[2])
        self.costs = np.stack([arrays[name][order] for name in names], axis=1)
        self._seen = arrays.get("seen", np.full(len(order), 4, np.uint8))[order]
        kinds = arrays["pattern_kinds"]
        self._kinds = kinds if forward else _turned(kinds)
        self._pattern = arrays["pattern"][order]
        mono = [arrays[f"mono_{side}"][order] for side in ("previous", "following")]
        swap = [arrays[f"swap_{side}"][order] for side in ("previous", "following")]
        swap = swap if forward else swap[::-1]
        self.previous = mono[0] * len(LEVELS) + swap[0]
        self.following = mono[1] * len(LEVELS) + swap[1]

    def __len__(self) -> int:
        return len(self.target)

    def find(self, keys: Sequence[int]) -> list[tuple[int, int]]:
        """For each source phrase's key, its pairs as rows [first, stop); empty if unknown."""
        if not len(self._keys):
            return [(0, 0)] * len(keys)
        queries = np.array(keys, dtype=np.uint64)
        at = np.minimum(np.searchsorted(self._keys, queries), len(self._keys) - 1)
        matches = self._keys[at] == queries
        first = np.where(matches, self._first[at], 0)
        stop = np.where(matches, first + self._size[at], 0)
        return list(zip(first.tolist(), stop.tolist(), strict=True))

    def single_words(self, size: int) -> bytes:
        """For each word id below `size`, 1 where the word alone has a pair, else 0."""
        keys = phrase_hashes(np.arange(size, dtype=np.int32), 1)[0]
        return np.isin(keys, self._keys).astype(np.uint8).tobytes()

    def features(self, first: int, stop: int) -> Matrix[np.float64]:
        """(stop - first, 5): four log-probabilities and minus one over the count."""
        matrix = np.empty((stop - first, 5))
        matrix[:, :4] = self.costs[first:stop] / -STEP
        matrix[:, 4] = -(2.0 ** (self._seen[first:stop] / -SEEN_STEP))
        return matrix

    def pattern(self, row: int) -> int:
        """The links of pair `row`."""
        return int(self._kinds[self._pattern[row]])

    def target_words(self, row: int) -> tuple[int, ...]:
        """The target phrase of pair `row`, as word ids."""
        target = self.target[row]
        return tuple(self.words[target, : self.lengths[target]].tolist())


def _words(arrays: Mapping[str, Array], side: str) -> tuple[Matrix[np.int32], Vector[np.int64]]:
    lengths = arrays[f"lengths_{side}"].astype(np.int64)
    words = np.full((len(lengths), LONGEST_PHRASE), -1, dtype=np.int32)
    for k in range(LONGEST_PHRASE):
        words[lengths > k, k] = arrays[f"words_{side}{k}"]
    return words, lengths


def _keys(words: Matrix[np.int32], lengths: Vector[np.int64]) -> Vector[np.uint64]:
    keys = np.zeros(len(words), dtype=np.uint64)
    flat = np.ascontiguousarray(words).reshape(-1)
    if len(flat):
        table = phrase_hashes(flat, LONGEST_PHRASE)[:, ::LONGEST_PHRASE]
        keys = table[lengths - 1, np.arange(len(words))]
    return keys


def _turned(kinds: Array) -> Array:
    """The same links with source and target exchanged."""
    turned = np.zeros_like(kinds)
    for i in range(LONGEST_PHRASE):
        for j in range(LONGEST_PHRASE):
            bit = (kinds >> (LONGEST_PHRASE * i + j)) & 1
            turned |= bit << (LONGEST_PHRASE * j + i)
    return turned


def orientation_logs() -> list[tuple[float, float, float]]:
    """log p(monotone), log p(swap), log p(discontinuous) per code of two levels."""
    return [
        (float(np.log(m)), float(np.log(s)), float(np.log(max(1 - m - s, LEVELS[0]))))
        for m in LEVELS
        for s in LEVELS
    ]
