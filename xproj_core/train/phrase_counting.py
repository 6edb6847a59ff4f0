"""From occurrences of phrase pairs to counts, in bounded memory.

Occurrences are spread over files by a hash of their source phrase; each file is then sorted
and counted by itself.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from xproj_core.domain import Link
from xproj_core.train.phrase_extraction import LONGEST_PHRASE, Linked, Occurrences, extract
from xproj_core.train.sides import Side
from xproj_core.translate.phrase_based.hashing import phrase_hashes

Hashes = NDArray[np.uint64]
Ints = NDArray[np.int64]
PART = 50_000  # sentence pairs extracted at a time
FILES = 16
_ROW = np.dtype(
    [("s", "u8"), ("t", "u8"), ("at_s", "i4"), ("at_t", "i4"), ("n_s", "u1"), ("n_t", "u1"),
     ("pattern", "u4"), ("previous", "u1"), ("following", "u1")]
)  # fmt: skip


@dataclass
class PhraseCounts:
    """Kept phrase pairs; all arrays have one row per pair.

    Attributes:
        s, t: hashes of the two phrases.
        at_s, at_t, n_s, n_t: where the phrases can be read in the corpus.
        pattern: the most frequent links inside, bit 5 * source word + target word.
        count: sentences with the pair; total_s, total_t: with either phrase in any pair.
        previous, following: (n, 3) counts of orientations.
    """

    s: Hashes
    t: Hashes
    at_s: Ints
    at_t: Ints
    n_s: Ints
    n_t: Ints
    pattern: Ints
    count: Ints
    total_s: Ints
    total_t: Ints
    previous: Ints
    following: Ints

    def keep(self, rows: NDArray[np.bool_] | Ints) -> PhraseCounts:
        return PhraseCounts(**{name: value[rows] for name, value in vars(self).items()})


def count_phrases(
    source: Side,
    target: Side,
    links: Sequence[Sequence[Link]],
    *,
    progress: Callable[[float], None] | None = None,
) -> PhraseCounts:
    """All phrase pairs of a corpus except those of several words seen in one sentence only."""
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / f"{k:02d}" for k in range(FILES)]
        totals = [Path(folder) / f"t{k:02d}" for k in range(FILES)]
        for part in range(0, len(source), PART):
            _spread(source, target, links, part, files, totals)
            if progress is not None:
                progress(min(1.0, (part + PART) / len(source)) * 0.7)
        kept = [_count(np.fromfile(f, dtype=_ROW)) for f in files if f.exists()]
        counts = PhraseCounts(**{
            name: np.concatenate([getattr(k, name) for k in kept]) for name in vars(kept[0])
        })  # fmt: skip
        counts.total_t = _target_totals(counts.t, totals)
    if progress is not None:
        progress(1.0)
    return counts


def _spread(
    source: Side, target: Side, links: Sequence[Sequence[Link]], part: int,
    files: Sequence[Path], totals: Sequence[Path],
) -> None:  # fmt: skip
    rows = range(part, min(part + PART, len(source)))
    s, t = _slice(source, rows), _slice(target, rows)
    linked = Linked.of(s, t, links[rows.start : rows.stop])
    hashes_s, hashes_t = phrase_hashes(s.ids, LONGEST_PHRASE), phrase_hashes(t.ids, LONGEST_PHRASE)
    patterns = _Patterns(linked)
    for found in extract(linked):
        table = np.empty(len(found.source), dtype=_ROW)
        table["s"] = hashes_s[found.source_length - 1, found.source]
        table["t"] = hashes_t[found.target_length - 1, found.target]
        table["at_s"] = found.source + source.starts[part]
        table["at_t"] = found.target + target.starts[part]
        table["n_s"], table["n_t"] = found.source_length, found.target_length
        table["pattern"] = patterns(found)
        table["previous"], table["following"] = found.previous, found.following
        _append(table, table["s"], files)
        _append(table["t"], table["t"], totals)


def _append(values: NDArray[np.void], hashes: Hashes, files: Sequence[Path]) -> None:
    bucket = (hashes >> np.uint64(60)).astype(np.int64)
    for k, path in enumerate(files):
        chosen = values[bucket == k]
        if len(chosen):
            with path.open("ab") as file:
                file.write(chosen.tobytes())


def _slice(side: Side, rows: range) -> Side:
    starts = side.starts[rows.start : rows.stop + 1]
    return Side(side.ids[starts[0] : starts[-1]], starts - starts[0])


class _Patterns:
    """Links inside a phrase pair, as bits."""

    def __init__(self, linked: Linked) -> None:
        self._begins = np.repeat(linked.target.starts[:-1], np.diff(linked.target.starts))
        bits = np.uint64(1) << (linked.right - self._begins[linked.right]).astype(np.uint64)
        self._links = np.zeros(len(linked.source.ids) + LONGEST_PHRASE, dtype=np.uint64)
        np.bitwise_or.at(self._links, linked.left, bits)

    def __call__(self, found: Occurrences) -> NDArray[np.uint32]:
        pattern = np.zeros(len(found.source), dtype=np.uint64)
        if not len(found.source):
            return pattern.astype(np.uint32)
        shift = (found.target - self._begins[found.target]).astype(np.uint64)
        width = (np.uint64(1) << found.target_length.astype(np.uint64)) - np.uint64(1)
        for k in range(int(found.source_length[0])):
            row = (self._links[found.source + k] >> shift) & width
            pattern |= row << np.uint64(LONGEST_PHRASE * k)
        return pattern.astype(np.uint32)


def _count(rows: NDArray[np.void]) -> PhraseCounts:
    """Counts of one file; `total_t` is filled in later."""
    rows = rows[np.lexsort((rows["pattern"], rows["t"], rows["s"]))]
    s, t = rows["s"], rows["t"]
    new_s = np.append(True, s[1:] != s[:-1])
    new = np.append(True, (t[1:] != t[:-1]) | new_s[1:])
    run = np.append(True, (rows["pattern"][1:] != rows["pattern"][:-1]) | new[1:])
    begin = np.flatnonzero(new)
    count = np.diff(np.append(begin, len(rows)))
    run_begin = np.flatnonzero(run)
    run_count = np.diff(np.append(run_begin, len(rows)))
    run_pair = (np.cumsum(new) - 1)[run_begin]
    best = np.lexsort((run_begin, -run_count, run_pair))
    best = best[np.append(True, run_pair[best][1:] != run_pair[best][:-1])]
    chosen = rows[run_begin[best]]
    s_begin = np.flatnonzero(new_s)
    total = np.diff(np.append(s_begin, len(rows)))[(np.cumsum(new_s) - 1)[begin]]
    several = (chosen["n_s"] > 1) | (chosen["n_t"] > 1)
    keep = (count > 1) | ~several
    turns = [
        np.stack([np.add.reduceat((rows[name] == o).astype(np.int64), begin) for o in range(3)], 1)
        for name in ("previous", "following")
    ]
    fields = {name: chosen[name].astype(np.int64)[keep]
              for name in ("at_s", "at_t", "n_s", "n_t", "pattern")}  # fmt: skip
    return PhraseCounts(
        s=chosen["s"][keep], t=chosen["t"][keep], count=count[keep], total_s=total[keep],
        total_t=np.zeros(int(keep.sum()), dtype=np.int64),
        previous=turns[0][keep], following=turns[1][keep], **fields,
    )  # fmt: skip


def _target_totals(wanted: Hashes, files: Sequence[Path]) -> Ints:
    keys, place = np.unique(wanted, return_inverse=True)
    totals = np.zeros(len(keys), dtype=np.int64)
    for path in files:
        if path.exists():
            found, count = np.unique(np.fromfile(path, dtype=np.uint64), return_counts=True)
            at = np.minimum(np.searchsorted(keys, found), len(keys) - 1)
            here = keys[at] == found
            totals[at[here]] += count[here]
    return totals[place]
