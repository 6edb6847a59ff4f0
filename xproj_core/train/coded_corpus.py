"""Sentence pairs as integer arrays: word classes, and batches of similar length."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
MAX_LENGTH = 120
"""Longer sentences are left unaligned by the trainer: they teach little and cost much."""
_CELLS = 400_000
_STEM = 5


@dataclass(frozen=True, slots=True)
class Coded:
    """A corpus side: token classes, flat, and where each sentence starts."""

    ids: Ints
    offsets: NDArray[np.int64]
    n_classes: int

    def lengths(self) -> NDArray[np.int64]:
        """Tokens per sentence."""
        return np.diff(self.offsets)


def code(sentences: Sequence[Sequence[str]], rare: int = 5) -> Coded:
    """Tokens as classes: the case-folded word, or its first letters where it is rare.

    Words seen fewer than `rare` times share a class with the other rare words that begin
    with the same five letters: inflected forms then teach one another.
    """
    counts: Counter[str] = Counter(word.casefold() for s in sentences for word in s)
    classes: dict[str, int] = {}
    of_word: dict[str, int] = {}
    for word, count in counts.items():
        key = word if count >= rare or len(word) <= _STEM else word[:_STEM] + "\0"
        of_word[word] = classes.setdefault(key, len(classes))
    offsets = np.zeros(len(sentences) + 1, np.int64)
    np.cumsum([len(s) for s in sentences], out=offsets[1:])
    flat = (of_word[word.casefold()] for s in sentences for word in s)
    return Coded(np.fromiter(flat, np.int32, int(offsets[-1])), offsets, max(1, len(classes)))


@dataclass(frozen=True, slots=True)
class Batch:
    """Sentence pairs of similar lengths, padded.

    Attributes:
        sentences: (batch,) their numbers in the corpus.
        source, target: (batch, length) classes; padding is class 0.
        source_valid, target_valid: the same shapes, True where there is a token.
    """

    sentences: NDArray[np.int64]
    source: Ints
    target: Ints
    source_valid: NDArray[np.bool_]
    target_valid: NDArray[np.bool_]


def batches(source: Coded, target: Coded) -> Iterator[Batch]:
    """Every pair with tokens on both sides once, similar lengths together."""
    n, m = source.lengths(), target.lengths()
    usable = np.flatnonzero((n > 0) & (m > 0) & (n <= MAX_LENGTH) & (m <= MAX_LENGTH))
    rounded_n, rounded_m = _rounded(n[usable]), _rounded(m[usable])
    order = np.lexsort((usable, rounded_m, rounded_n))
    shape = rounded_n[order] * 1000 + rounded_m[order]
    edges = np.flatnonzero(np.diff(shape, prepend=-1, append=-1))
    for start, end in pairwise(edges):
        members = usable[order[start:end]]
        width, height = divmod(int(shape[start]), 1000)
        size = max(1, _CELLS // (width * height))
        for first in range(0, len(members), size):
            yield _batch(source, target, members[first : first + size], width, height)


def _batch(
    source: Coded, target: Coded, chosen: NDArray[np.int64], width: int, height: int
) -> Batch:
    left, left_valid = _padded(source, chosen, width)
    right, right_valid = _padded(target, chosen, height)
    return Batch(chosen, left, right, left_valid, right_valid)


def _rounded(lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """Up to the next even number, from 16 on to the next multiple of 8."""
    grain = np.where(lengths <= 16, 2, 8)
    rounded: NDArray[np.int64] = -(-lengths // grain) * grain
    return rounded


def _padded(
    side: Coded, sentences: NDArray[np.int64], width: int
) -> tuple[Ints, NDArray[np.bool_]]:
    place = side.offsets[sentences][:, None] + np.arange(width)
    valid = place < side.offsets[sentences + 1][:, None]
    ids = side.ids[np.minimum(place, len(side.ids) - 1)]
    return np.where(valid, ids, 0).astype(np.int32), valid
