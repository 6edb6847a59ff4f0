"""What is lost when items are written in a format: said before, never silent."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from xproj_core.domain import Sentence
from xproj_core.domain.document_place import NAMES, DocumentPlace
from xproj_core.domain.item import Item, Side
from xproj_core.formats.base import WRITING, Carries, Writing
from xproj_core.formats.places import laid_out
from xproj_core.text.strings import counted

_SIDES: tuple[Side, Side] = ("source", "target")


def losses(items: Iterable[Item], carries: Carries, how: Writing = WRITING) -> tuple[str, ...]:
    """One sentence for each kind of thing that the items have and the format does not carry."""
    counts: dict[str, int] = {}
    for number, item in enumerate(items, 1):
        for what, lost in _CHECKS.items():
            if lost(item, number, carries, how):
                counts[what] = counts.get(what, 0) + 1
    return tuple(f"{counted(n, 'item')}: {what}." for what, n in counts.items())


def _written(item: Item, carries: Carries, how: Writing) -> list[Sentence]:
    if carries.sides == "none":
        return []
    if carries.sides == "one":
        return [how.sentence(item)]
    return [s for name in _SIDES if (s := item.side(name)) is not None]


Check = Callable[[Item, int, Carries, Writing], bool]


def _other_side(item: Item, number: int, carries: Carries, how: Writing) -> bool:
    return carries.sides == "one" and item.source is not None and item.target is not None


def _labels(item: Item, number: int, carries: Carries, how: Writing) -> bool:
    if carries.spans != "none" or carries.sides == "none":
        return False
    return bool(item.gold) or any(s.spans for s in _written(item, carries, how))


def _links(item: Item, number: int, carries: Carries, how: Writing) -> bool:
    return not carries.links and item.links is not None


def _text(item: Item, number: int, carries: Carries, how: Writing) -> bool:
    return any(
        s.text is not None
        and s.text != " ".join(s.tokens)
        and (not carries.text or laid_out(s)[0] != s.text)
        for s in _written(item, carries, how)
    )


def _guess(item: Item, number: int, carries: Carries, how: Writing) -> bool:
    if carries.gold or carries.spans == "none":
        return False
    written = _written(item, carries, how)
    return any(name not in item.gold for name in _SIDES if item.side(name) in written)


def _scores(item: Item, number: int, carries: Carries, how: Writing) -> bool:
    return not carries.scores and any(
        span.score is not None for s in _written(item, carries, how) for span in s.spans
    )


def _empty(item: Item, number: int, carries: Carries, how: Writing) -> bool:
    return not carries.empty and any(not s.tokens for s in _written(item, carries, how))


def _notes(item: Item, number: int, carries: Carries, how: Writing) -> bool:
    return not carries.notes and any(name not in NAMES for name in item.notes)


def _place(item: Item, number: int, carries: Carries, how: Writing) -> bool:
    return not carries.notes and not how.documents and DocumentPlace.of(item.notes) is not None


_CHECKS: dict[str, Check] = {
    "the sentences and their labels are not written": (
        lambda item, number, carries, how: carries.sides == "none"
    ),
    "only one of the two sentences is written": _other_side,
    "that it is the source side is not written": (
        lambda item, number, carries, how: carries.sides == "one" and item.target is None
    ),
    "the labels are not written": _labels,
    "the word links are not written": _links,
    "the text is written as its tokens with a space between them": _text,
    "that the labels are no person's is not written": _guess,
    "the confidence of the labels is not written": _scores,
    "an empty sentence is left out": _empty,
    "the name is replaced by a number": (
        lambda item, number, carries, how: not carries.keys and item.key != str(number)
    ),
    "the sentences in further languages are not written": (
        lambda item, number, carries, how: not carries.others and bool(item.others)
    ),
    "the notes are not written": _notes,
    "its place in the document is not written": _place,
}
