"""Europarl-NER: `<language>-europarl.test.conll02`, the same sentences line by line.

Gold PER, LOC, ORG and MISC on every side. The languages that a pair leaves over come along as
human pivots.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from itertools import permutations
from pathlib import PurePosixPath

from xproj_core.datasets.layout import Guess, Part, code_of, sentences
from xproj_core.datasets.side_by_side import File, in_step
from xproj_core.datasets.tree import Tree
from xproj_core.formats.base import Outcomes, Reading, Report

_NAME = re.compile(r"([a-z]{2})-europarl\.(test)\.conll02")


def find(tree: Tree, how: Reading) -> Guess | None:
    """One part per pair of languages in either direction; from English first."""
    files = {
        code: name
        for name in tree.names
        if (match := _NAME.fullmatch(PurePosixPath(name).name)) and (code := code_of(match[1]))
    }
    if len(files) < 2:
        return None
    pairs = sorted(permutations(files, 2), key=lambda pair: (pair[0] != "en", pair))
    parts = (Part(s, t, "test", partial(_open, tree, files, s, t, how)) for s, t in pairs)
    reason = f"{', '.join(sorted(files))}-europarl.test.conll02 are parallel"
    return Guess("europarl", reason, tuple(parts))


def _open(
    tree: Tree, files: dict[str, str], source: str, target: str, how: Reading, report: Report
) -> Outcomes:
    roles = {source: "source", target: "target"}
    opened = []
    for code, name in files.items():
        reading = replace(how, side="target", target=code)
        outcomes = sentences(tree, name, "conll", reading, report, "target")
        opened.append(File(tree.display_name(name), roles.get(code, code), how.gold, outcomes))
    return in_step(opened, report)
