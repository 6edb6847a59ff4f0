"""Word links in Pharaoh's form, for items whose sentences are known; see `pharaoh`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from xproj_core.domain.errors import InputError
from xproj_core.domain.item import Item, Links
from xproj_core.formats import pharaoh
from xproj_core.formats.base import READING, WRITING, Read, Reading, Writing


def loads(data: bytes | str, *, file: str | None = None, how: Reading = READING) -> Read:
    """The items of `how.onto` with the links of the file, one line each.

    Raises:
        FormatError: something that is not a link, a link outside its sentence pair, or another
            number of lines than items.
        InputError: there are no items to put the links onto.
    """
    if not how.onto:
        raise InputError(
            "A Pharaoh file holds links only. Read the sentences that they link first, or upload"
            " them together."
        )
    shapes = [(len(i.source or ()), len(i.target or ())) for i in how.onto]
    pharaoh_file = pharaoh.loads(data, shapes, file=file)
    items = (
        item if item.source is None or item.target is None else replace(item, links=links)
        for item, links in zip(how.onto, pharaoh_file.links, strict=True)
    )
    return Read(tuple(items), pharaoh_file.notes)


def dumps(items: Iterable[Item], *, how: Writing = WRITING) -> str:
    """One line per item, empty where nothing is linked."""
    return pharaoh.dumps(item.links or Links(frozenset()) for item in items)
