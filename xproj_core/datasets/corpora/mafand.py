"""MasakhaNER 2 sentences with the human sentences of MAFAND that they were translated from.

JSONL: `tokens`, `tags` and `lang` of the African side with its gold, `src` and `src_lang` of the
other, as plain text without labels.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from xproj_core.datasets.layout import Guess, Part, code_of, content, split_of, tagged
from xproj_core.datasets.tree import Tree
from xproj_core.errors import FormatError, InputError
from xproj_core.formats.base import Outcomes, Reading, Report
from xproj_core.formats.jsonl import parsed
from xproj_core.formats.text import cut
from xproj_core.items import Item

Json = dict[str, Any]
_NEEDED = {"tokens", "tags", "src", "src_lang", "lang"}


def find(tree: Tree, how: Reading) -> Guess | None:
    """One part per file."""
    parts, seen = [], ""
    for name in tree.names:
        first = content(tree.first_lines(name, 2)) if name.endswith(".jsonl") else []
        try:
            row = parsed(first[0], 1, Report()) if first else {}
        except FormatError:
            continue
        source, target = code_of(str(row.get("src_lang"))), code_of(str(row.get("lang")))
        if not row.keys() >= _NEEDED or source is None or target is None:
            continue
        seen = seen or PurePosixPath(name).name
        opener = partial(_open, tree, name, replace(how, source=source, target=target))
        parts.append(Part(source, target, split_of(name), opener))
    if not parts:
        return None
    return Guess("mafand", f"{seen} holds tokens, tags and the sentence they are a translation of",
                 tuple(parts))  # fmt: skip


def _open(tree: Tree, name: str, how: Reading, report: Report) -> Outcomes:
    part = report.part(tree.said(name))
    lines, notes = tree.lines(name)
    part.notes += notes
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield _item(parsed(line, number, part), number, how, part)
            except FormatError as error:
                yield error
            except (InputError, KeyError, TypeError, ValueError) as error:
                yield part.error(f"expected {', '.join(sorted(_NEEDED))}: {error}.", number)


def _item(row: Json, number: int, how: Reading, part: Report) -> Item:
    return Item(
        str(row.get("ner_index", number)),
        cut(row["src"], how.source, how),
        tagged(row["tokens"], row["tags"], how.target, None, part, f"line {number}"),
        frozenset({"target"}) if how.gold else frozenset(),
    )
