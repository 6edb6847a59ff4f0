"""How alike two words are written: names, cognates, numbers, inflected names.

Words are compared case-folded and without accents; words in different scripts after
romanisation (uroman, loaded only then).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz.distance import Indel, Prefix
from rapidfuzz.process import cdist

from xproj_core.domain.arrays import Matrix
from xproj_core.mini.aligner.vocabulary import folded

if TYPE_CHECKING:
    from uroman import Uroman


@cache
def _uroman() -> Uroman:
    from uroman import Uroman

    return Uroman()


@lru_cache(maxsize=100_000)
def _latin(word: str) -> str:
    """`word` in Latin letters, folded."""
    return folded(str(_uroman().romanize_string(word)))


def is_foreign(word: str) -> bool:
    """True when the word's first letter is not Latin."""
    for character in word:
        if character.isalpha():
            return not unicodedata.name(character, "LATIN").startswith("LATIN")
    return False


def comparable(source: Sequence[str], target: Sequence[str]) -> tuple[list[str], list[str]]:
    """Both sentences' words folded, and in Latin letters if their scripts differ."""
    scripts = {is_foreign(w) for w in source}, {is_foreign(w) for w in target}
    if scripts[0] == scripts[1]:
        return [folded(w) for w in source], [folded(w) for w in target]
    sides = (source, target)
    left, right = ([_latin(w) if is_foreign(w) else folded(w) for w in s] for s in sides)
    return left, right


def similarity(source: Sequence[str], target: Sequence[str]) -> Matrix[np.float32]:
    """(n_source, n_target) likeness in [0, 1] of comparable words.

    The better of: the share of letters in common in order (indel), and, for a stem of four
    letters or more, how much of the shorter word begins or ends the longer one ("Kenya" in
    "Kenyas", "nairobi" in "enairobi").
    """
    if not source or not target:
        return np.zeros((len(source), len(target)), np.float32)
    # No cut-off before: a low likeness is evidence too.
    alike: Matrix[np.float32] = cdist(
        source, target, scorer=Indel.normalized_similarity, dtype=np.float32
    )
    begin = cdist(source, target, scorer=Prefix.similarity, dtype=np.float32)
    back = [w[::-1] for w in source], [w[::-1] for w in target]
    end = cdist(*back, scorer=Prefix.similarity, dtype=np.float32)
    lengths = np.array([len(w) for w in source]), np.array([len(w) for w in target])
    shorter = np.minimum(lengths[0][:, None], lengths[1][None, :])
    longer = np.maximum(lengths[0][:, None], lengths[1][None, :])
    stem = np.maximum(begin, end)
    part = stem / np.maximum(shorter, 1) * np.sqrt(shorter / np.maximum(longer, 1))
    alike = np.maximum(alike, np.where(stem >= 4, part, 0.0))
    return alike.astype(np.float32)


KINDS = ("word", "number", "mark")


def kind(token: str) -> int:
    """Index into `KINDS`."""
    if any(c.isalpha() for c in token):
        return 0
    return 1 if any(c.isnumeric() for c in token) else 2
