"""What commands share: saying things, reading a whole dataset, writing CoNLL."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from xproj_core.datasets import Loaded
from xproj_core.domain import Sentence
from xproj_core.domain.item import Item
from xproj_core.formats import conll
from xproj_core.formats.base import Report


def tell(notes: Iterable[str]) -> None:
    """Things the user should know, on standard error."""
    for note in notes:
        print(f"note: {note}", file=sys.stderr)


def items_of(dataset: Loaded) -> list[Item]:
    """All items, read once; what there is to say about them is told.

    Raises:
        FormatError: something that cannot be read.
    """
    report = Report()
    items = list(dataset.reading(report))
    tell(report.all_notes())
    return items


def write_conll(path: Path, sentences: Iterable[Sentence]) -> None:
    """CoNLL; the folder is made where it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    conll.dump(path, sentences)
