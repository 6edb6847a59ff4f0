"""Sentence pairs as integer arrays: word classes, and batches of similar length."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from xproj_core.domain.arrays import Matrix, Vector
from xproj_core.mini.train.disk import forget, stored
from xproj_core.mini.train.sides import Side

MAX_LENGTH = 120
"""Longer sentences are left unaligned by the trainer: they teach little and cost much."""
_CELLS = 400_000
_STEM = 5
_FORGET = 50_000  # sentences


@dataclass(frozen=True, slots=True)
class Coded:
    """A corpus side: token classes, flat, and where each sentence starts."""

    ids: Vector[np.int32]
    offsets: Vector[np.int64]
    n_classes: int

    def lengths(self) -> Vector[np.int64]:
        """Tokens per sentence."""
        return np.diff(self.offsets)


def code(sentences: Sequence[Sequence[str]], rare: int = 5) -> Coded:
    """Tokens as classes: the case-folded word, or its first letters where it is rare.

    Words seen fewer than `rare` times share a class with the other rare words that begin
    with the same five letters: inflected forms then teach one another.
    """
    counts: Counter[str] = Counter(word.casefold() for s in sentences for word in s)
    of_word, n_classes = _classes(counts, rare)
    offsets = np.zeros(len(sentences) + 1, np.int64)
    np.cumsum([len(s) for s in sentences], out=offsets[1:])
    flat = (of_word[word.casefold()] for s in sentences for word in s)
    return Coded(np.fromiter(flat, np.int32, int(offsets[-1])), offsets, n_classes)


def code_side(side: Side, words: Sequence[str], path: Path | None = None, rare: int = 5) -> Coded:
    """What `code` makes of a side whose word `n` is `words[n]`; `path` is a file to keep it in."""
    first = np.full(len(words), np.iinfo(np.int64).max)
    frequencies = np.zeros(len(words), np.int64)
    for rows, part in side.parts():
        word_ids, place, number = np.unique(part.ids, return_index=True, return_counts=True)
        first[word_ids] = np.minimum(first[word_ids], place + side.starts[rows.start])
        frequencies[word_ids] += number
    counts: Counter[str] = Counter()
    for n in np.argsort(first, kind="stable")[: np.count_nonzero(frequencies)].tolist():
        counts[words[n].casefold()] += int(frequencies[n])
    of_word, n_classes = _classes(counts, rare)
    classes = np.array([of_word.get(word.casefold(), 0) for word in words], np.int32)
    ids = stored(path, np.int32, (classes[part.ids] for _, part in side.parts()))
    return Coded(ids, side.starts, n_classes)


def _classes(counts: Mapping[str, int], rare: int) -> tuple[dict[str, int], int]:
    """The class of each word, and how many there are."""
    classes: dict[str, int] = {}
    of_word: dict[str, int] = {}
    for word, count in counts.items():
        key = word if count >= rare or len(word) <= _STEM else word[:_STEM] + "\0"
        of_word[word] = classes.setdefault(key, len(classes))
    return of_word, max(1, len(classes))


@dataclass(frozen=True, slots=True)
class Batch:
    """Sentence pairs of similar lengths, padded.

    Attributes:
        sentences: (batch,) their numbers in the corpus.
        source, target: (batch, length) classes; padding is class 0.
        source_valid, target_valid: the same shapes, True where there is a token.
    """

    sentences: Vector[np.int64]
    source: Matrix[np.int32]
    target: Matrix[np.int32]
    source_valid: Matrix[np.bool_]
    target_valid: Matrix[np.bool_]


@dataclass(frozen=True, slots=True)
class Plan:
    """Which sentence pairs go together.

    Attributes:
        members: pairs with tokens on both sides, similar lengths together.
        batches: (first, last + 1, width, height): a stretch of `members` and its padded lengths.
    """

    members: Vector[np.int32]
    batches: list[tuple[int, int, int, int]]

    @classmethod
    def of(cls, source: Coded, target: Coded) -> Plan:
        n, m = source.lengths(), target.lengths()
        usable = np.flatnonzero((n > 0) & (m > 0) & (n <= MAX_LENGTH) & (m <= MAX_LENGTH))
        shape = _rounded(n[usable]) * 1000 + _rounded(m[usable])
        order = np.argsort(shape, kind="stable")
        shape = shape[order]
        edges = np.flatnonzero(np.diff(shape, prepend=-1, append=-1))
        stretches = []
        for start, end in pairwise(edges.tolist()):
            width, height = divmod(int(shape[start]), 1000)
            size = max(1, _CELLS // (width * height))
            stretches += [
                (first, min(first + size, end), width, height) for first in range(start, end, size)
            ]
        return cls(usable[order].astype(np.int32), stretches)

    def cells(self) -> int:
        """Source tokens times target tokens over all batches, padding counted."""
        return sum((stop - first) * w * h for first, stop, w, h in self.batches)


def batches(source: Coded, target: Coded, plan: Plan) -> Iterator[Batch]:
    """Every pair of `plan` once."""
    waiting = 0
    for first, stop, width, height in plan.batches:
        yield _batch(source, target, plan.members[first:stop].astype(np.int64), width, height)
        waiting += stop - first
        if waiting > _FORGET:
            forget(source.ids, target.ids)
            waiting = 0


def _batch(
    source: Coded, target: Coded, chosen: Vector[np.int64], width: int, height: int
) -> Batch:
    left, left_valid = _padded(source, chosen, width)
    right, right_valid = _padded(target, chosen, height)
    return Batch(chosen, left, right, left_valid, right_valid)


def _rounded(lengths: Vector[np.int64]) -> Vector[np.int64]:
    """Up to the next even number, from 16 on to the next multiple of 8."""
    grain = np.where(lengths <= 16, 2, 8)
    rounded: Vector[np.int64] = -(-lengths // grain) * grain
    return rounded


def _padded(
    side: Coded, sentences: Vector[np.int64], width: int
) -> tuple[Matrix[np.int32], Matrix[np.bool_]]:
    place = side.offsets[sentences][:, None] + np.arange(width)
    valid = place < side.offsets[sentences + 1][:, None]
    ids = side.ids[np.minimum(place, len(side.ids) - 1)]
    return np.where(valid, ids, 0).astype(np.int32), valid
