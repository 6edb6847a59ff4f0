"""The words a lexicon knows, and what an unknown word most resembles among them."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property, lru_cache
from itertools import islice, takewhile

import numpy as np
from rapidfuzz.distance import Prefix

from xproj_core.domain.arrays import Vector

Mixture = tuple[tuple[int, float], ...]
_LINKS = ("", "s", "es", "n", "en", "e", "-")
_SHORTEST_PART = 4
_SHORTEST_STEM = 4
_COMPOUND = 9
_RARE = 8 * 5  # as stored: about thirty occurrences


@lru_cache(maxsize=100_000)
def folded(word: str) -> str:
    """Case-folded, without accents and other combining marks."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    return letters or word.casefold()


class Vocabulary:
    """Sorted case-folded words with their quantised counts.

    `mixture` expresses any word by known ones: itself, the same letters with other accents,
    the parts of a compound, or words with the same stem.
    """

    def __init__(self, words: Sequence[str], counts: Vector[np.uint8]) -> None:
        self.words = tuple(words)
        self.counts = counts
        self._ids = {word: n for n, word in enumerate(self.words)}
        self._mixtures: dict[str, tuple[Mixture, bool]] = {}

    def __len__(self) -> int:
        return len(self.words)

    def __contains__(self, word: str) -> bool:
        return word.casefold() in self._ids

    def id(self, word: str) -> int | None:
        """The word's number, None if it is unknown."""
        return self._ids.get(word.casefold())

    def log_count(self, word: str) -> float:
        """log2(1 + occurrences in training)."""
        index = self.id(word)
        return 0.0 if index is None else float(self.counts[index]) / 8

    def mixture(self, word: str) -> tuple[Mixture, bool]:
        """Known words with weights that stand for `word`, and whether it is known itself."""
        mixture = self._mixtures.get(word)
        if mixture is None:
            if len(self._mixtures) > 200_000:
                self._mixtures.clear()
            mixture = self._mixtures[word] = self._make(word.casefold())
        return mixture

    def _make(self, word: str) -> tuple[Mixture, bool]:
        known = self._ids.get(word)
        if known is not None:
            return self._with_parts(word, known), True
        same = self._folded_ids.get(folded(word))
        if same is not None:
            return ((same, 0.9),), True
        if not word[:1].isalpha():
            return (), False
        stems = self._stems(word)
        parts = self.parts(word)
        if parts and (not stems or len(word) > 9):
            return tuple((part, 0.8) for part in parts), False
        if stems:
            return tuple((n, 0.8 / len(stems)) for n in stems), False
        return tuple((n, 0.5) for n in self._ends(word)), False

    def _with_parts(self, word: str, known: int) -> Mixture:
        """The word itself; a rare compound had few chances to show all that it links to."""
        if len(word) < _COMPOUND or self.counts[known] > _RARE:
            return ((known, 1.0),)
        parts = [part for part in self.parts(word) if part != known]
        return ((known, 1.0), *((part, 0.6) for part in parts))

    def _ends(self, word: str) -> tuple[int, ...]:
        """The longest known ending and beginning of what may be a compound."""
        if len(word) < _COMPOUND:
            return ()
        ids = []
        for parts in (
            (word[cut:] for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART)),
            (word[:cut] for cut in range(len(word) - _SHORTEST_PART, _SHORTEST_PART, -1)),
        ):
            known = (self._ids[piece] for piece in parts if piece in self._ids)
            ids += list(islice(known, 1))
        return tuple(dict.fromkeys(ids))

    def parts(self, word: str, depth: int = 2) -> tuple[int, ...]:
        """The known words that `word` is compounded of, longest last part first."""
        for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
            last = self._ids.get(word[cut:])
            if last is None:
                continue
            head = word[:cut]
            for link in _LINKS:
                stem = head.removesuffix(link) if link else head
                first = self._ids.get(stem)
                if len(stem) >= _SHORTEST_PART and first is not None:
                    return (first, last)
            if depth and (more := self.parts(head, depth - 1)):
                return (*more, last)
        return ()

    def _stems(self, word: str) -> tuple[int, ...]:
        """Known words that share a long beginning, or a long ending (prefixing languages)."""
        ahead = _nearest(word, self._sorted)
        back = _nearest(word[::-1], self._reversed)
        if ahead[0] >= max(_SHORTEST_STEM, back[0], 0.6 * len(word)):
            return tuple(self._ids[w] for w in ahead[1])
        if back[0] >= max(_SHORTEST_STEM + 1, 0.7 * len(word)):
            return tuple(self._ids[w[::-1]] for w in back[1])
        return ()

    @cached_property
    def _folded_ids(self) -> dict[str, int]:
        plain: dict[str, int] = {}
        for n, word in enumerate(self.words):
            if not word.isascii():
                plain.setdefault(folded(word), n)
        for n, word in enumerate(self.words):
            if word.isascii():
                plain[word] = n
        return plain

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(w for w in self.words if len(w) >= _SHORTEST_STEM and w[0].isalpha())

    @cached_property
    def _reversed(self) -> list[str]:
        return sorted(w[::-1] for w in self._sorted)


def _nearest(word: str, ordered: Sequence[str], most: int = 6) -> tuple[int, list[str]]:
    """Length of the longest beginning shared with a word of `ordered`, and such words."""
    place = bisect_left(ordered, word)
    around = ordered[max(0, place - 1) : place + 1]
    shared = max((Prefix.similarity(word, w) for w in around), default=0)
    if shared == 0:
        return 0, []
    stem = word[:shared]
    first = bisect_left(ordered, stem)
    longest = max(shared + 4, len(word) + 3)
    close = takewhile(lambda w: w.startswith(stem), ordered[first : first + 40])
    return shared, [w for w in close if len(w) <= longest][:most]
