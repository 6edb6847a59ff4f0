"""WikiANN as XTREME's PAN-X has it: a folder per language, `en:token<TAB>tag`, PER LOC ORG."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath

from xproj_core.datasets.layout import Guess, Part, code_of, content, mostly, rows, split_of
from xproj_core.datasets.tree import Tree
from xproj_core.formats.base import Outcomes, Reading, Report

_ROW = re.compile(r"([a-z]{2,3}(?:-[a-z]+)?):(.*)\t(O|[BI]-\S+)\s*")


def find(tree: Tree, how: Reading) -> Guess | None:
    """One part per language and split."""
    parts, seen = [], ""
    for name in tree.names:
        first = content(tree.first_lines(name))
        if not mostly(_ROW, first):
            continue
        prefixes = {m[1] for line in first if (m := _ROW.fullmatch(line))}
        code = code_of(min(prefixes))
        if len(prefixes) > 1 or code is None:
            continue
        seen = seen or PurePosixPath(name).name
        one = replace(how, side="target", target=code)
        opener = partial(_open, tree, name, f"{min(prefixes)}:", one)
        parts.append(Part(None, code, split_of(name), opener))
    if not parts:
        return None
    return Guess("panx", f"the tokens of {seen} begin with their language", tuple(parts))


def _open(tree: Tree, name: str, prefix: str, how: Reading, report: Report) -> Outcomes:
    lines, notes = tree.lines(name)
    report.notes += notes
    return rows(tree, name, "conll", how, report, _plain(lines, prefix))


def _plain(lines: Iterable[str], prefix: str) -> Iterator[str]:
    for line in lines:
        yield line.removeprefix(prefix)
