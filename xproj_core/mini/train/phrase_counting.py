"""From occurrences of phrase pairs to counts, in bounded memory.

Occurrences are spread over files by a hash of their source phrase; each file is then sorted
and counted by itself.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from xproj_core.domain.arrays import Matrix, Vector
from xproj_core.mini.train.disk import require
from xproj_core.mini.train.key_counts import KeyCounts
from xproj_core.mini.train.phrase_extraction import (
    LONGEST_PHRASE,
    Linked,
    Occurrences,
    extract,
)
from xproj_core.mini.translator.phrase_table import phrase_hashes

Hashes = Vector[np.uint64]
AT_A_TIME = 500_000
"""Occurrences in memory at a time."""
_PER_WORD = 5  # occurrences, about
_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_SEEN = np.dtype(
    [
        ("s", "u8"),
        ("t", "u8"),
        ("at_s", "u4"),
        ("at_t", "u4"),
        ("n_s", "u1"),
        ("n_t", "u1"),
        ("pattern", "u4"),
        ("previous", "u1"),
        ("following", "u1"),
    ]
)
_RUN = np.dtype(
    [(name, _SEEN[name]) for name in ("s", "t", "at_s", "at_t", "n_s", "n_t", "pattern")]
    + [("count", "i8"), ("previous", "i8", 3), ("following", "i8", 3)]
)


@dataclass
class PhraseCounts:
    """Phrase pairs; all arrays have one row per pair.

    Attributes:
        s, t: hashes of the two phrases.
        at_s, at_t, n_s, n_t: where the phrases can be read in the corpus.
        pattern: the most frequent links inside, bit 5 * source word + target word.
        count: sentences with the pair; total_s: with the source phrase in any pair.
        previous, following: (n, 3) counts of orientations.
    """

    s: Hashes
    t: Hashes
    at_s: Vector[np.int64]
    at_t: Vector[np.int64]
    n_s: Vector[np.int64]
    n_t: Vector[np.int64]
    pattern: Vector[np.int64]
    count: Vector[np.int64]
    total_s: Vector[np.int64]
    previous: Matrix[np.int64]
    following: Matrix[np.int64]

    def __len__(self) -> int:
        return len(self.s)

    def keep(self, rows: Vector[np.bool_] | Vector[np.int64]) -> PhraseCounts:
        return PhraseCounts(**{name: value[rows] for name, value in vars(self).items()})

    @classmethod
    def joined(cls, parts: list[PhraseCounts]) -> PhraseCounts:
        """The rows of all `parts`, at least one."""
        return cls(
            **{name: np.concatenate([getattr(p, name) for p in parts]) for name in vars(parts[0])}
        )


@dataclass
class Buckets:
    """Files of records, spread by a hash, so that equal hashes are in one file."""

    folder: Path
    name: str
    dtype: np.dtype[np.void]
    number: int
    used: set[int] = field(default_factory=set)

    def add(self, rows: Vector[np.void], hashes: Hashes) -> None:
        """Append `rows`, each to the file of its hash; their order is kept."""
        with np.errstate(over="ignore"):
            bucket = ((hashes * _SPREAD) >> np.uint64(32)) % np.uint64(self.number)
        order = np.argsort(bucket, kind="stable")
        edges = np.searchsorted(bucket[order], np.arange(self.number + 1, dtype=np.uint64))
        rows = rows[order]
        for n in np.flatnonzero(np.diff(edges)).tolist():
            with self._file(n).open("ab") as file:
                file.write(rows[edges[n] : edges[n + 1]].tobytes())
            self.used.add(n)

    def _file(self, n: int) -> Path:
        return self.folder / f"{self.name}.{n}"

    def read(self, at_a_time: int) -> Iterator[Iterator[Vector[np.void]]]:
        """File by file, the records in pieces; each file is removed once it was read."""
        for n in sorted(self.used):
            yield self._read_blocks(n, at_a_time)
            self._file(n).unlink()

    def _read_blocks(self, n: int, at_a_time: int) -> Iterator[Vector[np.void]]:
        with self._file(n).open("rb") as file:
            while len(rows := np.fromfile(file, self.dtype, at_a_time)):
                yield rows


def count_phrases(
    linked: Linked,
    folder: Path | None = None,
    *,
    totals: KeyCounts | None = None,
    progress: Callable[[float], None] | None = None,
) -> Iterator[PhraseCounts]:
    """All phrase pairs of a corpus except those of several words seen in one sentence only,
    some at a time, all pairs of one source phrase together.

    Args:
        totals: is told how often each target phrase is in any pair.
        progress: called with the fraction done.
    """
    with tempfile.TemporaryDirectory(dir=folder) as work:
        buckets = _spread(linked, Path(work), progress)
        for number, blocks in enumerate(buckets.read(AT_A_TIME), 1):
            runs = np.empty(0, _RUN)
            for block in blocks:
                runs = _merged(np.concatenate([runs, _runs(block)])) if len(runs) else _runs(block)
            yield _counted(runs, totals)
            if progress is not None:
                progress(0.6 + 0.4 * number / len(buckets.used))


def _spread(linked: Linked, work: Path, progress: Callable[[float], None] | None) -> Buckets:
    number = 1 + _PER_WORD * len(linked.source.ids) // AT_A_TIME
    buckets = Buckets(work, "phrases", _SEEN, number)
    source, target = linked.source, linked.target
    for rows, part in linked.parts():
        hashes_s, hashes_t = (
            phrase_hashes(side.ids, LONGEST_PHRASE) for side in (part.source, part.target)
        )
        patterns = _Patterns(part)
        tables = [np.empty(0, _SEEN)]
        for occurrences in extract(part):
            table = np.empty(len(occurrences.source), dtype=_SEEN)
            table["s"] = hashes_s[occurrences.source_length - 1, occurrences.source]
            table["t"] = hashes_t[occurrences.target_length - 1, occurrences.target]
            table["at_s"] = occurrences.source + source.starts[rows.start]
            table["at_t"] = occurrences.target + target.starts[rows.start]
            table["n_s"], table["n_t"] = occurrences.source_length, occurrences.target_length
            table["pattern"] = patterns(occurrences)
            table["previous"], table["following"] = occurrences.previous, occurrences.following
            tables.append(table)
        table = np.concatenate(tables)
        if not rows.start:
            size = table.nbytes * len(source) / len(rows)
            require(work, size, "counting the phrases")
        buckets.add(table, table["s"])
        if progress is not None:
            progress(0.6 * rows.stop / len(source))
    return buckets


class _Patterns:
    """Links inside a phrase pair, as bits."""

    def __init__(self, linked: Linked) -> None:
        self._begins = np.repeat(linked.target.starts[:-1], np.diff(linked.target.starts))
        bits = np.uint64(1) << (linked.right - self._begins[linked.right]).astype(np.uint64)
        self._links = np.zeros(len(linked.source.ids) + LONGEST_PHRASE, dtype=np.uint64)
        np.bitwise_or.at(self._links, linked.left, bits)

    def __call__(self, occurrences: Occurrences) -> Vector[np.uint32]:
        pattern = np.zeros(len(occurrences.source), dtype=np.uint64)
        if not len(occurrences.source):
            return pattern.astype(np.uint32)
        shift = (occurrences.target - self._begins[occurrences.target]).astype(np.uint64)
        width = (np.uint64(1) << occurrences.target_length.astype(np.uint64)) - np.uint64(1)
        for k in range(int(occurrences.source_length[0])):
            row = (self._links[occurrences.source + k] >> shift) & width
            pattern |= row << np.uint64(LONGEST_PHRASE * k)
        return pattern.astype(np.uint32)


def _new(rows: Vector[np.void], names: tuple[str, ...]) -> Vector[np.bool_]:
    """True where a sorted row differs from the one before in any of `names`."""
    mask = np.ones(len(rows), bool)
    mask[1:] = False
    for name in names:
        mask[1:] |= rows[name][1:] != rows[name][:-1]
    return mask


def _runs(rows: Vector[np.void]) -> Vector[np.void]:
    """Occurrences with the same phrases and links as one row, sorted by these."""
    rows = rows[np.lexsort((rows["pattern"], rows["t"], rows["s"]))]
    begin = np.flatnonzero(_new(rows, ("s", "t", "pattern")))
    runs = np.empty(len(begin), _RUN)
    for name in ("s", "t", "at_s", "at_t", "n_s", "n_t", "pattern"):
        runs[name] = rows[name][begin]
    runs["count"] = np.diff(np.append(begin, len(rows)))
    for name in ("previous", "following"):
        for turn in range(3):
            runs[name][:, turn] = np.add.reduceat((rows[name] == turn).astype(np.int64), begin)
    return runs


def _merged(rows: Vector[np.void]) -> Vector[np.void]:
    """Runs of several pieces as those of one."""
    rows = rows[np.lexsort((rows["pattern"], rows["t"], rows["s"]))]
    begin = np.flatnonzero(_new(rows, ("s", "t", "pattern")))
    runs = rows[begin]
    for name in ("count", "previous", "following"):
        runs[name] = np.add.reduceat(rows[name], begin)
    return runs


def _counted(runs: Vector[np.void], totals: KeyCounts | None) -> PhraseCounts:
    """Counts of one file."""
    new = _new(runs, ("s", "t"))
    begin, pair = np.flatnonzero(new), np.cumsum(new) - 1
    count = np.add.reduceat(runs["count"], begin)
    # The most frequent links of each pair, the first in order among equals.
    best = np.lexsort((np.arange(len(runs)), -runs["count"], pair))
    chosen = runs[best[np.append(True, pair[best][1:] != pair[best][:-1])]]
    if totals is not None:
        totals.add(chosen["t"], count)
    new_s = _new(chosen, ("s",))
    total = np.add.reduceat(count, np.flatnonzero(new_s))[np.cumsum(new_s) - 1]
    keep = (count > 1) | ~((chosen["n_s"] > 1) | (chosen["n_t"] > 1))
    turns = {name: np.add.reduceat(runs[name], begin)[keep] for name in ("previous", "following")}
    fields = {
        name: chosen[name].astype(np.int64)[keep]
        for name in ("at_s", "at_t", "n_s", "n_t", "pattern")
    }
    return PhraseCounts(
        s=chosen["s"][keep],
        t=chosen["t"][keep],
        count=count[keep],
        total_s=total[keep],
        **turns,
        **fields,
    )
