"""Which phrase pairs may be in a table at all."""

from __future__ import annotations

import numpy as np

from xproj_core.domain.arrays import Vector
from xproj_core.mini.train.disk import forget
from xproj_core.mini.train.phrase_counting import PhraseCounts
from xproj_core.mini.train.phrase_extraction import LONGEST_PHRASE, Linked
from xproj_core.mini.train.whole_sentences import whole_sentences
from xproj_core.mini.translator.known_words import Vocabulary


class Allowed:
    """Pairs seen often enough, with no whole sentence and the same numbers on both sides."""

    def __init__(
        self, linked: Linked, vocabularies: tuple[Vocabulary, Vocabulary], least: int
    ) -> None:
        self._sides = linked.source, linked.target
        self._least = least
        self._whole = [whole_sentences(self._sides[n], vocabularies[n]) for n in (0, 1)]
        self._codes = [_encode_numbers(vocabulary) for vocabulary in vocabularies]

    def __call__(self, pairs: PhraseCounts) -> Vector[np.bool_]:
        single = (pairs.n_s == 1) & (pairs.n_t == 1)
        keep = (pairs.count >= self._least) | single
        for hashes, sentence_keys in zip((pairs.s, pairs.t), self._whole, strict=True):
            keep &= ~_among(hashes, sentence_keys)
        s, t = (
            self._sum(*arguments)
            for arguments in ((0, pairs.at_s, pairs.n_s), (1, pairs.at_t, pairs.n_t))
        )
        forget(*(side.ids for side in self._sides))
        result: Vector[np.bool_] = keep & (s == t)
        return result

    def _sum(self, which: int, at: Vector[np.int64], size: Vector[np.int64]) -> Vector[np.int64]:
        """A sum that two phrases share when the same words with digits are in them."""
        ids, codes = self._sides[which].ids, self._codes[which]
        total = np.zeros(len(at), dtype=np.int64)
        for k in range(LONGEST_PHRASE):
            inside = size > k
            total[inside] += codes[ids[at[inside] + k]]
        return total


def _among(values: Vector[np.uint64], ordered: Vector[np.uint64]) -> Vector[np.bool_]:
    if not len(ordered):
        return np.zeros(len(values), bool)
    at = np.minimum(np.searchsorted(ordered, values), len(ordered) - 1)
    matches: Vector[np.bool_] = ordered[at] == values
    return matches


def _encode_numbers(vocabulary: Vocabulary) -> Vector[np.int64]:
    """A number for each word with digits, 0 for the others."""
    codes = np.zeros(len(vocabulary), dtype=np.int64)
    for i, word in enumerate(vocabulary.words):
        digits = "".join(c for c in word if c.isdecimal())
        if digits:
            codes[i] = int(digits[:15]) * 2 + 1
    return codes
