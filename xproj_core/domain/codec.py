"""Items as plain JSON values."""

from __future__ import annotations

from typing import Any, cast

from xproj_core.domain.alignment import Link
from xproj_core.domain.item import Item, Links, Side
from xproj_core.domain.record import Json, sentence_from, sentence_json


def as_json(item: Item) -> Json:
    """Plain JSON values; `from_json` gives the item back. What is not there is left out."""
    made: Json = {"key": item.key}
    if item.source is not None:
        made["source"] = sentence_json(item.source)
    if item.target is not None:
        made["target"] = sentence_json(item.target)
    if item.gold:
        made["gold"] = sorted(item.gold)
    if item.links is not None:
        made["links"] = {"sure": _pairs(item.links.sure), "possible": _pairs(item.links.possible)}
    if item.others:
        made["others"] = {code: sentence_json(s) for code, s in item.others.items()}
    if item.notes:
        made["notes"] = dict(item.notes)
    return made


def from_json(given: Json) -> Item:
    """The item that `as_json` wrote."""
    links = given.get("links")
    return Item(
        key=given["key"],
        source=sentence_from(given["source"]) if "source" in given else None,
        target=sentence_from(given["target"]) if "target" in given else None,
        gold=cast(frozenset[Side], frozenset(given.get("gold", ()))),
        links=None if links is None else Links(_set(links["sure"]), _set(links["possible"])),
        others={code: sentence_from(s) for code, s in given.get("others", {}).items()},
        notes=dict(given.get("notes", {})),
    )


def _pairs(links: frozenset[Link]) -> list[list[int]]:
    return [list(link) for link in sorted(links)]


def _set(given: list[list[Any]]) -> frozenset[Link]:
    return frozenset((i, j) for i, j in given)
