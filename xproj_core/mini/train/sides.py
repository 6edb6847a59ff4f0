"""Sentence pairs as arrays of word ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from xproj_core.domain.arrays import Vector
from xproj_core.mini.train.disk import forget, stored
from xproj_core.mini.translator.known_words import words_of
from xproj_core.text.tokenise import spans_of_words

LONGEST = 60  # words; link positions are kept as bits of one 64-bit integer
PART = 10_000
"""Sentences that are worked on at a time."""


@dataclass(frozen=True)
class Side:
    """Sentences of one language, one after another.

    Attributes:
        ids: all word ids, int32; on disk where there are many.
        starts: where each sentence begins in `ids`; one more entry than sentences.
    """

    ids: Vector[np.int32]
    starts: Vector[np.int64]

    def __len__(self) -> int:
        return len(self.starts) - 1

    @classmethod
    def of(cls, sentences: Iterable[Sequence[int]]) -> Side:
        flat: list[int] = []
        starts = [0]
        for sentence in sentences:
            flat.extend(sentence)
            starts.append(len(flat))
        return cls(np.array(flat, dtype=np.int32), np.array(starts, dtype=np.int64))

    def pick(self, rows: Vector[np.int64], path: Path | None = None) -> Side:
        """The sentences `rows`, in that order; their ids go to the file `path` if it is given."""
        sizes = np.diff(self.starts)[rows]
        starts = np.zeros(len(rows) + 1, dtype=np.int64)
        np.cumsum(sizes, out=starts[1:])

        def parts() -> Iterator[Vector[np.int32]]:
            for first in range(0, len(rows), PART):
                some, n = rows[first : first + PART], sizes[first : first + PART]
                begin = np.cumsum(n) - n
                yield self.ids[np.repeat(self.starts[some] - begin, n) + np.arange(n.sum())]
                forget(self.ids)

        return Side(stored(path, np.int32, parts()), starts)

    def parts(self, size: int | None = None) -> Iterator[tuple[range, Side]]:
        """The sentences, some at a time: their numbers, and they themselves."""
        size = size or PART
        for first in range(0, len(self), size):
            rows = range(first, min(first + size, len(self)))
            yield rows, self.part(rows)
            forget(self.ids)

    def part(self, rows: range) -> Side:
        """The sentences `rows`, which follow one another."""
        starts = self.starts[rows.start : rows.stop + 1]
        return Side(self.ids[starts[0] : starts[-1]], starts - starts[0])

    def sentence(self, row: int) -> list[int]:
        """The word ids of one sentence."""
        ids: list[int] = self.ids[self.starts[row] : self.starts[row + 1]].tolist()
        return ids


def split_words(text: str, language: str) -> tuple[str, ...]:
    """The normalised words of a training text."""
    tokens = [text[start:end] for start, end in spans_of_words(text, language)]
    return words_of(tokens, language).forms
