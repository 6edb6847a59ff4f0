"""Is a capitalised word a name or a common noun? For languages that write both with a capital.

A logistic model over hashed features of the word (beginning, end, runs of letters), of its
neighbours, and of the vocabulary (known with another ending, ends in a known noun). It was learnt
by `training/nouns.py` from words that keep their capital in an English translation and words
that lose it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from zlib import crc32

import numpy as np

from xproj_core.domain.arrays import Vector
from xproj_core.mini.translator import array_archive
from xproj_core.mini.translator.known_words import (
    SPECIAL,
    UNKNOWN_ID,
    Vocabulary,
    begins_anew,
    is_name_like,
)

BUCKETS = 1 << 14
LINKS = ("", "s", "es", "n", "en", "e", "er")
"""What German puts between the parts of a compound."""
_ENDINGS = ("e", "en", "n", "s", "es", "er", "in", "innen")
_SHORTEST_HEAD = 4
ALONE, BESIDE, AFTER_NAME, KNOWN = -2.5, -1.0, -5.0, -1.0
"""Log-odds of being a name under which a word is a common noun: one that no table has, with no
capital beside it, with one, and after a name (where surnames stand); and a known one."""


class NounModel:
    """Log-odds that a word is a name."""

    def __init__(self, weights: Vector[np.int8], scale: float, bias: float) -> None:
        """`weights` has `BUCKETS` entries, each in units of `scale`."""
        self._weights: list[int] = weights.tolist()
        self._scale, self._bias = scale, bias

    @classmethod
    def load(cls, path: Path) -> NounModel:
        """What `training/nouns.py` wrote.

        Raises:
            CheckpointError: the file is missing or damaged.
        """
        arrays = array_archive.load(path)
        scale, bias = arrays["scale_and_bias"].tolist()
        return cls(arrays["weights"], scale, bias)

    def score(self, forms: Sequence[str], i: int, vocabulary: Vocabulary) -> float:
        """Log-odds that the capitalised word `forms[i]` is a name, a common noun being below 0."""
        total = sum(self._weights[k] for k in buckets(forms, i, vocabulary))
        return self._bias + self._scale * total


class Judge:
    """Which capitalised words of a sentence are common nouns; none where capitals say enough."""

    def __init__(
        self, forms: Sequence[str], vocabulary: Vocabulary, nouns: NounModel | None
    ) -> None:
        self.forms, self.vocabulary, self._nouns = forms, vocabulary, nouns
        self._scores: dict[int, float] = {}

    def is_noun(self, i: int, *, known: bool) -> bool:
        """True for a capitalised word that is hardly a name; `known` if a table has it."""
        if self._nouns is None or not self._capital(i):
            return False
        if known:
            return self._score(i) < KNOWN
        if self._capital(i - 1) and not self.forms[i - 1].endswith("s") and self._score(i - 1) > 0:
            return self._score(i) < AFTER_NAME
        return self._score(i) < (BESIDE if self._capital(i - 1) or self._capital(i + 1) else ALONE)

    def is_genitive(self, i: int, ids: Sequence[int]) -> bool:
        """True for a name with an "s" and a common noun behind it: "Kowarskas Haus"."""
        form = self.forms[i]
        if not form[1:].islower() or len(form) < 5 or not form.endswith("s"):
            return False
        if form.endswith(("ss", "us")) or i + 1 >= len(ids):
            return False
        return self.is_noun(i + 1, known=ids[i + 1] != UNKNOWN_ID)

    def _capital(self, i: int) -> bool:
        return 0 <= i < len(self.forms) and is_name_like(self.forms[i])

    def _score(self, i: int) -> float:
        if self._nouns is not None and i not in self._scores:
            self._scores[i] = self._nouns.score(self.forms, i, self.vocabulary)
        return self._scores[i]


def buckets(forms: Sequence[str], i: int, vocabulary: Vocabulary) -> list[int]:
    """The features of a word in its place, each once, in order."""
    features = set(_of_word(forms[i]))
    features.update(map(_bucket, _of_neighbours(forms, i)))
    features.update(map(_bucket, _of_vocabulary(_last_part(forms[i]), vocabulary)))
    return sorted(features)


@lru_cache(maxsize=50_000)
def _bucket(feature: str) -> int:
    return crc32(feature.encode("utf-8", "replace")) % BUCKETS


def _last_part(form: str) -> str:
    return form.rpartition("-")[2] or form


@lru_cache(maxsize=20_000)
def _of_word(form: str) -> tuple[int, ...]:
    head = _last_part(form)
    word = f"^{head.lower()}$"
    names = [f"letters {min(len(head), 18)}"]
    if head != form:
        names.append("hyphen")
    if head.isupper():
        names.append("capitals")
    elif not head[1:].islower():
        names.append("mixed")
    names += [word[-n:] for n in range(2, min(7, len(word)) + 1)]
    names += [word[:n] for n in range(2, min(5, len(word) - 1) + 1)]
    names += ["*" + word[k : k + n] for n in (3, 4) for k in range(1, len(word) - n)]
    return tuple(map(_bucket, names))


def _of_neighbours(forms: Sequence[str], i: int) -> Iterator[str]:
    if begins_anew(forms, i):
        yield "first"
    elif is_name_like(forms[i - 1]):
        yield "after a capital"
    else:
        yield f"after {forms[i - 1].lower()}"
        yield f"after ...{forms[i - 1][-2:].lower()}"
    following = forms[i + 1] if i + 1 < len(forms) else ""
    if is_name_like(following):
        yield "before a capital"
        yield f"before ...{following[-2:]}"
    else:
        yield f"before {following.lower()}"


def _of_vocabulary(head: str, vocabulary: Vocabulary) -> Iterator[str]:
    """What is known of other words: the word itself may be looked at in training only."""
    for ending in _ENDINGS:
        if _knows(vocabulary, head + ending):
            yield "known with an ending"
        stem = head.removesuffix(ending)
        if _SHORTEST_HEAD <= len(stem) < len(head) and _knows(vocabulary, stem):
            yield "known without its ending"
    word = head.lower()
    if _knows(vocabulary, word):
        yield "known without a capital"
    for k in range(1, len(word) - _SHORTEST_HEAD + 1):
        if _knows(vocabulary, word[k:].capitalize()):
            yield f"ends in a known noun of {min(8, len(word) - k)}"
            if _is_modifier(word[:k], vocabulary):
                yield "two known words"
            break


def _is_modifier(word: str, vocabulary: Vocabulary) -> bool:
    stems = (word.removesuffix(link) for link in LINKS if word.endswith(link))
    return any(
        len(stem) > 2 and (_knows(vocabulary, stem.capitalize()) or _knows(vocabulary, stem))
        for stem in stems
    )


def _knows(vocabulary: Vocabulary, form: str) -> bool:
    return vocabulary.ids.get(form, UNKNOWN_ID) >= len(SPECIAL)
