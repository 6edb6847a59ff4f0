"""MasakhaNER 2 sentences with the human sentences of MAFAND that they were translated from.

JSONL: `tokens`, `tags` and `lang` of the African side with its gold, `src` and `src_lang` of the
other, as plain text without labels.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath

from xproj_core.datasets.json_rows import first_row, items
from xproj_core.datasets.layout import Guess, Part, code_of, split_of, tagged
from xproj_core.datasets.tree import Tree
from xproj_core.domain.codec import RawJson
from xproj_core.domain.item import Item
from xproj_core.formats.base import Outcomes, Reading, Report
from xproj_core.formats.text import cut

_NEEDED = {"tokens", "tags", "src", "src_lang", "lang"}


def find(tree: Tree, how: Reading) -> Guess | None:
    """One part per file."""
    parts, example = [], ""
    for name in tree.names:
        row = first_row(tree, name)
        if row is None:
            continue
        source, target = code_of(str(row.get("src_lang"))), code_of(str(row.get("lang")))
        if not row.keys() >= _NEEDED or source is None or target is None:
            continue
        example = example or PurePosixPath(name).name
        opener = partial(_open, tree, name, replace(how, source=source, target=target))
        parts.append(Part(source, target, split_of(name), opener))
    if not parts:
        return None
    return Guess(
        "mafand",
        f"{example} holds tokens, tags and the sentence they are a translation of",
        tuple(parts),
    )


def _open(tree: Tree, name: str, how: Reading, report: Report) -> Outcomes:
    yield from items(tree, name, report, partial(_item, how=how), ", ".join(sorted(_NEEDED)))


def _item(row: RawJson, number: int, part: Report, *, how: Reading) -> Item:
    return Item(
        str(row.get("ner_index", number)),
        cut(row["src"], how.source, how),
        tagged(row["tokens"], row["tags"], how.target, None, part, f"line {number}"),
        frozenset({"target"}) if how.gold else frozenset(),
    )
