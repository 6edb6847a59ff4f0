"""WikiANN as XTREME's PAN-X has it: a folder per language, `en:token<TAB>tag`, PER LOC ORG."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath

from xproj_core.datasets.layout import Guess, Part, code_of, content, mostly, rows, split_of
from xproj_core.datasets.tree import Tree
from xproj_core.domain import languages
from xproj_core.formats.base import Outcomes, Reading, Report

_ROW = re.compile(r"([a-z]+(?:-[a-z]+)*):(.*)\t(O|[BI]-\S+)\s*")
# Wikipedia's own names of its editions where ISO 639 has another code, or gives it to others.
WIKIPEDIA = {
    "als": "gsw",
    "bat-smg": "sgs",
    "be-x-old": "be",
    "bh": "bho",
    "cbk-zam": "cbk",
    "eml": "egl",
    "fiu-vro": "vro",
    "map-bms": "jv",
    "nds-nl": "nds",
    "nrm": "nrf",
    "roa-rup": "rup",
    "roa-tara": "nap",
    "simple": "en",
    "zh-classical": "lzh",
    "zh-min-nan": "nan-Latn",
    "zh-yue": "yue",
}


def find(tree: Tree, how: Reading) -> Guess | None:
    """One part per language and split."""
    parts, example = [], ""
    for name in tree.names:
        first = content(tree.first_lines(name))
        if not mostly(_ROW, first):
            continue
        prefixes = {m[1] for line in first if (m := _ROW.fullmatch(line))}
        if len(prefixes) > 1:
            continue
        (prefix,) = prefixes
        code = WIKIPEDIA.get(prefix) or code_of(prefix)
        if code is None and "O" not in {m[3] for line in first if (m := _ROW.fullmatch(line))}:
            continue  # a column of "label:value" is no language
        example = example or PurePosixPath(name).name
        reading = replace(how, side="target", target=code or how.target)
        opener = partial(_open, tree, name, prefix, code, reading)
        parts.append(Part(None, code, split_of(name), opener))
    if not parts:
        return None
    return Guess("panx", f"the tokens of {example} begin with their language", tuple(parts))


def _open(
    tree: Tree, name: str, prefix: str, code: str | None, how: Reading, report: Report
) -> Outcomes:
    lines, notes = tree.lines(name)
    report.notes += notes
    if code is None:
        report.notes.append(
            f"{tree.display_name(name)}: “{prefix}:” before each token was taken off; it is no"
            " language"
            " that is known here."
        )
    elif code != prefix and prefix in WIKIPEDIA:
        report.notes.append(
            f"{tree.display_name(name)}: “{prefix}:” is Wikipedia's name for"
            f" {languages.name(code)}."
        )
    return rows(tree, name, "conll", how, report, _plain(lines, f"{prefix}:"))


def _plain(lines: Iterable[str], prefix: str) -> Iterator[str]:
    for line in lines:
        yield line.removeprefix(prefix)
