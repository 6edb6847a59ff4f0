"""Opinion targets of SemEval-2016 as Easy-Label-Projection has them, English and Spanish.

`original-en/en.absa.<split>.tsv` and `DeepL.Iker.<split>.tsv` (`token<TAB>tag<TAB>quality`), both
with manual labels; `*.talp` are the links that aligners made, taken only where they are asked
for, since they are no person's.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath

from xproj_core.datasets.layout import Guess, Part, sentences
from xproj_core.datasets.side_by_side import File, in_step
from xproj_core.datasets.tree import Tree
from xproj_core.formats.base import Outcomes, Reading, Report

_SOURCE = re.compile(r"en\.absa\.(train|test)\.tsv")
_LINKS = re.compile(r"DeepL\.\d+\.(\w+)\.(train|test)(?:\.\w+)?\.talp")


def find(tree: Tree, how: Reading) -> Guess | None:
    """A part per split, and one per aligner and split, called "test, awesome"."""
    by_name = {PurePosixPath(n).name: n for n in tree.names}
    parts = []
    for name in sorted(by_name):
        match = _SOURCE.fullmatch(name)
        target = by_name.get(f"DeepL.Iker.{match[1]}.tsv") if match else None
        if match is None or target is None:
            continue
        split, source = match[1], by_name[name]
        parts.append(Part("en", "es", split, partial(_open, tree, source, target, None, how)))
        for other, path in by_name.items():
            links = _LINKS.fullmatch(other)
            if links and links[2] == split:
                opener = partial(_open, tree, source, target, path, how)
                parts.append(Part("en", "es", f"{split}, {links[1]}", opener))
    if not parts:
        return None
    return Guess("absa", "en.absa and DeepL.Iker files are parallel", tuple(parts))


def _open(
    tree: Tree, source: str, target: str, links: str | None, how: Reading, report: Report
) -> Outcomes:
    english = replace(how, side="target", target="en")
    spanish = replace(how, side="target", target="es", tag_column=1)
    files = [
        File(
            tree.display_name(source),
            "source",
            how.gold,
            sentences(tree, source, "conll", english, report, "target"),
        ),
        File(
            tree.display_name(target),
            "target",
            how.gold,
            sentences(tree, target, "conll", spanish, report, "target"),
        ),
    ]
    link_lines = None if links is None else (tree.display_name(links), tree.lines(links)[0])
    notes = {} if links is None else {"links": f"by an aligner, {PurePosixPath(links).name}"}
    return in_step(files, report, link_lines, notes=notes)
