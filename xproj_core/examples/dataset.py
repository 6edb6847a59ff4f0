"""A small dataset to try a run on: German sentences to label, with people's labels on both sides.

The sentences were written for XProj. English is the source, French there for the pivot.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import resources

from xproj_core.formats.inline import parse_inline
from xproj_core.items import Item

NAME = "Example: thirty German sentences"
SOURCE, TARGET, PIVOT = "en", "de", "fr"
LABELS = ("PER", "LOC", "ORG")
NOTES = ("Written for XProj, with labels and translations by its authors.",)


def items() -> Iterator[Item]:
    """The sentences with gold labels on both sides."""
    file = resources.files("xproj_core.examples").joinpath("german.json")
    for number, row in enumerate(json.loads(file.read_text(encoding="utf-8")), 1):
        yield Item(
            str(number),
            source=parse_inline(row[SOURCE], SOURCE),
            target=parse_inline(row[TARGET], TARGET),
            gold=frozenset({"source", "target"}),
            others={PIVOT: parse_inline(row[PIVOT], PIVOT)},
        )
