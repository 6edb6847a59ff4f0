"""Word shape classes, fed to an uncased encoder through its token type embedding."""

from __future__ import annotations

from collections.abc import Sequence

LOWER, INITIAL, UPPER, MIXED, SENTENCE_INITIAL = range(5)
N_CLASSES = 5

_SENTENCE_ENDS = frozenset(".!?…:;\"'“”„«»‘’([*-–—•|")


def word_shape(word: str) -> int:
    """LOWER (also digits, signs and scripts without case), INITIAL, UPPER or MIXED."""
    letters = [c for c in word if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    if capitals == 0:
        return LOWER
    if capitals == len(letters):
        # "I" or the "J" of "J. Smith" says no more than a capital initial does
        return UPPER if capitals > 1 else INITIAL
    return INITIAL if capitals == 1 and letters[0].isupper() else MIXED


def case_classes(words: Sequence[str]) -> list[int]:
    """One class per word; a capital initial that the position alone explains is SENTENCE_INITIAL.

    Such a capital says little about names, so the encoder should not read it as one.
    """
    classes: list[int] = []
    at_start = True
    for word in words:
        shape = word_shape(word)
        classes.append(SENTENCE_INITIAL if shape == INITIAL and at_start else shape)
        if any(c.isalnum() for c in word):
            at_start = False
        elif word and all(c in _SENTENCE_ENDS for c in word):
            at_start = True
    return classes
