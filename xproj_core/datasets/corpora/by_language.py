"""Parallel JSONL with a labelled sentence per language, as PUD of Universal NER is kept here.

    {"i": 0, "en": {"id": "n01-1", "text": "...", "tokens": [...], "tags": [...]}, "pt": {...}}

Gold on every side. The languages that a pair leaves over come along as human pivots.
"""

from __future__ import annotations

from functools import partial
from itertools import permutations
from pathlib import PurePosixPath

from xproj_core.datasets.json_rows import first_row, items
from xproj_core.datasets.layout import Guess, Part, code_of, split_of, tagged
from xproj_core.datasets.tree import Tree
from xproj_core.domain.codec import RawJson
from xproj_core.domain.item import Item
from xproj_core.formats.base import Outcomes, Reading, Report


def find(tree: Tree, how: Reading) -> Guess | None:
    """One part per file and pair of languages in either direction; from English first."""
    parts, description = [], ""
    for name in tree.names:
        row = first_row(tree, name)
        if row is None:
            continue
        codes = [k for k, v in row.items() if _is_tagged(v) and code_of(k)]
        if len(codes) < 2:
            continue
        description = (
            description or f"the lines of {PurePosixPath(name).name} hold {', '.join(codes)}"
        )
        for source, target in sorted(permutations(codes, 2), key=lambda p: (p[0] != "en", p)):
            opener = partial(_open, tree, name, source, target, how)
            parts.append(Part(code_of(source), code_of(target), split_of(name), opener))
    return (
        Guess("by_language", f"{description} with tokens and tags", tuple(parts)) if parts else None
    )


def _is_tagged(value: object) -> bool:
    return isinstance(value, dict) and "tokens" in value and "tags" in value


def _open(
    tree: Tree, name: str, source: str, target: str, how: Reading, report: Report
) -> Outcomes:
    make = partial(_item, source=source, target=target, how=how)
    yield from items(tree, name, report, make, f"tokens and tags in {source} and {target}")


def _item(
    row: RawJson, number: int, part: Report, *, source: str, target: str, how: Reading
) -> Item:
    sentences = {
        code: tagged(
            v["tokens"], v["tags"], code_of(code) or code, v.get("text"), part, f"line {number}"
        )
        for code, v in row.items()
        if _is_tagged(v)
    }
    key = str(row[source].get("id") or row.get("id") or row.get("i", number))
    return Item(
        key,
        sentences.pop(source),
        sentences.pop(target),
        frozenset({"source", "target"}) if how.gold else frozenset(),
        None,
        {s.language: s for s in sentences.values()},
    )
