"""Lexical weights: how well the words of a phrase pair translate one another.

Koehn, Och and Marcu (2003): each word's mean probability given the words it is linked to
(or given no word), multiplied over the phrase.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from xproj_core.train.phrase_counting import PhraseCounts
from xproj_core.train.phrase_extraction import LONGEST_PHRASE, Linked
from xproj_core.train.sides import Side

NO_WORD = -1
_FLOOR = 1e-7


class WordProbabilities:
    """p(right | left) from linked words; `NO_WORD` stands for an unlinked word's partner."""

    def __init__(self, left: NDArray[np.int64], right: NDArray[np.int64]) -> None:
        keys, counts = np.unique(_key(left, right), return_counts=True)
        lefts, place = np.unique(keys >> 32, return_inverse=True)
        totals = np.bincount(place, weights=counts, minlength=len(lefts))
        self._keys = keys
        self._values = counts / totals[place]

    def __call__(self, left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.float64]:
        keys = _key(left, right)
        at = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        return np.where(self._keys[at] == keys, self._values[at], 0.0)


def _key(left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.int64]:
    return ((left.astype(np.int64) + 1) << 32) | (right.astype(np.int64) + 1)


def word_probabilities(linked: Linked) -> tuple[WordProbabilities, WordProbabilities]:
    """p(target word | source word) and p(source word | target word)."""
    s, t = linked.source.ids.astype(np.int64), linked.target.ids.astype(np.int64)
    bare_s = s[~np.isin(np.arange(len(s)), linked.left)]
    bare_t = t[~np.isin(np.arange(len(t)), linked.right)]
    none_s, none_t = np.full(len(bare_t), NO_WORD), np.full(len(bare_s), NO_WORD)
    left = np.concatenate([s[linked.left], none_s])
    right = np.concatenate([t[linked.right], bare_t])
    left_back = np.concatenate([t[linked.right], none_t])
    right_back = np.concatenate([s[linked.left], bare_s])
    return WordProbabilities(left, right), WordProbabilities(left_back, right_back)


def lexical_weights(
    pairs: PhraseCounts, source: Side, target: Side,
    forward: WordProbabilities, back: WordProbabilities,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:  # fmt: skip
    """log lex(target | source) and log lex(source | target), per phrase pair."""
    s = _words(source, pairs.at_s, pairs.n_s)
    t = _words(target, pairs.at_t, pairs.n_t)
    bits = [[(pairs.pattern >> (LONGEST_PHRASE * i + j)) & 1 for j in range(LONGEST_PHRASE)]
            for i in range(LONGEST_PHRASE)]  # fmt: skip
    turned = [list(column) for column in zip(*bits, strict=True)]
    return _weight(s, t, bits, pairs.n_t, forward), _weight(t, s, turned, pairs.n_s, back)


def _words(side: Side, at: NDArray[np.int64], size: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    last = len(side.ids) - 1
    return [side.ids[np.minimum(at + k, last)].astype(np.int64) for k in range(LONGEST_PHRASE)]


def _weight(
    given: Sequence[NDArray[np.int64]], words: Sequence[NDArray[np.int64]],
    bits: Sequence[Sequence[NDArray[np.int64]]], size: NDArray[np.int64],
    probability: WordProbabilities,
) -> NDArray[np.float64]:  # fmt: skip
    total = np.zeros(len(size))
    for j in range(LONGEST_PHRASE):
        inside = np.flatnonzero(size > j)
        word = words[j][inside]
        mean, links = np.zeros(len(inside)), np.zeros(len(inside))
        for i in range(LONGEST_PHRASE):
            on = np.flatnonzero(bits[i][j][inside])
            mean[on] += probability(given[i][inside][on], word[on])
            links[on] += 1
        alone = np.flatnonzero(links == 0)
        mean[alone] = probability(np.full(len(alone), NO_WORD), word[alone])
        total[inside] += np.log(np.maximum(mean / np.maximum(links, 1), _FLOOR))
    return total
