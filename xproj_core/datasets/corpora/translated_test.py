"""A test set with its translation, tagged, as published beside TransAlign (the Bambara chain).

`test-<language>.txt` with gold, `test-translate-<language>-en-preds.txt`, an English translation
with a tagger's labels, and `<language>-en-alignments.txt`, links with the test set's index
first. The links are an aligner's, and taken only where they are asked for.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath

from xproj_core.datasets.layout import Guess, Part, code_of, sentences
from xproj_core.datasets.side_by_side import File, in_step
from xproj_core.datasets.tree import Tree
from xproj_core.formats.base import Outcomes, Reading, Report

_SOURCE = re.compile(r"test-translate-([a-z]{2,3})-([a-z]{2,3})-preds\.txt")


def find(tree: Tree, how: Reading) -> Guess | None:
    """A part per language without links, and one with them, called "test, aligned"."""
    by_name = {PurePosixPath(n).name: n for n in tree.names}
    parts = []
    for name in sorted(by_name):
        match = _SOURCE.fullmatch(name)
        gold = by_name.get(f"test-{match[1]}.txt") if match else None
        if match is None or gold is None:
            continue
        target, source = code_of(match[1]), code_of(match[2])
        if target is None or source is None:
            continue
        reading = replace(how, source=source, target=target)
        parts.append(
            Part(source, target, "test", partial(_open, tree, by_name[name], gold, None, reading))
        )
        links = by_name.get(f"{match[1]}-{match[2]}-alignments.txt")
        if links is not None:
            opener = partial(_open, tree, by_name[name], gold, links, reading)
            parts.append(Part(source, target, "test, aligned", opener))
    if not parts:
        return None
    return Guess("translated_test", "there is a test set and its tagged translation", tuple(parts))


def _open(
    tree: Tree, source: str, target: str, links: str | None, how: Reading, report: Report
) -> Outcomes:
    files = [
        File(
            tree.display_name(source),
            "source",
            False,
            sentences(tree, source, "conll", replace(how, side="source"), report, "source"),
        ),
        File(
            tree.display_name(target),
            "target",
            how.gold,
            sentences(tree, target, "conll", replace(how, side="target"), report, "target"),
        ),
    ]
    link_lines = None if links is None else (tree.display_name(links), tree.lines(links)[0])
    notes = {} if links is None else {"links": f"by an aligner, {PurePosixPath(links).name}"}
    return in_step(files, report, link_lines, swap=True, notes=notes)
