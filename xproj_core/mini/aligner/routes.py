"""From one language's words to another's: over one lexicon, or over two and a language between.

Composition is the posterior product P(t|s) = sum over p of P(t|p) P(p|s) (Wu & Wang 2007).
"""

from __future__ import annotations

from typing import Protocol

import numpy as np

from xproj_core.domain.arrays import Matrix, Vector
from xproj_core.mini.aligner.lexicon import Lexicon
from xproj_core.mini.aligner.vocabulary import Vocabulary


class Route(Protocol):
    """Word probabilities between two vocabularies."""

    left: Vocabulary
    right: Vocabulary

    def between(
        self, rows: Vector[np.int64], columns: Vector[np.int64]
    ) -> tuple[Matrix[np.float32], Matrix[np.float32]]:
        """P(right | left) and P(left | right) of some words, both (n_rows, n_columns)."""
        ...

    def translations(self, word: int) -> tuple[Vector[np.int64], Vector[np.float32]]:
        """The right words that a left word may become, and their probabilities."""
        ...


class Direct:
    """Over one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.left, self.right = lexicon.left, lexicon.right
        self._forward, self._reverse = lexicon.forward, lexicon.reverse

    def between(
        self, rows: Vector[np.int64], columns: Vector[np.int64]
    ) -> tuple[Matrix[np.float32], Matrix[np.float32]]:
        """See `Route`."""
        forward: Matrix[np.float32] = self._forward[rows][:, columns].toarray()
        reverse: Matrix[np.float32] = self._reverse[rows][:, columns].toarray()
        return forward, reverse

    def translations(self, word: int) -> tuple[Vector[np.int64], Vector[np.float32]]:
        """See `Route`."""
        row = self._forward[[word]]
        return row.indices, row.data


class Composed:
    """Over two lexicons that share a language; its words are matched by spelling."""

    def __init__(self, first: Lexicon, second: Lexicon) -> None:
        self.left, self.right = first.left, second.right
        there, on = _shared(first.right, second.left)
        self._there = first.forward[:, there], first.reverse[:, there]
        self._on = second.forward[on].T.tocsr(), second.reverse[on].T.tocsr()
        self._on_transposed = second.forward[on]

    def between(
        self, rows: Vector[np.int64], columns: Vector[np.int64]
    ) -> tuple[Matrix[np.float32], Matrix[np.float32]]:
        """See `Route`."""
        forward = self._there[0][rows] @ self._on[0][columns].T
        reverse = self._there[1][rows] @ self._on[1][columns].T
        return forward.toarray(), reverse.toarray()

    def translations(self, word: int) -> tuple[Vector[np.int64], Vector[np.float32]]:
        """See `Route`."""
        row = self._there[0][[word]] @ self._on_transposed
        return row.indices, row.data


def _shared(first: Vocabulary, second: Vocabulary) -> tuple[Vector[np.int64], Vector[np.int64]]:
    """The numbers that the words of both vocabularies have in either."""
    pairs = [(n, m) for n, w in enumerate(first.words) if (m := second.id(w)) is not None]
    ids = np.array(pairs, np.int64).reshape(-1, 2)
    return ids[:, 0], ids[:, 1]
