"""A small dataset to try things on: German sentences to label, with people's labels on both sides.

The sentences were written for XProj: invented people in everyday places, and plain facts about
known ones. English is the source, French there for the pivot.
"""

from __future__ import annotations

import json
from functools import lru_cache
from importlib import resources

from xproj_core.domain.item import Item
from xproj_core.formats.inline import parse_inline

ID = "example"
NAME = "Example: thirty German sentences"
SOURCE, TARGET, PIVOT = "en", "de", "fr"
LABELS = ("PER", "LOC", "ORG")
NOTES = ("Written for XProj, with labels and translations by its authors.",)


@lru_cache(maxsize=1)
def items() -> tuple[Item, ...]:
    """The sentences with gold labels on both sides."""
    file = resources.files("xproj_core.examples").joinpath("german.json")
    return tuple(
        Item(
            str(number),
            source=parse_inline(row[SOURCE], SOURCE),
            target=parse_inline(row[TARGET], TARGET),
            gold=frozenset({"source", "target"}),
            others={PIVOT: parse_inline(row[PIVOT], PIVOT)},
        )
        for number, row in enumerate(json.loads(file.read_text(encoding="utf-8")), 1)
    )
