"""NTREX and other test sets of WMT: `newstest2019-src.eng.txt` and `newstest2019-ref.<xxx>.txt`.

Text a line, parallel, without labels. The languages that a pair leaves over are not read: there
are many.
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

_NAME = re.compile(r"(newstest\d+)-(src|ref)\.([a-z]{3}(?:-[A-Za-z]+)?)\.txt")


def find(tree: Tree, how: Reading) -> Guess | None:
    """One part per language, from the source."""
    matches = {n: m for n in tree.names if (m := _NAME.fullmatch(PurePosixPath(n).name))}
    parts = []
    for source, first in matches.items():
        for target, second in matches.items():
            codes = code_of(first[3]), code_of(second[3])
            if (first[2], second[2]) == ("src", "ref") and None not in codes:
                reading = replace(how, source=codes[0] or "und", target=codes[1] or "und")
                parts.append(Part(*codes, "test", partial(_open, tree, source, target, reading)))
    if not parts:
        return None
    return Guess("ntrex", "newstest files are parallel, a sentence a line", tuple(parts))


def _open(tree: Tree, source: str, target: str, how: Reading, report: Report) -> Outcomes:
    files = [
        File(
            tree.display_name(source),
            "source",
            False,
            sentences(tree, source, "text", replace(how, side="source"), report, "source"),
        ),
        File(
            tree.display_name(target),
            "target",
            False,
            sentences(tree, target, "text", replace(how, side="target"), report, "target"),
        ),
    ]
    return in_step(files, report)
