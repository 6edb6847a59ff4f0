"""XL-WA: `<language>/{dev,test}.tsv`, English, its translation and their manual word links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath

from xproj_core.datasets.layout import Guess, Part, code_of, content, rows, split_of
from xproj_core.datasets.tree import Tree
from xproj_core.formats.base import Outcomes, Reading, Report

_LINKS = re.compile(r"\d+-\d+(?: \d+-\d+)*")


def find(tree: Tree, how: Reading) -> Guess | None:
    """One part per language and split."""
    parts, example = [], ""
    for name in tree.names:
        path = PurePosixPath(name)
        code = code_of(path.parent.name)
        if path.suffix != ".tsv" or code in (None, "en") or split_of(path.name) is None:
            continue
        first = [line.split("\t") for line in content(tree.first_lines(name, 10))]
        if not first or not all(len(c) > 2 and _LINKS.fullmatch(c[2].strip()) for c in first):
            continue
        example = example or f"{path.parent.name}/{path.name}"
        reading = replace(how, source="en", target=code, words="spaces")
        parts.append(Part("en", code, split_of(path.name), partial(_open, tree, name, reading)))
    if not parts:
        return None
    return Guess("xl_wa", f"{example} holds two sentences and their links a line", tuple(parts))


def _open(tree: Tree, name: str, how: Reading, report: Report) -> Outcomes:
    lines, notes = tree.lines(name)
    report.notes += notes
    return rows(tree, name, "tsv", how, report, _three_columns(lines))


def _three_columns(lines: Iterable[str]) -> Iterator[str]:
    """Some lines end in empty columns."""
    for line in lines:
        yield "\t".join(line.split("\t")[:3])
