"""Lexical weights: how well the words of a phrase pair translate one another.

Koehn, Och and Marcu (2003): each word's mean probability given the words it is linked to
(or given no word), multiplied over the phrase.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from xproj_core.domain.arrays import Vector
from xproj_core.mini.train.disk import forget
from xproj_core.mini.train.key_counts import KeyCounts
from xproj_core.mini.train.phrase_counting import PhraseCounts
from xproj_core.mini.train.phrase_extraction import LONGEST_PHRASE, Linked
from xproj_core.mini.train.sides import Side

NO_WORD = -1
_FLOOR = 1e-7
_PART = 1_000_000
_HALF = np.uint64(32)


class WordProbabilities:
    """p(right | left) from linked words; `NO_WORD` stands for an unlinked word's partner.

    Args:
        keys, counts: the sorted pairs (see `_key`), and how often each occurs.
        words: how many different left words there may be.
    """

    def __init__(self, keys: Vector[np.uint64], counts: Vector[np.int64], words: int) -> None:
        self._keys, self._counts = keys, counts
        self._totals = np.zeros(words + 1)
        for start in range(0, len(keys), _PART):
            lefts = (keys[start : start + _PART] >> _HALF).astype(np.intp)
            np.add.at(self._totals, lefts, counts[start : start + _PART].astype(float))
        forget(keys, counts)

    def __call__(self, left: Vector[np.int64], right: Vector[np.int64]) -> Vector[np.float64]:
        if not len(self._keys):
            return np.zeros(len(left))
        keys = _key(left, right)
        at = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        known = self._keys[at] == keys
        total = np.where(known, self._totals[left + 1], 1.0)
        return np.where(known, self._counts[at] / total, 0.0)

    def forget(self) -> None:
        """Give back the memory that looking up took."""
        forget(self._keys, self._counts)


def _key(left: Vector[np.int64], right: Vector[np.int64]) -> Vector[np.uint64]:
    key = ((left.astype(np.int64) + 1) << 32) | (right.astype(np.int64) + 1)
    return key.view(np.uint64)


def word_probabilities(
    linked: Linked, sizes: tuple[int, int], folder: Path | None = None
) -> tuple[WordProbabilities, WordProbabilities]:
    """p(target word | source word) and p(source word | target word).

    Args:
        sizes: of the two vocabularies.
    """
    forward, back = (KeyCounts(folder and folder / f"words.{n}") for n in (0, 1))
    for _, part in linked.parts():
        s, t = part.source.ids.astype(np.int64), part.target.ids.astype(np.int64)
        free_s, free_t = np.ones(len(s), bool), np.ones(len(t), bool)
        free_s[part.left] = free_t[part.right] = False
        bare_s, bare_t = s[free_s], t[free_t]
        none_s, none_t = np.full(len(bare_t), NO_WORD), np.full(len(bare_s), NO_WORD)
        forward.add(
            _key(np.concatenate([s[part.left], none_s]), np.concatenate([t[part.right], bare_t]))
        )
        back.add(
            _key(np.concatenate([t[part.right], none_t]), np.concatenate([s[part.left], bare_s]))
        )
    return (WordProbabilities(*forward.done(), sizes[0]), WordProbabilities(*back.done(), sizes[1]))


def lexical_weights(
    pairs: PhraseCounts,
    source: Side,
    target: Side,
    forward: WordProbabilities,
    back: WordProbabilities,
) -> tuple[Vector[np.float64], Vector[np.float64]]:
    """log lex(target | source) and log lex(source | target), per phrase pair."""
    s = _words(source, pairs.at_s, pairs.n_s)
    t = _words(target, pairs.at_t, pairs.n_t)
    bits = [
        [pairs.pattern & (1 << (LONGEST_PHRASE * i + j)) for j in range(LONGEST_PHRASE)]
        for i in range(LONGEST_PHRASE)
    ]
    turned = [list(column) for column in zip(*bits, strict=True)]
    weights = _weight(s, t, bits, pairs.n_t, forward), _weight(t, s, turned, pairs.n_s, back)
    forward.forget()
    back.forget()
    return weights


def _words(side: Side, at: Vector[np.int64], size: Vector[np.int64]) -> list[Vector[np.int64]]:
    last = len(side.ids) - 1
    return [side.ids[np.minimum(at + k, last)].astype(np.int64) for k in range(LONGEST_PHRASE)]


def _weight(
    conditions: Sequence[Vector[np.int64]],
    words: Sequence[Vector[np.int64]],
    bits: Sequence[Sequence[Vector[np.int64]]],
    size: Vector[np.int64],
    probability: WordProbabilities,
) -> Vector[np.float64]:
    total = np.zeros(len(size))
    for j in range(LONGEST_PHRASE):
        inside = np.flatnonzero(size > j)
        word = words[j][inside]
        mean, links = np.zeros(len(inside)), np.zeros(len(inside))
        for i in range(LONGEST_PHRASE):
            on = np.flatnonzero(bits[i][j][inside])
            mean[on] += probability(conditions[i][inside][on], word[on])
            links[on] += 1
        alone = np.flatnonzero(links == 0)
        mean[alone] = probability(np.full(len(alone), NO_WORD), word[alone])
        total[inside] += np.log(np.maximum(mean / np.maximum(links, 1), _FLOOR))
    return total
