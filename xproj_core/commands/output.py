"""What commands share: saying things, reading a whole dataset, writing CoNLL."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path

from xproj_core.datasets import Loaded
from xproj_core.domain import Sentence, Span
from xproj_core.domain.errors import InputError
from xproj_core.domain.item import Item
from xproj_core.formats import conll, jsonl
from xproj_core.formats.base import Report
from xproj_core.jobs.whole_file import whole_file


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


def is_jsonl(path: Path) -> bool:
    """True for a file that holds JSONL by its name; what else there is holds CoNLL."""
    return path.suffix.lower() == ".jsonl"


def write_jsonl(path: Path, items: Iterable[Item]) -> None:
    """JSONL, which holds labels that nest; the folder is made where it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(path) as stream:
        stream.write(jsonl.dumps(items).encode())


def check_flat(sentence: Sentence, where: str, path: Path) -> None:
    """CoNLL holds one label a token.

    Args:
        where: where the sentence stands, for the reader of the error.
        path: what was to be written.

    Raises:
        InputError: two of the spans share one.
    """
    for span, other in combinations(sentence.spans, 2):
        if span.overlaps(other):
            raise InputError(
                f"{_words(sentence, span)} and {_words(sentence, other)} ({where}) share tokens,"
                f" which CoNLL cannot hold. Nothing was written to {path}: let its name end in"
                " .jsonl."
            )


def _words(sentence: Sentence, span: Span) -> str:
    return f"{' '.join(sentence.words(span))!r} {span.label}"
