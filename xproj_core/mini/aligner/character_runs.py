"""Names against runs of characters: where a script has no blanks, its tokens are characters.

"Merkel" is compared with every run of up to eight neighbouring characters, "默克尔" (mo ke er)
among them, by letters and by consonants. Transliteration keeps the consonants, roughly: Chinese
has no r, and tells p from b by breath alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from xproj_core.domain.arrays import Matrix
from xproj_core.mini.aligner.orthography import comparable, is_foreign

LONGEST = 8
LEAST = 0.64
"""Likeness from which a run counts: below it, chance finds one in most sentences."""
_SOUNDS = str.maketrans("ptkcqrvwfz", "bdggglbbbs")
_VOWELS = re.compile(r"[aeiouyh]+")
_TWICE = re.compile(r"(.)\1+")


def name_runs(source: Sequence[str], target: Sequence[str]) -> Matrix[np.float32] | None:
    """(n_source, n_target), how alike names and runs of characters are; None without runs.

    Works with either side in a script without blanks, and the other one in Latin letters.
    """
    for words, characters, turned in ((source, target, False), (target, source, True)):
        single = [len(c) == 1 and c.isalpha() and is_foreign(c) for c in characters]
        if sum(single) < 2 or any(is_foreign(w) for w in words):
            continue
        names = [w[:1].isupper() for w in words]
        scores = likeness(*comparable(words, characters), names, single)
        return scores.T if turned else scores
    return None


def exclusive(scores: Matrix[np.float32], named: Matrix[np.float32]) -> Matrix[np.float32]:
    """`scores` with the links of `named` put in: its characters and names link no one else."""
    free = (1 - named.max(axis=0, keepdims=True)) * (1 - named.max(axis=1, keepdims=True))
    together: Matrix[np.float32] = np.maximum(scores * free, named).astype(np.float32)
    return together


def skeleton(word: str) -> str:
    """The consonants of a word in Latin letters, like-sounding ones as one, none twice."""
    sounds = word.replace("x", "s").replace("j", "s").replace("sch", "s").translate(_SOUNDS)
    return _TWICE.sub(r"\1", _VOWELS.sub("", sounds))


def likeness(
    words: Sequence[str], characters: Sequence[str], names: Sequence[bool], single: Sequence[bool]
) -> Matrix[np.float32]:
    """(n_words, n_characters), how alike a name and the best run through a character are.

    Args:
        words, characters: both sides, folded and in Latin letters.
        names: which words to compare; others have 0.
        single: which characters may stand in a run.
    """
    scores = np.zeros((len(words), len(characters)), np.float32)
    rows = [i for i, w in enumerate(words) if names[i] and len(w) > 2 and skeleton(w)]
    spans = [
        (start, stop)
        for start in range(len(characters))
        for stop in range(start + 1, min(start + LONGEST, len(characters)) + 1)
        if stop - start > 1 and all(single[start:stop])
    ]
    if not rows or not spans:
        return scores
    runs = ["".join(characters[a:b]) for a, b in spans]
    left = [words[i] for i in rows]
    alike = cdist(left, runs, scorer=Indel.normalized_similarity)
    bones = [skeleton(w) for w in left], [skeleton(r) for r in runs]
    by_sound = cdist(*bones, scorer=Indel.normalized_similarity)
    first = np.array([[a[:1] == b[:1] for b in bones[1]] for a in bones[0]])
    together = np.where(first, 0.4 * alike + 0.6 * by_sound, 0.0)
    for row, i in enumerate(rows):
        best = int(together[row].argmax())
        if together[row, best] >= LEAST:
            start, stop = spans[best]
            scores[i, start:stop] = together[row, best]
    return scores
