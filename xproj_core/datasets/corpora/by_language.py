"""Parallel JSONL with a labelled sentence per language, as PUD of Universal NER is kept here.

    {"i": 0, "en": {"id": "n01-1", "text": "...", "tokens": [...], "tags": [...]}, "pt": {...}}

Gold on every side. The languages that a pair leaves over come along as human pivots.
"""

from __future__ import annotations

from functools import partial
from itertools import permutations
from pathlib import PurePosixPath
from typing import Any

from xproj_core.datasets.layout import Guess, Part, code_of, content, split_of, tagged
from xproj_core.datasets.tree import Tree
from xproj_core.errors import FormatError, InputError
from xproj_core.formats.base import Outcomes, Reading, Report
from xproj_core.formats.jsonl import parsed
from xproj_core.items import Item

Json = dict[str, Any]


def find(tree: Tree, how: Reading) -> Guess | None:
    """One part per file and pair of languages in either direction; from English first."""
    parts, seen = [], ""
    for name in tree.names:
        first = content(tree.first_lines(name, 2)) if name.endswith(".jsonl") else []
        try:
            row = parsed(first[0], 1, Report()) if first else {}
        except FormatError:
            continue
        codes = [k for k, v in row.items() if _is_tagged(v) and code_of(k)]
        if len(codes) < 2:
            continue
        seen = seen or f"the lines of {PurePosixPath(name).name} hold {', '.join(codes)}"
        for source, target in sorted(permutations(codes, 2), key=lambda p: (p[0] != "en", p)):
            opener = partial(_open, tree, name, source, target, how)
            parts.append(Part(code_of(source), code_of(target), split_of(name), opener))
    return Guess("by_language", f"{seen} with tokens and tags", tuple(parts)) if parts else None


def _is_tagged(value: object) -> bool:
    return isinstance(value, dict) and "tokens" in value and "tags" in value


def _open(
    tree: Tree, name: str, source: str, target: str, how: Reading, report: Report
) -> Outcomes:
    part = report.part(tree.said(name))
    lines, notes = tree.lines(name)
    part.notes += notes
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield _item(parsed(line, number, part), source, target, number, how, part)
            except FormatError as error:
                yield error
            except (InputError, KeyError, TypeError, ValueError) as error:
                yield part.error(
                    f"expected tokens and tags in {source} and {target}: {error}.", number
                )


def _item(row: Json, source: str, target: str, number: int, how: Reading, part: Report) -> Item:
    found = {
        code: tagged(
            v["tokens"], v["tags"], code_of(code) or code, v.get("text"), part, f"line {number}"
        )
        for code, v in row.items()
        if _is_tagged(v)
    }
    key = str(row[source].get("id") or row.get("id") or row.get("i", number))
    return Item(
        key,
        found.pop(source),
        found.pop(target),
        frozenset({"source", "target"}) if how.gold else frozenset(),
        None,
        {s.language: s for s in found.values()},
    )
