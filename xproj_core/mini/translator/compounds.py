"""German compounds that no table has: two or three known words in one.

The split whose parts are most frequent wins (Koehn and Knight 2003, with ranks for counts).
"""

from __future__ import annotations

from math import log

import regex

from xproj_core.mini.translator.known_words import Entries
from xproj_core.mini.translator.nouns import LINKS

_SHORTEST = 4
_WORD = regex.compile(r"\p{L}{8,40}")


def split(form: str, entries: Entries) -> tuple[int, ...]:
    """The entries of the parts of `form`, empty if it cannot be split into known words."""
    if not _WORD.fullmatch(form):
        return ()
    return _best(form.lower(), form[0].isupper(), entries, 3)[1]


def _best(word: str, noun: bool, entries: Entries, most: int) -> tuple[float, tuple[int, ...]]:
    best: tuple[float, tuple[int, ...]] = (float("inf"), ())
    for at in range(_SHORTEST, len(word) - _SHORTEST + 1):
        head = _entry(word[at:], entries, noun)
        first, modifier = _modifier(word[:at], entries, most)
        if not modifier:
            continue
        if head and first + log(head) < best[0]:
            best = (first + log(head), (*modifier, head))
    return best


def _modifier(word: str, entries: Entries, most: int) -> tuple[float, tuple[int, ...]]:
    """A word that stands before the head, without its linking element, or a compound itself."""
    for link in LINKS:
        stem = word.removesuffix(link)
        if word.endswith(link) and len(stem) >= _SHORTEST - 1:
            entry = _entry(stem, entries, None)
            if entry:
                return log(entry), (entry,)
    if most > 2 and len(word) >= 2 * _SHORTEST:
        cost, parts = _best(word.removesuffix("s"), True, entries, most - 1)
        return cost + 2.0, parts
    return float("inf"), ()


def _entry(word: str, entries: Entries, noun: bool | None) -> int:
    """The id of `word` as a noun, as another word, or (None) as whichever there is."""
    large = word.capitalize()
    forms = (large, word) if noun is None else (large,) if noun else (word,)
    return next((i for f in forms if (i := entries.find(f))), 0)
