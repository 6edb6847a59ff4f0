"""Give the same name in one document the same label: what would change, and, asked to, do it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from xproj_core.commands.convert import format_of
from xproj_core.commands.output import tell
from xproj_core.datasets import read
from xproj_core.domain.document_place import DocumentPlace
from xproj_core.domain.item import Item, Side
from xproj_core.formats import FORMATS
from xproj_core.formats.base import Writing
from xproj_core.jobs.whole_file import whole_file
from xproj_core.project.consistency import Repair, repaired, repairs
from xproj_core.text.strings import counted

SUMMARY = "the same name in one document gets the same label"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    add = parser.add_argument
    add("--input", type=Path, required=True, help="labelled data of any format")
    add("--format", metavar="NAME", help=f"of the input, if not recognised: {', '.join(FORMATS)}")
    add("--side", choices=["source", "target"], default="target", help="whose labels")
    add("--relabel-only", action="store_true", help="give no label to what has none")
    add("--output", type=Path, help="write the repaired data; without it they are only listed")
    add("--to", metavar="FORMAT", help="of the output, if its ending does not say it")


def run(options: argparse.Namespace) -> None:
    """List the repairs on standard output; write where that is asked for."""
    form = None if options.output is None else format_of(options.to, options.output)
    dataset = read(options.input, format=options.format, side=options.side)
    tell([f"{options.input} {dataset.reason}."])
    items = list(dataset.items)
    if not any(DocumentPlace.of(item.notes) for item in items):
        tell(["The data say nothing of documents: all of it counts as one."])
    after: list[Item] = []
    number = 0
    for document in _documents(items):
        changes, repaired_items = _repaired(document, options.side, fill=not options.relabel_only)
        sys.stdout.writelines(_line(document[c.sentence], options.side, c) for c in changes)
        number += len(changes)
        after += repaired_items
    tell([f"{counted(number, 'repair')}."])
    if form is not None:
        how = Writing(side=options.side)
        tell(form.losses(after, how))
        with whole_file(options.output) as stream:
            stream.write(form.dumps(after, how=how))


def _documents(items: Iterable[Item]) -> Iterator[list[Item]]:
    def name(item: Item) -> str:
        place = DocumentPlace.of(item.notes)
        return "" if place is None else place.document

    yield from (list(group) for _, group in groupby(items, key=name))


def _repaired(document: list[Item], side: Side, fill: bool) -> tuple[list[Repair], list[Item]]:
    """What changes, and the items with it; an item without this side stays as it is."""
    places = [k for k, item in enumerate(document) if item.side(side) is not None]
    sentences = [s for item in document if (s := item.side(side)) is not None]
    changes = repairs(sentences, fill=fill)
    after = list(document)
    for k, sentence in zip(places, repaired(sentences, changes), strict=True):
        item = document[k]
        if side == "source":
            after[k] = replace(item, source=sentence)
        else:
            after[k] = replace(item, target=sentence)
    return [replace(c, sentence=places[c.sentence]) for c in changes], after


def _line(item: Item, side: Side, change: Repair) -> str:
    sentence = item.side(side)
    assert sentence is not None
    before = "O" if change.before is None else change.before.label
    words = " ".join(sentence.words(change.after))
    return f"{item.key}\t{words}\t{before} -> {change.after.label}\t{change.reason}\n"
