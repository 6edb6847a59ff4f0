"""Sentence pairs on disk, without repetitions, with what has to be known of every one."""

from __future__ import annotations

import hashlib
import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from xproj_core.domain.arrays import Vector
from xproj_core.domain.limits import MAX_CHARACTERS
from xproj_core.mini.train.sides import LONGEST

Pair = tuple[str, str]
_EVERY = 100_000


def key(text: str) -> str:
    """What sentences share that differ in case, spacing and punctuation only."""
    return re.sub(r"\W+", " ", text.lower()).strip()


@dataclass(frozen=True)
class PairStore:
    """Pairs in a file, one after another; a pair's number is its place there.

    Some 50 bytes a pair are in memory, for texts of any length.

    Attributes:
        rows: the pairs that repeat none before them.
        texts: by side, the first pair with the same text, for every pair.
        keys: by side, a hash of each text's `key`.
        short: True where the left text may be held out: by blanks, no more than 60 words.
        sizes: by side, bytes of each text in the file.
    """

    file: Path
    rows: Vector[np.int64]
    texts: tuple[Vector[np.int32], Vector[np.int32]]
    keys: tuple[Vector[np.uint64], Vector[np.uint64]]
    short: Vector[np.bool_]
    sizes: tuple[Vector[np.int32], Vector[np.int32]]

    @classmethod
    def of(cls, pairs: Iterable[Pair], folder: Path) -> PairStore:
        """Keep `pairs` in `folder` but those that are too long or have no letter on a side."""
        file = folder / "pairs.txt"
        hashes, keys, sizes = (tuple(array(kind) for _ in range(2)) for kind in "QQi")
        seconds = array("Q"), array("Q")
        short = bytearray()
        with file.open("wb") as out:
            for pair in pairs:
                both = key(pair[0]), key(pair[1])
                if max(map(len, pair)) > MAX_CHARACTERS or not (both[0] and both[1]):
                    continue
                for side in (0, 1):
                    text = pair[side].encode("utf-8", "surrogatepass")
                    digest = hashlib.blake2b(text, digest_size=16).digest()
                    hashes[side].append(int.from_bytes(digest[:8], "little"))
                    seconds[side].append(int.from_bytes(digest[8:], "little"))
                    sizes[side].append(len(text))
                    keys[side].append(_hashed(both[side]))
                    out.write(text)
                short.append(len(pair[0].split()) <= LONGEST)
        texts = tuple(_firsts(_array(a), _array(b)) for a, b in zip(hashes, seconds, strict=True))
        same = texts[0].astype(np.int64) * len(short) + texts[1]
        rows = np.sort(np.unique(same, return_index=True)[1])
        return cls(
            file,
            rows,
            (texts[0], texts[1]),
            (_array(keys[0]), _array(keys[1])),
            np.array(short, np.uint8).astype(bool),
            (np.array(sizes[0], np.int32), np.array(sizes[1], np.int32)),
        )

    def distinct(
        self, side: int, rows: Vector[np.int64]
    ) -> tuple[Vector[np.int64], Vector[np.int64]]:
        """The pairs that first have each text of `rows` on `side`, ascending, and for each of
        `rows` the place of its text among these."""
        firsts = self.texts[side][rows]
        present = np.zeros(len(self.short), bool)
        present[firsts] = True
        return np.flatnonzero(present), (np.cumsum(present) - 1)[firsts]

    def read(self, rows: Vector[np.int64]) -> Iterator[Pair]:
        """The pairs `rows`, which ascend."""
        at = 0
        with self.file.open("rb") as file:
            for begin in range(0, len(rows), _EVERY):
                some = rows[begin : begin + _EVERY]
                for row in some.tolist():
                    a, b = int(self.sizes[0][row]), int(self.sizes[1][row])
                    if row != at:
                        file.seek(self._start(at, row, file.tell()))
                    both = file.read(a + b)
                    at = row + 1
                    yield (
                        both[:a].decode("utf-8", "surrogatepass"),
                        both[a:].decode("utf-8", "surrogatepass"),
                    )

    def _start(self, at: int, row: int, here: int) -> int:
        """Where pair `row` is, if pair `at` is `here`."""
        skipped = sum(int(side[at:row].sum(dtype=np.int64)) for side in self.sizes)
        return here + skipped


def _hashed(text: str) -> int:
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little")


def _array(values: array[int]) -> Vector[np.uint64]:
    return np.array(values, np.uint64)


def _firsts(left: Vector[np.uint64], right: Vector[np.uint64]) -> Vector[np.int32]:
    """For each pair of hashes, the place where the same ones are first."""
    order = np.lexsort((right, left))
    new = np.ones(len(order), bool)
    new[1:] = (left[order][1:] != left[order][:-1]) | (right[order][1:] != right[order][:-1])
    begin = np.flatnonzero(new)
    firsts = np.empty(len(order), np.int32)
    firsts[order] = np.repeat(order[begin], np.diff(np.append(begin, len(order))))
    return firsts
