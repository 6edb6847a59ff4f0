"""Invented names put into sentence pairs, so that the aligner's fit meets names nobody knows."""

from __future__ import annotations

import numpy as np

from xproj_core.domain.arrays import Matrix

_ONSETS = "b br c ch d dr f fr g gr h j k kl l m n p pr r s sch st t tr v w z".split()
_NUCLEI = "a e i o u a e i o au ei ia ou".split()
_CODAS = ["", "", "", "n", "r", "l", "s", "m", "t", "ck", "nd"]
_SUFFIXES = ["s", "s", "n", "er", "isch", "o", "a", "ni", "es"]
_PREFIXES = ["e", "u", "i", "wase", "ku", "ya"]


def put_names(
    source: list[str],
    target: list[str],
    links: Matrix[np.bool_],
    rng: np.random.Generator,
    most: int = 2,
) -> tuple[list[str], list[str], Matrix[np.bool_]]:
    """Up to `most` linked word pairs replaced by names of one to three words."""
    for _ in range(int(rng.integers(0, most + 1))):
        alone = links & (links.sum(0) == 1)[None, :] & (links.sum(1) == 1)[:, None]
        places = [
            (i, j) for i, j in np.argwhere(alone) if len(source[i]) > 3 and len(target[j]) > 3
        ]
        if not len(places):
            break
        i, j = places[int(rng.integers(len(places)))]
        size = int(rng.choice([1, 1, 2, 2, 3]))
        pairs = [_name(rng) for _ in range(size)]
        links = _widened(links, int(i), int(j), size)
        source = [*source[:i], *(a for a, _ in pairs), *source[i + 1 :]]
        target = [*target[:j], *(b for _, b in pairs), *target[j + 1 :]]
    return source, target, links


def _widened(links: Matrix[np.bool_], i: int, j: int, size: int) -> Matrix[np.bool_]:
    """`links` with the link i-j replaced by `size` links in a row."""
    rows = np.insert(links, [i] * (size - 1), False, axis=0)
    both: Matrix[np.bool_] = np.insert(rows, [j] * (size - 1), False, axis=1)
    for k in range(size):
        both[i + k, j : j + size] = False
        both[i + k, j + k] = True
    return both


def _name(rng: np.random.Generator) -> tuple[str, str]:
    """A name and how the other language writes it: mostly the same, else inflected, respelt,
    an acronym in another order, or another name altogether."""
    if rng.random() < 0.12:
        letters = rng.choice(list("ABCDEFGHIKLMNOPRSTUV"), int(rng.integers(2, 5)))
        mixed = rng.permutation(letters) if rng.random() < 0.5 else letters
        return "".join(letters), "".join(mixed)
    word = _word(rng)
    chance = rng.random()
    if chance < 0.55:
        return word, word
    if chance < 0.70:
        return word, word + str(rng.choice(_SUFFIXES))
    if chance < 0.78:
        return word, str(rng.choice(_PREFIXES)) + word
    if chance < 0.88:
        place = int(rng.integers(1, len(word)))
        return word, word[:place] + str(rng.choice(_NUCLEI)) + word[place + 1 :]
    return word, _word(rng)


def _word(rng: np.random.Generator) -> str:
    parts = [
        str(rng.choice(_ONSETS)) + str(rng.choice(_NUCLEI)) + str(rng.choice(_CODAS))
        for _ in range(int(rng.integers(2, 4)))
    ]
    return "".join(parts).capitalize()
