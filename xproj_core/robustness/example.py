"""Forty German sentences with their entities, to try a sweep on at once.

Written for XProj: invented people in everyday places, and plain facts about known ones.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

from xproj_core.formats.inline import parse_inline
from xproj_core.items import Item

ID = "example"
LANGUAGE = "de"
LABELS = ("PER", "LOC", "ORG")


@lru_cache(maxsize=1)
def items() -> tuple[Item, ...]:
    """The sentences, with gold labels; there is no translation beside them."""
    file = resources.files("xproj_core.examples").joinpath("news.de.txt")
    lines = file.read_text(encoding="utf-8").splitlines()
    return tuple(
        Item(str(n), target=parse_inline(line, LANGUAGE), gold=frozenset({"target"}))
        for n, line in enumerate(lines, 1)
    )
