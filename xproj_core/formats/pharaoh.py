"""Pharaoh word alignments: one sentence pair a line, `i-j` sure and `ipj` possible links.

Indices count from 0, source first. A line may begin with an id column, ended by a tab.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from xproj_core.domain import Alignment, Link
from xproj_core.domain.errors import FormatError, InputError
from xproj_core.domain.item import Links
from xproj_core.formats.decoding import decode, lines

_LINK = re.compile(r"([0-9]+)([-p])([0-9]+)")
Shape = tuple[int, int]


@dataclass(frozen=True, slots=True)
class PharaohFile:
    """One `Links` per line; `notes` is what the user should be told about the file."""

    links: tuple[Links, ...]
    notes: tuple[str, ...] = ()


def _line(line: str, file: str | None, number: int) -> Links:
    sure: set[Link] = set()
    possible: set[Link] = set()
    for item in line.rpartition("\t")[2].split():
        match = _LINK.fullmatch(item)
        if match is None:
            raise FormatError(
                f"expected links such as 0-0 or 3p4; found {item!r}.", file=file, line=number
            )
        pair = (int(match[1]), int(match[3]))
        (sure if match[2] == "-" else possible).add(pair)
    return Links(frozenset(sure), frozenset(possible - sure))


def _fits(links: Links, shape: Shape, file: str | None, number: int) -> None:
    outside = sorted(
        (i, j) for i, j in links.sure | links.possible if i >= shape[0] or j >= shape[1]
    )
    if outside:
        i, j = outside[0]
        raise FormatError(
            f"the link {i}-{j} is out of range: the source has {shape[0]} tokens and the target"
            f" {shape[1]}, counted from 0. Are the two sides swapped, or counted from 1?",
            file=file,
            line=number,
        )


def loads(
    data: bytes | str,
    shapes: Sequence[Shape] | None = None,
    *,
    file: str | None = None,
    swap: bool = False,
) -> PharaohFile:
    """Parse the contents of a Pharaoh file.

    Args:
        shapes: (source tokens, target tokens) of each pair; with it every link is checked.
        swap: the file has the target's index first.

    Raises:
        FormatError: something that is not a link, a link outside its sentence pair (named with
            its line), or another number of lines than of `shapes`.
    """
    text, notes = decode(data, file)
    read = lines(text)
    if shapes is not None and len(read) != len(shapes):
        raise FormatError(
            f"{len(read)} lines of alignments for {len(shapes)} sentence pairs: expected one"
            " line per pair, empty where nothing is linked.",
            file=file,
        )
    alignments = []
    for number, line in enumerate(read, 1):
        links = _line(line, file, number)
        links = links.swapped() if swap else links
        if shapes is not None:
            _fits(links, shapes[number - 1], file, number)
        alignments.append(links)
    return PharaohFile(tuple(alignments), notes)


def load(
    path: str | Path, shapes: Sequence[Shape] | None = None, *, swap: bool = False
) -> PharaohFile:
    """Read a Pharaoh file; see `loads`. Raises InputError when it cannot be opened."""
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from error
    return loads(data, shapes, file=str(path), swap=swap)


def dumps(links: Iterable[Links | Alignment]) -> str:
    """Pharaoh text, links sorted; of an alignment, its hard links."""
    rows = []
    for alignment in links:
        if isinstance(alignment, Alignment):
            alignment = Links(frozenset(alignment.pairs()))
        marked = [(i, j, "-") for i, j in alignment.sure] + [
            (i, j, "p") for i, j in alignment.possible
        ]
        rows.append(" ".join(f"{i}{mark}{j}" for i, j, mark in sorted(marked)) + "\n")
    return "".join(rows)


def dump(path: str | Path, links: Iterable[Links | Alignment]) -> None:
    """Write a Pharaoh file; see `dumps`."""
    Path(path).write_text(dumps(links), encoding="utf-8", newline="")
