"""From the words of training sentences to numbers, each in its usual casing."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np

from xproj_core.domain.arrays import Vector
from xproj_core.mini.train.disk import Rows
from xproj_core.mini.train.sides import PART, Side
from xproj_core.mini.translator.known_words import (
    NUMBER,
    OPENERS,
    SPECIAL,
    STOPS,
    Vocabulary,
)


def encode(
    sentences: Iterable[Sequence[str]], language: str, folder: Path | None = None
) -> tuple[Vocabulary, Side]:
    """A vocabulary for `sentences`, and the sentences in it, true-cased.

    The first word of a sentence is given the casing that is most frequent inside
    sentences; a word never seen inside one is lower-cased unless its language writes
    nouns with capitals.

    Args:
        folder: where the numbers go; without it they stay in memory.
    """
    words: dict[str, int] = {}
    raw = Rows(folder and folder / f"{language}.raw", np.int32)
    lengths = array("i")
    inside = np.zeros(0, np.int64)
    rest = iter(sentences)
    while some := list(islice(rest, PART)):
        lengths.extend(map(len, some))
        flat = np.array([words.setdefault(w, len(words)) for s in some for w in s], np.int32)
        anew = begin_anew(flat, _starts(list(map(len, some))), words)
        inside = _plus(inside, np.bincount(flat[~anew], minlength=len(words)))
        raw.add(flat)
    starts = _starts(lengths)
    plain = Side(raw.done(), starts)
    cased = Rows(folder and folder / f"{language}.cased", np.int32)
    casing = _Casing.of(words, inside, language)
    counts = np.zeros(len(words), np.int64)
    for _, part in plain.parts():
        cased_ids = casing(part, begin_anew(part.ids, part.starts, words))
        counts += np.bincount(cased_ids, minlength=len(words))
        cased.add(cased_ids)
    number = words.get(NUMBER)
    if number is not None:
        counts[number] = 0
    names = list(words)
    used = sorted(np.flatnonzero(counts).tolist(), key=lambda n: (-counts[n], names[n]))
    vocabulary = Vocabulary([*SPECIAL, *(names[n] for n in used)])
    ids = np.zeros(len(words), np.int32)
    ids[used] = np.arange(len(used)) + len(SPECIAL)
    if number is not None:
        ids[number] = SPECIAL.index(NUMBER)
    final = Rows(folder and folder / f"{language}.ids", np.int32)
    for _, part in Side(cased.done(), starts).parts():
        final.add(ids[part.ids])
    side = Side(final.done(), starts)
    if folder is not None:
        for name in ("raw", "cased"):
            (folder / f"{language}.{name}").unlink()
    return vocabulary, side


def _starts(lengths: Sequence[int]) -> Vector[np.int64]:
    starts = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(np.asarray(lengths, np.int64), out=starts[1:])
    return starts


def _plus(a: Vector[np.int64], b: Vector[np.int64]) -> Vector[np.int64]:
    b = b.astype(np.int64)
    b[: len(a)] += a
    return b


def begin_anew(
    ids: Vector[np.int32], starts: Vector[np.int64], words: dict[str, int]
) -> Vector[np.bool_]:
    """`words.begins_anew` for every word of many sentences."""
    stop, opener = (
        np.isin(ids, [words[w] for w in marks if w in words]) for marks in (STOPS, OPENERS)
    )
    first = np.zeros(len(ids) + 1, bool)
    first[starts[:-1]] = True
    first = first[:-1]
    anew = first.copy()
    anew[1:] |= stop[:-1]
    opener[1:], opener[:1] = opener[:-1].copy(), False
    opener &= ~first  # now: the word before is an opening mark of the same sentence
    while True:
        more = anew.copy()
        more[1:] |= opener[1:] & anew[:-1]
        if (more == anew).all():
            return anew
        anew = more


@dataclass(frozen=True)
class _Casing:
    """What a word becomes where a capital letter is due to the place, by the word's number.

    Attributes:
        usual: its most frequent casing inside sentences, -1 if there is none.
        lower: it in small letters.
        keeps: True for a word that stays as it is.
        capital: True for a word that begins with a capital letter.
    """

    usual: Vector[np.int32]
    lower: Vector[np.int32]
    keeps: Vector[np.bool_]
    capital: Vector[np.bool_]

    @classmethod
    def of(cls, words: dict[str, int], inside: Vector[np.int64], language: str) -> _Casing:
        """Adds to `words` what is missing in small letters."""
        names = list(words)
        usual: dict[str, int] = {}
        inside_words = np.flatnonzero(inside).tolist()
        for n in sorted(inside_words, key=lambda n: (-inside[n], names[n])):
            usual.setdefault(names[n].lower(), n)
        usual_forms = [usual.get(w.lower(), -1) for w in names]
        lower = [
            words.setdefault(w.lower(), len(words)) if u < 0 else u
            for w, u in zip(names, usual_forms, strict=True)
        ]
        return cls(
            np.array(usual_forms, np.int32),
            np.array(lower, np.int32),
            np.array([language == "de" or w.isupper() for w in names], bool),
            np.array([w[:1].isupper() for w in names], bool),
        )

    def __call__(self, side: Side, anew: Vector[np.bool_]) -> Vector[np.int32]:
        """The words of `side` as they are counted and learnt."""
        ids = np.array(side.ids)
        at = np.flatnonzero(anew)
        word = ids[at]
        last = np.zeros(len(ids) + 1, bool)
        last[side.starts[1:] - 1] = True  # an empty sentence marks the end of the one before it
        following = side.ids[np.minimum(at + 1, len(ids) - 1)] if len(ids) else word
        keeps = self.keeps[word] | (~last[at] & self.capital[following])
        ids[at] = np.where(
            self.usual[word] >= 0, self.usual[word], np.where(keeps, word, self.lower[word])
        )
        return ids
