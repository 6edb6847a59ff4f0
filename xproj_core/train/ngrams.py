"""A 4-gram model with interpolated Kneser-Ney smoothing, pruned.

Chen and Goodman (1998) with one discount per order; n-grams of two and more words that
occur once are dropped after smoothing and their mass is left to the shorter history, as
in Heafield et al. (2013).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xproj_core.train.phrase_tables import sentence_cores
from xproj_core.train.sides import Side
from xproj_core.translate.phrase_based.language_model import BITS, ORDER, pack_costs
from xproj_core.translate.phrase_based.words import END_ID, START_ID, UNKNOWN_ID, Vocabulary

Keys = NDArray[np.uint64]
LARGEST = 1 << BITS
PART = 4_000_000
_SHIFT = np.uint64(BITS)
_LOW = np.uint64(LARGEST - 1)


@dataclass
class _Order:
    """n-grams of one length, sorted; raw counts, and counts of distinct left neighbours."""

    keys: Keys
    raw: NDArray[np.int64]
    counts: NDArray[np.float64]


def train_language_model(side: Side, words: Vocabulary) -> dict[str, NDArray[np.generic]]:
    """The arrays of `language_model.LanguageModel` for the sentences of `side`.

    Words seen once count as the unknown word, so that the model knows where unknown words
    (new names, mostly) stand.
    """
    seen = np.bincount(side.ids, minlength=len(words))
    last = int(np.flatnonzero(seen > 1).max(initial=3))
    vocabulary = min(LARGEST, last + 1)
    rare = (seen < 2) | (np.arange(len(seen)) >= vocabulary)
    text = _with_boundaries(side, rare)
    raw = [_count(text, n) for n in range(1, ORDER + 1)]
    orders = [_adjusted(raw, n) for n in range(1, ORDER + 1)]
    whole = _whole_sentences(side, words)
    size = vocabulary
    lower = np.full(size, 1.0 / size)
    arrays: dict[str, NDArray[np.generic]] = {}
    previous: tuple[Keys, NDArray[np.float64]] | None = None
    for n, order in enumerate(orders, 1):
        keys, probability, share, contexts = _smooth(order, n, previous, lower, whole)
        if n == 1:
            full = share[0] / size + np.zeros(size)
            full[keys.astype(np.int64)] = probability
            arrays["cost1"] = pack_costs(full)
            previous = (np.arange(size, dtype=np.uint64), full)
        else:
            arrays[f"keys{n}"], arrays[f"cost{n}"] = keys, pack_costs(probability)
            previous = (keys, probability)
        if n > 1:
            arrays[f"back{n - 1}"] = _align_shares(arrays, n - 1, contexts, share, size)
    return arrays


def _with_boundaries(side: Side, rare: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Each sentence as START words END; rare words become unknown."""
    lengths = np.diff(side.starts)
    text = np.empty(len(side.ids) + 2 * len(side), dtype=np.int64)
    begins = side.starts[:-1] + 2 * np.arange(len(side))
    inside = np.ones(len(text), dtype=bool)
    inside[begins] = inside[begins + lengths + 1] = False
    text[begins], text[begins + lengths + 1] = START_ID, END_ID
    text[inside] = np.where(rare[side.ids], UNKNOWN_ID, side.ids)
    return text


def _count(text: NDArray[np.int64], n: int) -> tuple[Keys, NDArray[np.int64]]:
    """All n-grams of length n that do not cross a sentence's end."""
    keys, counts = np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.int64)
    for start in range(0, len(text), PART):
        part = text[start : start + PART + n - 1].astype(np.uint64)
        size = len(part) - n + 1
        if size <= 0:
            continue
        key = part[:size].copy()
        good = np.ones(size, dtype=bool)
        for k in range(1, n):
            good &= part[k : k + size] != START_ID
            key = (key << _SHIFT) | part[k : k + size]
        found, count = np.unique(key[good], return_counts=True)
        keys, counts = _merge(keys, counts, found, count)
    return keys, counts


def _merge(
    keys: Keys, counts: NDArray[np.int64], more: Keys, more_counts: NDArray[np.int64]
) -> tuple[Keys, NDArray[np.int64]]:
    if not len(keys):
        return more, more_counts
    both, place = np.unique(np.concatenate([keys, more]), return_inverse=True)
    summed = np.bincount(place, weights=np.concatenate([counts, more_counts]))
    return both, summed.astype(np.int64)


def _adjusted(raw: list[tuple[Keys, NDArray[np.int64]]], n: int) -> _Order:
    """Kneser-Ney's counts: of left neighbours, but raw for the longest and after START."""
    keys, counts = raw[n - 1]
    if n == len(raw):
        return _Order(keys, counts, counts.astype(float))
    longer = raw[n][0]
    suffix = longer & np.uint64((1 << (BITS * n)) - 1) if BITS * n < 64 else longer
    found, left = np.unique(suffix, return_counts=True)
    adjusted = counts.astype(float)
    adjusted[np.searchsorted(keys, found)] = left
    first = keys >> np.uint64(BITS * (n - 1))
    adjusted = np.where(first == START_ID, counts, adjusted)
    if n == 1:
        adjusted = np.where(keys == START_ID, 0.0, adjusted)
    return _Order(keys, counts, adjusted)


def _smooth(
    order: _Order, n: int, previous: tuple[Keys, NDArray[np.float64]] | None,
    uniform: NDArray[np.float64], whole: set[int],
) -> tuple[Keys, NDArray[np.float64], NDArray[np.float64], Keys]:  # fmt: skip
    """Kept n-grams with p(word | history), and each history's share for shorter ones."""
    once, twice = float((order.counts == 1).sum()), float((order.counts == 2).sum())
    discount = min(0.95, max(0.1, once / (once + 2 * twice))) if once else 0.5
    history = order.keys >> _SHIFT if n > 1 else np.zeros(len(order.keys), dtype=np.uint64)
    contexts, place = np.unique(history, return_inverse=True)
    totals = np.maximum(np.bincount(place, weights=order.counts), 1e-9)
    keep = order.raw > 1 if n > 1 else np.ones(len(order.keys), dtype=bool)
    if whole and n == ORDER:
        keep &= ~np.isin(order.keys, np.array(sorted(whole), dtype=np.uint64))
    used = np.where(keep, np.maximum(order.counts - discount, 0.0), 0.0)
    share = 1.0 - np.bincount(place, weights=used) / totals
    keys, place = order.keys[keep], place[keep]
    if previous is None:
        lower = uniform[0]
    else:
        shorter = keys & np.uint64((1 << (BITS * (n - 1))) - 1)
        lower = previous[1][np.searchsorted(previous[0], shorter)]
    return keys, used[keep] / totals[place] + share[place] * lower, share, contexts


def _align_shares(
    arrays: dict[str, NDArray[np.generic]], n: int, contexts: Keys,
    share: NDArray[np.float64], size: int,
) -> NDArray[np.generic]:  # fmt: skip
    """The back-off share of every kept n-gram, 1 where it is no history."""
    kept = arrays[f"keys{n}"] if n > 1 else np.arange(size, dtype=np.uint64)
    values = np.ones(len(kept))
    at = np.minimum(np.searchsorted(contexts, kept), len(contexts) - 1)
    here = contexts[at] == kept
    values[here] = share[at[here]]
    return pack_costs(values)


def _whole_sentences(side: Side, words: Vocabulary) -> set[int]:
    """Keys of training sentences of ORDER words, edge punctuation aside: not to be stored."""
    begins, ends = sentence_cores(side, words)
    found = set()
    for row in np.flatnonzero(ends - begins == ORDER):
        key = 0
        for word in side.ids[begins[row] : ends[row]].tolist():
            key = (key << BITS) | (word if word < LARGEST else UNKNOWN_ID)
        found.add(key)
    return found
