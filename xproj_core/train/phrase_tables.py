"""From counted phrase pairs to the table that is stored."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xproj_core.train.lexical import lexical_weights, word_probabilities
from xproj_core.train.phrase_counting import PhraseCounts
from xproj_core.train.phrase_extraction import LONGEST_PHRASE, Linked
from xproj_core.train.sides import Side
from xproj_core.translate.phrase_based.hashing import phrase_hashes
from xproj_core.translate.phrase_based.phrase_table import LEVELS, SEEN_STEP, STEP
from xproj_core.translate.phrase_based.words import Vocabulary

Ints = NDArray[np.int64]
Arrays = dict[str, NDArray[np.generic]]


@dataclass(frozen=True)
class Limits:
    """What is kept in a table.

    Attributes:
        partners: translations per phrase, either way: a pair stays that is among the best
            `partners` of its source or of its target.
        share: a pair goes whose probability is below `share` both ways.
        least: sentences that a pair of several words has to be seen in.
    """

    partners: int = 20
    share: float = 0.001
    least: int = 2


def build_table(
    counts: PhraseCounts, linked: Linked, vocabularies: tuple[Vocabulary, Vocabulary],
    limits: Limits,
) -> Arrays:  # fmt: skip
    """The arrays of `phrase_table.PhraseTable`; a is the corpus' source, b its target."""
    source, target = linked.source, linked.target
    counts = counts.keep(_allowed(counts, source, target, vocabularies, limits))
    given_a, given_b = _probabilities(counts)
    keep = (_rank(counts.s, -given_a) < limits.partners) | (
        _rank(counts.t, -given_b) < limits.partners
    )
    keep &= (given_a >= limits.share) | (given_b >= limits.share)
    counts, given_a, given_b = counts.keep(keep), given_a[keep], given_b[keep]
    lex_b, lex_a = lexical_weights(counts, source, target, *word_probabilities(linked))
    rows_a, side_a = _phrases(source, counts.at_s, counts.n_s)
    rows_b, side_b = _phrases(target, counts.at_t, counts.n_t)
    order = np.lexsort((rows_b, rows_a))
    kinds, pattern = np.unique(counts.pattern, return_inverse=True)
    arrays: Arrays = {
        "sizes": np.bincount(rows_a, minlength=len(side_a[0])).astype(np.uint16),
        "partners": rows_b[order].astype(np.uint32),
        "pattern_kinds": kinds.astype(np.uint32),
        "pattern": pattern[order].astype(np.uint16),
    }
    for name, values in (("cost_b_a", np.log(given_a)), ("cost_a_b", np.log(given_b)),
                         ("lex_b_a", lex_b), ("lex_a_b", lex_a)):  # fmt: skip
        arrays[name] = np.clip(np.rint(-values[order] * STEP), 0, 255).astype(np.uint8)
    seen = np.clip(np.rint(np.log2(counts.count[order]) * SEEN_STEP), 0, 15)
    arrays["seen"] = seen.astype(np.uint8)
    for name in ("previous", "following"):
        mono, swap = _orientation(getattr(counts, name)[order])
        arrays[f"mono_{name}"], arrays[f"swap_{name}"] = mono, swap
    for name, (lengths, words) in (("a", side_a), ("b", side_b)):
        arrays[f"lengths_{name}"] = lengths.astype(np.uint8)
        for k in range(LONGEST_PHRASE):
            arrays[f"words_{name}{k}"] = words[lengths > k, k].astype(np.uint32)
    return arrays


def _probabilities(counts: PhraseCounts) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """p(target | source), p(source | target), discounted so that rare pairs count for less."""
    count = counts.count - 0.6
    return count / (counts.total_s + 1.0), count / (counts.total_t + 1.0)


def _rank(groups: NDArray[np.uint64], cost: NDArray[np.float64]) -> Ints:
    """Each row's place (from 0) within its group, lowest cost first."""
    order = np.lexsort((np.arange(len(groups)), cost, groups))
    ordered = groups[order]
    new = np.append(True, ordered[1:] != ordered[:-1]) if len(ordered) else np.zeros(0, bool)
    begin = np.flatnonzero(new)
    place = np.arange(len(ordered)) - np.repeat(begin, np.diff(np.append(begin, len(ordered))))
    rank = np.empty(len(groups), dtype=np.int64)
    rank[order] = place
    return rank


def _phrases(side: Side, at: Ints, size: Ints) -> tuple[Ints, tuple[Ints, Ints]]:
    """Each pair's phrase as a row of the sorted distinct phrases; their lengths and words."""
    words = np.full((len(at), LONGEST_PHRASE), -1, dtype=np.int64)
    for k in range(LONGEST_PHRASE):
        inside = size > k
        words[inside, k] = side.ids[at[inside] + k]
    distinct, rows = np.unique(words, axis=0, return_inverse=True)
    return rows.reshape(-1), ((distinct >= 0).sum(axis=1), distinct)


def _orientation(counts: Ints) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Smoothed shares of monotone and swap, as levels."""
    prior = (counts.sum(axis=0) + 1.0) / (counts.sum() + 3.0)
    share = (counts + 4.0 * prior) / (counts.sum(axis=1, keepdims=True) + 4.0)
    cuts = (LEVELS[1:] + LEVELS[:-1]) / 2
    levels = np.searchsorted(cuts, share[:, :2]).astype(np.uint8)
    return levels[:, 0], levels[:, 1]


def _allowed(
    counts: PhraseCounts, source: Side, target: Side,
    vocabularies: tuple[Vocabulary, Vocabulary], limits: Limits,
) -> NDArray[np.bool_]:  # fmt: skip
    """Pairs seen often enough, with no whole sentence and the same numbers on both sides."""
    single = (counts.n_s == 1) & (counts.n_t == 1)
    keep = (counts.count >= limits.least) | single
    for side, hashes, vocabulary in ((source, counts.s, vocabularies[0]),
                                     (target, counts.t, vocabularies[1])):  # fmt: skip
        whole = whole_sentences(side, vocabulary)
        keep &= ~np.isin(hashes, whole)
    figures = [
        _figures(side, at, size, vocabulary)
        for side, at, size, vocabulary in (
            (source, counts.at_s, counts.n_s, vocabularies[0]),
            (target, counts.at_t, counts.n_t, vocabularies[1]),
        )
    ]
    result: NDArray[np.bool_] = keep & (figures[0] == figures[1])
    return result


def _figures(side: Side, at: Ints, size: Ints, vocabulary: Vocabulary) -> Ints:
    """A sum that two phrases share when the same words with digits are in them."""
    codes = np.zeros(len(vocabulary), dtype=np.int64)
    for i, word in enumerate(vocabulary.words):
        digits = "".join(c for c in word if c.isdecimal())
        if digits:
            codes[i] = int(digits[:15]) * 2 + 1
    total = np.zeros(len(at), dtype=np.int64)
    for k in range(LONGEST_PHRASE):
        inside = size > k
        total[inside] += codes[side.ids[at[inside] + k]]
    return total


def sentence_cores(side: Side, vocabulary: Vocabulary) -> tuple[Ints, Ints]:
    """Where each sentence begins and ends without the punctuation at its edges."""
    marks = np.array([not any(c.isalnum() for c in w) and w[:1] != " " for w in vocabulary.words])
    begins, ends = side.starts[:-1].copy(), side.starts[1:].copy()
    if not len(side.ids):
        return begins, ends
    is_mark = marks[side.ids]
    for _ in range(4):
        begins += (begins < ends) & is_mark[np.minimum(begins, len(is_mark) - 1)]
        ends -= (ends > begins) & is_mark[np.maximum(ends - 1, 0)]
    return begins, ends


def whole_sentences(side: Side, vocabulary: Vocabulary) -> NDArray[np.uint64]:
    """Keys of every phrase that is a whole sentence of more than 3 words, give or take
    punctuation at its edges."""
    begins, ends = sentence_cores(side, vocabulary)
    hashes = phrase_hashes(side.ids, LONGEST_PHRASE)
    found = []
    for size in range(4, LONGEST_PHRASE + 1):
        for before in range(size - 3):
            for after in range(size - 3 - before):
                rows = np.flatnonzero(ends - begins == size - before - after)
                rows = rows[(begins[rows] - before >= side.starts[:-1][rows])
                            & (ends[rows] + after <= side.starts[1:][rows])]  # fmt: skip
                found.append(hashes[size - 1, begins[rows] - before])
    return np.unique(np.concatenate(found))
