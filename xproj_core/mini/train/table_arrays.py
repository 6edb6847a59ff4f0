"""The pairs of a phrase table as the arrays that are stored."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from xproj_core.domain.arrays import Matrix, Vector
from xproj_core.mini.train.phrase_counting import PhraseCounts
from xproj_core.mini.train.phrase_extraction import LONGEST_PHRASE, Linked
from xproj_core.mini.train.sides import Side
from xproj_core.mini.translator.phrase_table import LEVELS, SEEN_STEP, STEP

Arrays = dict[str, Vector[np.generic]]
_PIECE = 200_000


@dataclass(frozen=True)
class Part:
    """Some of the pairs that are kept, as they are stored where that is known already.

    Attributes:
        t: hashes of target phrases.
        source: each pair's source phrase, counted within the part.
        words_a: (source phrases, 5) word ids, -1 after the end; `words_b` one row per pair.
    """

    t: Vector[np.uint64]
    source: Vector[np.int32]
    words_a: Matrix[np.int32]
    words_b: Matrix[np.int32]
    pattern: Vector[np.uint32]
    previous: Matrix[np.uint32]
    following: Matrix[np.uint32]
    bytes: dict[str, Vector[np.uint8]]

    @classmethod
    def of(cls, pairs: PhraseCounts, linked: Linked, costs: dict[str, Vector[np.float64]]) -> Part:
        """`pairs`, sorted by source phrase, with the negative of each cost."""
        new = np.append(True, pairs.s[1:] != pairs.s[:-1])[: len(pairs)]
        stored = {
            name: np.clip(np.rint(-values * STEP), 0, 255).astype(np.uint8)
            for name, values in costs.items()
        }
        log_counts = np.clip(np.rint(np.log2(pairs.count) * SEEN_STEP), 0, 15)
        stored["seen"] = log_counts.astype(np.uint8)
        return cls(
            pairs.t,
            (np.cumsum(new) - 1).astype(np.int32),
            _words(linked.source, pairs.at_s[new], pairs.n_s[new]),
            _words(linked.target, pairs.at_t, pairs.n_t),
            pairs.pattern.astype(np.uint32),
            pairs.previous.astype(np.uint32),
            pairs.following.astype(np.uint32),
            stored,
        )


def _words(side: Side, at: Vector[np.int64], size: Vector[np.int64]) -> Matrix[np.int32]:
    words = np.full((len(at), LONGEST_PHRASE), -1, dtype=np.int32)
    for k in range(LONGEST_PHRASE):
        inside = size > k
        words[inside, k] = side.ids[at[inside] + k]
    return words


def arrays_of(parts: list[Part]) -> Arrays:
    """Pairs in the order of their source and target words."""
    first = np.cumsum([0, *(len(p.words_a) for p in parts)])
    rows_a, side_a = _in_order(np.concatenate([p.words_a for p in parts]))
    rows_a = np.concatenate([rows_a[p.source + n] for p, n in zip(parts, first[:-1], strict=True)])
    _, at, number = np.unique(
        np.concatenate([p.t for p in parts]), return_index=True, return_inverse=True
    )
    rows_b, side_b = _in_order(np.concatenate([p.words_b for p in parts])[at])
    rows_b = rows_b[number]
    order = np.lexsort((rows_b, rows_a))
    kinds, pattern = np.unique(np.concatenate([p.pattern for p in parts]), return_inverse=True)
    arrays: Arrays = {
        "sizes": np.bincount(rows_a, minlength=len(side_a)).astype(np.uint16),
        "partners": rows_b[order].astype(np.uint32),
        "pattern_kinds": kinds.astype(np.uint32),
        "pattern": pattern[order].astype(np.uint16),
    }
    for name in ("cost_b_a", "cost_a_b", "lex_b_a", "lex_a_b", "seen"):
        arrays[name] = np.concatenate([p.bytes[name] for p in parts])[order]
    for name in ("previous", "following"):
        counts = np.concatenate([getattr(p, name) for p in parts])
        mono, swap = _orientation(counts)
        arrays[f"mono_{name}"], arrays[f"swap_{name}"] = mono[order], swap[order]
    for name, words in (("a", side_a), ("b", side_b)):
        lengths = (words >= 0).sum(axis=1)
        arrays[f"lengths_{name}"] = lengths.astype(np.uint8)
        for k in range(LONGEST_PHRASE):
            arrays[f"words_{name}{k}"] = words[lengths > k, k].astype(np.uint32)
    return arrays


def _in_order(words: Matrix[np.int32]) -> tuple[Vector[np.int32], Matrix[np.int32]]:
    """Each phrase's place among the sorted distinct phrases, and these."""
    order = np.lexsort(words.T[::-1])
    place = np.empty(len(words), np.int32)
    place[order] = np.arange(len(words))
    return place, words[order]


def _orientation(counts: Matrix[np.uint32]) -> tuple[Vector[np.uint8], Vector[np.uint8]]:
    """Smoothed shares of monotone and swap, as levels."""
    total = counts.sum(axis=0, dtype=np.int64)
    prior = (total + 1.0) / (total.sum() + 3.0)
    cuts = (LEVELS[1:] + LEVELS[:-1]) / 2
    levels = np.empty((len(counts), 2), np.uint8)
    for start in range(0, len(counts), _PIECE):
        part = counts[start : start + _PIECE]
        share = (part + 4.0 * prior) / (part.sum(axis=1, keepdims=True) + 4.0)
        levels[start : start + _PIECE] = np.searchsorted(cuts, share[:, :2])
    return levels[:, 0], levels[:, 1]
