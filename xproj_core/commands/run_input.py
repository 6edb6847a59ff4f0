"""The data of `xproj run`: a file read into the store, or what the store holds already."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from xproj_core import languages
from xproj_core.commands.files import read_sentences
from xproj_core.errors import InputError
from xproj_core.items import Item, Side
from xproj_core.runs import signatures
from xproj_core.runs.signatures import Signed

if TYPE_CHECKING:
    from xproj_core.store.datasets import Dataset
    from xproj_core.store.store import Store


def from_file(store: Store, options: argparse.Namespace, wanted: Signed | None) -> Dataset:
    """The dataset that a file holds; added to the store unless a run has used the same before."""
    one = wanted.configuration if wanted else None
    source = one.source if one else options.source_language or "en"
    target = one.target if one else options.target_language
    if target is None:
        raise InputError("Say which language receives labels: --target-language de, say.")
    source, target = languages.two(source, target)
    items = list(_items(options, target))
    found = known(store, signatures.data_hash(items))
    if found is not None:
        return found
    sides = (side for item in items for side in (item.source, item.target) if side is not None)
    labels = sorted({span.label for side in sides for span in side.spans})
    id = store.datasets.add(options.input.name, items, source, target, labels)
    return store.datasets.get(id)


def _items(options: argparse.Namespace, language: str) -> Iterator[Item]:
    sentences = read_sentences(options.input, language, raw=options.tokenise)
    labelled = any(s.spans for s in sentences)
    for number, sentence in enumerate(sentences, 1):
        gold: frozenset[Side] = frozenset({"target"} if labelled else ())
        yield Item(str(number), target=sentence, gold=gold)


def known(store: Store, data: str) -> Dataset | None:
    """A dataset of the store over which there is a run with this data hash."""
    for run in store.runs.list():
        if f"|data:{data}|" in run.signature:
            found = store.datasets.get(run.dataset)
            if found.items == run.total:
                return found
    return None


def known_language(code: str) -> str | None:
    """None for "und"."""
    return None if code in ("", "und") else code
