"""MasakhaNER 1 and 2: `<language>/{train,dev,test}.txt`, `token tag`, PER LOC ORG DATE."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath

from xproj_core.datasets.layout import Guess, Part, code_of, content, mostly, rows
from xproj_core.datasets.tree import Tree
from xproj_core.formats.base import Reading

_ROW = re.compile(r"\S+ (O|[BI]-\S+)\s*")


def find(tree: Tree, how: Reading) -> Guess | None:
    """One part per language and split."""
    parts, example = [], ""
    for name in tree.names:
        path = PurePosixPath(name)
        code = code_of(path.parent.name)
        if path.suffix != ".txt" or path.stem not in ("train", "dev", "test") or code is None:
            continue
        if not mostly(_ROW, content(tree.first_lines(name))):
            continue
        example = example or f"{path.parent.name}/{path.name}"
        reading = replace(how, side="target", target=code)
        parts.append(Part(None, code, path.stem, partial(rows, tree, name, "conll", reading)))
    if not parts:
        return None
    return Guess("masakhaner", f"{example} holds a token, a space and a tag a line", tuple(parts))
