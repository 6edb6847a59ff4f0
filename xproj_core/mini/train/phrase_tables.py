"""From counted phrase pairs to the table that is stored."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from xproj_core.domain.arrays import Vector
from xproj_core.domain.errors import InputError
from xproj_core.mini.train.allowed_pairs import Allowed
from xproj_core.mini.train.disk import Rows, filled, forget
from xproj_core.mini.train.key_counts import KeyCounts
from xproj_core.mini.train.lexical_weights import lexical_weights, word_probabilities
from xproj_core.mini.train.phrase_counting import Buckets, PhraseCounts, count_phrases
from xproj_core.mini.train.phrase_extraction import Linked
from xproj_core.mini.train.table_arrays import Arrays, Part, arrays_of
from xproj_core.mini.translator.known_words import Vocabulary

Vocabularies = tuple[Vocabulary, Vocabulary]
PIECE = 200_000
"""Pairs in memory at a time, about."""
_PAIR = np.dtype(
    [
        ("s", "u8"),
        ("t", "u8"),
        ("at_s", "u4"),
        ("at_t", "u4"),
        ("n_s", "u1"),
        ("n_t", "u1"),
        ("pattern", "u4"),
        ("count", "u4"),
        ("total_s", "u4"),
        ("previous", "u4", 3),
        ("following", "u4", 3),
    ]
)
_PARTNER = np.dtype([("row", "u4"), ("s", "u8"), ("t", "u8"), ("count", "u4")])


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
    linked: Linked,
    vocabularies: Vocabularies,
    limits: Limits,
    folder: Path | None = None,
    progress: Callable[[float], None] | None = None,
) -> Arrays:
    """The arrays of `phrase_table.PhraseTable`; a is the corpus' source, b its target.

    What grows with the corpus is kept in `folder`, what grows with the table in memory.
    """
    with tempfile.TemporaryDirectory(dir=folder) as name:
        work = Path(name)
        totals = KeyCounts(work / "totals")
        counted = count_phrases(linked, work, totals=totals, progress=progress)
        rows, ends = _stored(counted, linked, vocabularies, limits, work)
        total_t, among = _best_by_target(rows, totals, limits, work)
        sizes = len(vocabularies[0]), len(vocabularies[1])
        words = word_probabilities(linked, sizes, work)
        parts = []
        for start, stop in ends:
            pairs = _read(rows, start, stop)
            given_a = _discounted(pairs.count) / (pairs.total_s + 1.0)
            given_b = _discounted(pairs.count) / (total_t[start:stop] + 1.0)
            keep = (_rank(pairs.s, -given_a, pairs.t) < limits.partners) | among[start:stop]
            keep &= (given_a >= limits.share) | (given_b >= limits.share)
            pairs, given_a, given_b = pairs.keep(keep), given_a[keep], given_b[keep]
            lex_b, lex_a = lexical_weights(pairs, linked.source, linked.target, *words)
            costs = {
                "cost_b_a": np.log(given_a),
                "cost_a_b": np.log(given_b),
                "lex_b_a": lex_b,
                "lex_a_b": lex_a,
            }
            parts.append(Part.of(pairs, linked, costs))
            forget(rows, total_t, among, linked.source.ids, linked.target.ids)
    if not parts:
        raise InputError(
            "No word of one side could be linked to a word of the other. Check that the file"
            " holds translations, one pair per line."
        )
    return arrays_of(parts)


def _stored(
    counted: Iterator[PhraseCounts],
    linked: Linked,
    vocabularies: Vocabularies,
    limits: Limits,
    work: Path,
) -> tuple[Vector[np.void], list[tuple[int, int]]]:
    """Allowed pairs in a file, and stretches of it that hold all pairs of their sources."""
    allowed = Allowed(linked, vocabularies, limits.least)
    file, at, ends = Rows(work / "pairs", _PAIR), 0, []
    for pairs in counted:
        pairs = pairs.keep(allowed(pairs))
        rows = np.empty(len(pairs), _PAIR)
        for name in _PAIR.names or ():
            rows[name] = getattr(pairs, name)
        file.add(rows)
        begins = np.flatnonzero(np.append(True, pairs.s[1:] != pairs.s[:-1]))[: len(pairs)]
        start = 0
        while start < len(pairs):
            later = begins[np.searchsorted(begins, start + PIECE) :]
            stop = int(later[0]) if len(later) else len(pairs)
            ends.append((at + start, at + stop))
            start = stop
        at += len(pairs)
    return file.done(), ends


def _read(rows: Vector[np.void], start: int, stop: int) -> PhraseCounts:
    part = rows[start:stop]
    fields = {
        name: part[name].astype("u8" if name in ("s", "t") else "i8") for name in _PAIR.names or ()
    }
    return PhraseCounts(**fields)


def _best_by_target(
    rows: Vector[np.void], totals: KeyCounts, limits: Limits, work: Path
) -> tuple[Vector[np.int64], Vector[np.bool_]]:
    """Per row, how often its target phrase is in any pair, and if it is among its best."""
    buckets = Buckets(work, "targets", _PARTNER, 1 + len(rows) // PIECE)
    for start in range(0, len(rows), PIECE):
        part = rows[start : start + PIECE]
        partners = np.empty(len(part), _PARTNER)
        partners["row"] = np.arange(start, start + len(part))
        for name in ("s", "t", "count"):
            partners[name] = part[name]
        buckets.add(partners, partners["t"])
        forget(rows)
    total_t = filled(work / "total_t", len(rows), 0, np.int64)
    among = filled(work / "among", len(rows), 0, np.bool_)
    keys, counts = totals.done()
    for blocks in buckets.read(PIECE):
        partners = np.concatenate(list(blocks))
        partners = partners[np.argsort(partners["t"], kind="stable")]
        total = counts[np.searchsorted(keys, partners["t"])]
        given_b = _discounted(partners["count"].astype(np.int64)) / (total + 1.0)
        total_t[partners["row"]] = total
        among[partners["row"]] = _rank(partners["t"], -given_b, partners["s"]) < limits.partners
        forget(keys, counts, total_t, among)
    return total_t, among


def _discounted(count: Vector[np.int64]) -> Vector[np.float64]:
    """So that rare pairs count for less."""
    return count.astype(float) - 0.6


def _rank(
    groups: Vector[np.uint64], cost: Vector[np.float64], other: Vector[np.uint64]
) -> Vector[np.int64]:
    """Each row's place (from 0) within its group, lowest cost first, then lowest `other`."""
    order = np.lexsort((other, cost, groups))
    ordered = groups[order]
    new = np.append(True, ordered[1:] != ordered[:-1]) if len(ordered) else np.zeros(0, bool)
    begin = np.flatnonzero(new)
    place = np.arange(len(ordered)) - np.repeat(begin, np.diff(np.append(begin, len(ordered))))
    rank = np.empty(len(groups), dtype=np.int64)
    rank[order] = place
    return rank
