"""Sentence pairs as arrays of word ids."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xproj_core.text.tokenise import spans_of_words
from xproj_core.translate.phrase_based.words import (
    NUMBER,
    SPECIAL,
    Vocabulary,
    begins_anew,
    dropped,
    normal,
)

LONGEST = 60  # words; link positions are kept as bits of one 64-bit integer


@dataclass(frozen=True)
class Side:
    """Sentences of one language, one after another.

    Attributes:
        ids: all word ids, int32.
        starts: where each sentence begins in `ids`; one more entry than sentences.
    """

    ids: NDArray[np.int32]
    starts: NDArray[np.int64]

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

    def pick(self, rows: Sequence[int] | NDArray[np.int64]) -> Side:
        """The sentences `rows`, in that order."""
        return Side.of([self.sentence(int(r)) for r in rows])

    def sentence(self, row: int) -> list[int]:
        """The word ids of one sentence."""
        ids: list[int] = self.ids[self.starts[row] : self.starts[row + 1]].tolist()
        return ids


def split_words(text: str, language: str) -> tuple[str, ...]:
    """The normalised words of a training text."""
    tokens = (text[start:end] for start, end in spans_of_words(text, language))
    return tuple(normal(token) for token in tokens if not dropped(token, language))


def encode(sentences: Sequence[Sequence[str]], language: str) -> tuple[Vocabulary, Side]:
    """A vocabulary for `sentences`, and the sentences in it, true-cased.

    The first word of a sentence is given the casing that is most frequent inside
    sentences; a word never seen inside one is lower-cased unless its language writes
    nouns with capitals.
    """
    inside: Counter[str] = Counter()
    for sentence in sentences:
        inside.update(w for i, w in enumerate(sentence) if not begins_anew(sentence, i))
    usual: dict[str, str] = {}
    for word, _ in sorted(inside.items(), key=lambda item: (-item[1], item[0])):
        usual.setdefault(word.lower(), word)
    cased = [
        [_first(sentence, i, usual, language) if begins_anew(sentence, i) else w
         for i, w in enumerate(sentence)]
        for sentence in sentences
    ]  # fmt: skip
    counts = Counter(w for sentence in cased for w in sentence)
    counts.pop(NUMBER, None)
    vocabulary = Vocabulary([*SPECIAL, *sorted(counts, key=lambda word: (-counts[word], word))])
    ids = vocabulary.ids
    return vocabulary, Side.of([ids[w] for w in sentence] for sentence in cased)


def _first(sentence: Sequence[str], i: int, usual: dict[str, str], language: str) -> str:
    word = sentence[i]
    lower = word.lower()
    if lower in usual:
        return usual[lower]
    follows_name = len(sentence) > i + 1 and sentence[i + 1][:1].isupper()
    return word if language == "de" or follows_name or word.isupper() else lower
