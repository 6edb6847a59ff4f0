"""A 4-gram model with interpolated Kneser-Ney smoothing, pruned.

Chen and Goodman (1998) with one discount per order; n-grams of two and more words that
occur once are dropped after smoothing and their mass is left to the shorter history, as
in Heafield et al. (2013).

What grows with the corpus is counted in sorted runs on disk and read a block at a time; what is
kept is in memory.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from xproj_core.domain.arrays import Vector
from xproj_core.mini.train.disk import Rows, forget
from xproj_core.mini.train.key_counts import KeyCounts
from xproj_core.mini.train.sides import Side
from xproj_core.mini.train.whole_sentences import punctuation, sentence_cores
from xproj_core.mini.translator.known_words import (
    END_ID,
    START_ID,
    UNKNOWN_ID,
    Vocabulary,
)
from xproj_core.mini.translator.language_model import BITS, ORDER, pack_costs

Keys = Vector[np.uint64]
LARGEST = 1 << BITS
BLOCK = 500_000
"""n-grams smoothed at a time."""
_SHIFT = np.uint64(BITS)


@dataclass(frozen=True)
class _Order:
    """n-grams of one length, sorted; how often each occurs, and Kneser-Ney's counts."""

    keys: Keys
    raw: Vector[np.int64]
    counts: Vector[np.int64]

    def blocks(self, n: int) -> Iterator[_Order]:
        """Some at a time, all of one history together."""
        start = 0
        while start < len(self.keys):
            stop = min(start + BLOCK, len(self.keys))
            if n == 1:  # all have the empty history
                stop = len(self.keys)
            elif stop < len(self.keys):
                after = ((self.keys[stop - 1] >> _SHIFT) + np.uint64(1)) << _SHIFT
                stop = int(np.searchsorted(self.keys, after)) if after else len(self.keys)
            yield _Order(self.keys[start:stop], self.raw[start:stop], self.counts[start:stop])
            forget(self.keys, self.raw, self.counts)
            start = stop


@dataclass(frozen=True)
class _Kept:
    """What is stored of one length: n-grams and p(word | history)."""

    keys: Keys
    probability: Vector[np.float64]


def train_language_model(
    side: Side, words: Vocabulary, folder: Path | None = None
) -> dict[str, Vector[np.generic]]:
    """The arrays of `language_model.LanguageModel` for the sentences of `side`.

    Words seen once count as the unknown word, so that the model knows where unknown words
    (new names, mostly) stand.

    Args:
        folder: where counts are kept meanwhile; the system's by default.
    """
    with tempfile.TemporaryDirectory(dir=folder) as work:
        return _trained(side, words, Path(work))


def _trained(side: Side, words: Vocabulary, work: Path) -> dict[str, Vector[np.generic]]:
    frequencies = np.zeros(len(words), np.int64)
    for _, part in side.parts():
        frequencies += np.bincount(part.ids, minlength=len(words))
    last = int(np.flatnonzero(frequencies > 1).max(initial=3))
    size = min(LARGEST, last + 1)
    rare = (frequencies < 2) | (np.arange(len(frequencies)) >= size)
    raw = [_count(side, rare, n, work) for n in range(1, ORDER + 1)]
    sentence_keys = _whole_sentences(side, punctuation(words))
    arrays: dict[str, Vector[np.generic]] = {}
    previous: _Kept | None = None
    for n in range(1, ORDER + 1):
        order = _adjusted(raw, n, work)
        ngrams, backs = _smoothed(order, n, previous, size, sentence_keys)
        if n == 1:
            arrays["cost1"] = pack_costs(ngrams.probability)
        else:
            arrays[f"keys{n}"], arrays[f"cost{n}"] = ngrams.keys, pack_costs(ngrams.probability)
            arrays[f"back{n - 1}"] = pack_costs(backs)
        previous = ngrams
    return arrays


def _with_boundaries(side: Side, rare: Vector[np.bool_]) -> Keys:
    """Each sentence as START words END; rare words become unknown."""
    lengths = np.diff(side.starts)
    text = np.empty(len(side.ids) + 2 * len(side), dtype=np.uint64)
    begins = side.starts[:-1] + 2 * np.arange(len(side))
    inside = np.ones(len(text), dtype=bool)
    inside[begins] = inside[begins + lengths + 1] = False
    text[begins], text[begins + lengths + 1] = START_ID, END_ID
    text[inside] = np.where(rare[side.ids], UNKNOWN_ID, side.ids)
    return text


def _count(side: Side, rare: Vector[np.bool_], n: int, work: Path) -> tuple[Keys, Vector[np.int64]]:
    """All n-grams of length n that do not cross a sentence's end."""
    counter = KeyCounts(work / f"grams{n}")
    for _, part in side.parts():
        text = _with_boundaries(part, rare)
        size = len(text) - n + 1
        if size <= 0:
            continue
        key = text[:size].copy()
        good = np.ones(size, dtype=bool)
        for k in range(1, n):
            good &= text[k : k + size] != START_ID
            key = (key << _SHIFT) | text[k : k + size]
        counter.add(key[good])
    return counter.done()


def _adjusted(raw: list[tuple[Keys, Vector[np.int64]]], n: int, work: Path) -> _Order:
    """Kneser-Ney's counts: of left neighbours, but raw for the longest and after START."""
    keys, counts = raw[n - 1]
    if n == len(raw):
        return _Order(keys, counts, counts)
    left = KeyCounts(work / f"left{n}")
    longer, mask = raw[n][0], np.uint64((1 << (BITS * n)) - 1)
    for start in range(0, len(longer), BLOCK):
        left.add(longer[start : start + BLOCK] & mask)
        forget(longer)
    # Every n-gram but those that begin with START is the end of a longer one: the same keys.
    first = np.array([START_ID, START_ID + 1], np.uint64) << np.uint64(BITS * (n - 1))
    begin, end = np.searchsorted(keys, first)
    lefts = left.done()[1]
    adjusted = Rows(work / f"adjusted{n}", np.int64)
    after_start = np.zeros(end - begin, np.int64) if n == 1 else counts[begin:end]
    for part in (lefts[:begin], after_start, lefts[begin:]):
        for start in range(0, len(part), BLOCK):
            adjusted.add(part[start : start + BLOCK])
            forget(part)
    return _Order(keys, counts, adjusted.done())


def _smoothed(
    order: _Order, n: int, previous: _Kept | None, size: int, sentence_keys: Keys
) -> tuple[_Kept, Vector[np.float64]]:
    """Kept n-grams, and the share for shorter histories of each shorter n-gram that is kept."""
    once = twice = 0
    for block in order.blocks(n):
        once += int((block.counts == 1).sum())
        twice += int((block.counts == 2).sum())
    discount = min(0.95, max(0.1, once / (once + 2 * twice))) if once else 0.5
    keys: list[Keys] = []
    probabilities: list[Vector[np.float64]] = []
    backs = np.ones(len(previous.keys) if previous else 1)
    for block in order.blocks(n):
        history = block.keys >> _SHIFT if n > 1 else np.zeros(len(block.keys), dtype=np.uint64)
        contexts, place = np.unique(history, return_inverse=True)
        totals = np.maximum(np.bincount(place, weights=block.counts), 1e-9)
        keep = block.raw > 1 if n > 1 else np.ones(len(block.keys), dtype=bool)
        if n == ORDER:
            keep &= ~np.isin(block.keys, sentence_keys)
        used = np.where(keep, np.maximum(block.counts - discount, 0.0), 0.0)
        share = 1.0 - np.bincount(place, weights=used) / totals
        kept_keys, place = block.keys[keep], place[keep]
        if previous is None:
            probability = used[keep] / totals[place] + share[place] * (1.0 / size)
            full = share[0] / size + np.zeros(size)
            full[kept_keys.astype(np.int64)] = probability
            return _Kept(np.arange(size, dtype=np.uint64), full), backs
        shorter = kept_keys & np.uint64((1 << (BITS * (n - 1))) - 1)
        lower = previous.probability[np.searchsorted(previous.keys, shorter)]
        keys.append(kept_keys)
        probabilities.append(used[keep] / totals[place] + share[place] * lower)
        at = np.minimum(np.searchsorted(previous.keys, contexts), len(previous.keys) - 1)
        here = previous.keys[at] == contexts
        backs[at[here]] = share[here]
    ngrams = _Kept(
        np.concatenate([np.empty(0, np.uint64), *keys]),
        np.concatenate([np.empty(0), *probabilities]),
    )
    return ngrams, backs


def _whole_sentences(side: Side, marks: Vector[np.bool_]) -> Keys:
    """Keys of training sentences of ORDER words, edge punctuation aside: not to be stored."""
    keys = [np.empty(0, np.uint64)]
    for _, part in side.parts():
        begins, ends = sentence_cores(part, marks)
        rows = np.flatnonzero(ends - begins == ORDER)
        key = np.zeros(len(rows), np.uint64)
        for k in range(ORDER):
            word = part.ids[begins[rows] + k].astype(np.uint64)
            key = (key << _SHIFT) | np.where(word < LARGEST, word, np.uint64(UNKNOWN_ID))
        keys.append(np.unique(key))
    return np.unique(np.concatenate(keys))
