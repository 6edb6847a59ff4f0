"""Parallel text in columns: source, target and, if there are any, Pharaoh links.

`source<TAB>target` or `source<TAB>target<TAB>0-0 1p2`. Sentences with links are cut at spaces,
since links count tokens. A third column without any link is kept as a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from xproj_core.domain.errors import FormatError, InputError
from xproj_core.domain.item import Item, Links
from xproj_core.formats import pharaoh
from xproj_core.formats.base import (
    READING,
    WRITING,
    Outcomes,
    Read,
    Reading,
    Report,
    Writing,
    read_lines,
)
from xproj_core.formats.text import cut, spaced

_LINK = re.compile(r"[0-9]+[-p][0-9]+")


def stream(lines: Iterable[str], how: Reading, report: Report) -> Outcomes:
    """One item per line, numbered from 1."""
    for number, line in enumerate(lines, 1):
        columns = line.split("\t")
        if not line.strip() and len(columns) < 2:
            report.count("an empty line was left out", f"line {number}")
            continue
        if len(columns) < 2:
            yield report.error(
                "expected a sentence, a tab and its translation; found no tab.", number
            )
            continue
        yield _item(columns, str(number), number, how, report)


def _item(
    columns: list[str], key: str, line: int, how: Reading, report: Report
) -> Item | FormatError:
    third = columns[2] if len(columns) > 2 else None
    words = third is not None and any(_LINK.fullmatch(x) for x in third.split())
    linked = words or (third is not None and not third.strip())
    how = replace(how, words="spaces") if linked else how
    source = cut(columns[0], how.source, how)
    target = cut(columns[1], how.target, how)
    links: Links | None = None
    if linked:
        try:
            (links,) = pharaoh.loads(columns[2] + "\n", [(len(source), len(target))]).links
        except FormatError as error:
            return report.error(f"in the third column, {error.problem}", line)
    notes = {} if third is None or linked else {"third column": third}
    return Item(key, source, target, links=links, notes=notes)


def loads(data: bytes | str, *, file: str | None = None, how: Reading = READING) -> Read:
    """Items with both sentences, without labels.

    Raises:
        FormatError: a line without a tab, or with links that do not fit.
    """
    return read_lines(stream, data, file, how)


def dumps(items: Iterable[Item], *, how: Writing = WRITING) -> str:
    """A line per item, with a third column where it has links.

    Raises:
        InputError: an item with one sentence only, or a token that is empty or holds a blank;
            the message names the item.
    """
    return "".join(_line(item) + "\n" for item in items)


def _line(item: Item) -> str:
    if item.source is None or item.target is None:
        raise InputError(f"Item {item.key} has one sentence only; parallel text needs both.")
    columns = [spaced(s.tokens, item.key) for s in (item.source, item.target)]
    if item.links is not None:
        columns.append(pharaoh.dumps([item.links]).rstrip("\n"))
    return "\t".join(columns)
