"""The data of `xproj noise`: files, a dataset of the store, or the example sentences."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from xproj_core.commands import run_input
from xproj_core.commands.output import tell
from xproj_core.datasets import read
from xproj_core.domain.errors import InputError
from xproj_core.domain.item import Item
from xproj_core.examples import dataset as example
from xproj_core.noise.labels import LABELS


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what says which data."""
    run_input.arguments(parser)
    parser.add_argument("--store", metavar="URL", help="where datasets are kept, see XPROJ_STORE")


@dataclass(frozen=True)
class Data:
    """Items that may be read again, their languages and labels."""

    items: Iterable[Item]
    source: str
    target: str
    labels: tuple[str, ...]


def of_example() -> Data:
    """The example sentences."""
    return Data(example.items(), example.SOURCE, example.TARGET, example.LABELS)


def of_options(options: argparse.Namespace) -> Data:
    """What the options name: files, or a dataset of the store.

    Raises:
        InputError: neither or both, or files that are no dataset.
    """
    if (options.input is None) == (options.dataset is None):
        raise InputError("Give --input FILE, or --dataset ID of the store.")
    if options.dataset is not None:
        from xproj_core.store import open_store

        datasets = open_store(options.store).datasets
        known = datasets.get(options.dataset)
        items = _Stored(lambda: datasets.items(known.id))
        labels = known.labels or LABELS
        return Data(items, known.source_language, known.target_language, labels)
    dataset = read(
        options.input,
        format=options.format,
        source_language=options.source_language,
        target_language=options.target_language,
        split=options.split,
        target=options.target_input,
        links=options.links,
        partial=options.partial,
        words="words" if options.tokenise else "spaces",
    )
    tell((f"{options.input} {dataset.reason}", *dataset.notes, *dataset.problems))
    source, target = dataset.source_language, dataset.target_language
    if source == "und" and "source" not in dataset.preview.sides:
        source = options.source_language or "en"
    return Data(dataset.items, source, target, dataset.labels or LABELS)


class _Stored:
    """A dataset of the store, read anew each time."""

    def __init__(self, items: Callable[[], Iterator[Item]]) -> None:
        self._items = items

    def __iter__(self) -> Iterator[Item]:
        return self._items()
