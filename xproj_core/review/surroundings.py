"""The sentences of a document around the one that is corrected."""

from __future__ import annotations

from dataclasses import dataclass

from xproj_core.domain.document_place import DocumentPlace
from xproj_core.domain.item import Item
from xproj_core.store.store import Store
from xproj_core.text.detokenise import text_of

REACH = 2


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands before and after a sentence, in the language that receives labels.

    Attributes:
        document: the document's name.
        before, after: the texts of up to `REACH` sentences, in the document's order.
    """

    document: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def surroundings(store: Store, dataset: str, number: int) -> Surroundings | None:
    """Those of the item at a place of a dataset, from 0; None where it is of no document.

    Raises:
        StoreError: there is no such item.
    """
    first = max(0, number - REACH)
    items = dict(enumerate(store.datasets.items(dataset, first, number + REACH + 1), first))
    item = items.get(number) or store.datasets.at(dataset, number)
    place = DocumentPlace.of(item.notes)
    if place is None:
        return None
    texts = {k: _text(i) for k, i in items.items() if _is_of(i, place.document)}
    return Surroundings(
        place.document,
        tuple(text for k, text in texts.items() if k < number),
        tuple(text for k, text in texts.items() if k > number),
    )


def _is_of(item: Item, document: str) -> bool:
    place = DocumentPlace.of(item.notes)
    return place is not None and place.document == document


def _text(item: Item) -> str:
    sentence = item.target or item.source
    return "" if sentence is None else " ".join(text_of(sentence).split())
