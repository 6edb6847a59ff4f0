"""Universal NER: `xx_corpus-ud-split.iob2`, `id token tag - annotator`, PER LOC ORG."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath

from xproj_core.datasets.layout import Guess, Part, code_of, content, mostly, split_of, tagged
from xproj_core.datasets.tree import Tree
from xproj_core.domain.errors import FormatError
from xproj_core.formats import conll
from xproj_core.formats.base import Outcomes, Reading, Report

_NAME = re.compile(r"([a-z]{2,3})_\w+-ud-\w+\.iob2")
_ROW = re.compile(r"\d+\t\S.*\t(O|[BI]-\S+)\t-\t\S*")
_COMMENT = re.compile(r"# (sent_id|text) = (.*)")


def find(tree: Tree, how: Reading) -> Guess | None:
    """One part per treebank and split."""
    parts, example = [], ""
    for name in tree.names:
        match = _NAME.fullmatch(PurePosixPath(name).name)
        code = code_of(match[1]) if match else None
        first = [x for x in content(tree.first_lines(name)) if not x.startswith("# ")]
        if code is None or not mostly(_ROW, first):
            continue
        example = example or PurePosixPath(name).name
        reading = replace(how, side="target", target=code)
        parts.append(Part(None, code, split_of(name), partial(_open, tree, name, reading)))
    if not parts:
        return None
    return Guess(
        "universal_ner", f"{example} holds number, token, tag, - and annotator", tuple(parts)
    )


def _open(tree: Tree, name: str, how: Reading, report: Report) -> Outcomes:
    """Items named by sent_id, with the sentence's own text where its tokens are found in it."""
    part = report.part(tree.display_name(name))
    lines, notes = tree.lines(name)
    part.notes += notes
    about: dict[str, str] = {}
    blocks = conll.blocks(_noticed(lines, about), part.file, 1, 2, comments=True)
    for number, block in enumerate(blocks, 1):
        key, text = about.pop("sent_id", str(number)), about.pop("text", None)
        if isinstance(block, FormatError):
            yield block
            continue
        language, where = how.language(how.side), f"line {block.line}"
        sentence = tagged(block.tokens, block.tags, language, text, part, where)
        yield how.one_sided(key, sentence)


def _noticed(lines: Iterable[str], about: dict[str, str]) -> Iterator[str]:
    """The lines as they are; what comments say of the sentence that follows goes to `about`."""
    for line in lines:
        if match := _COMMENT.fullmatch(line):
            about[match[1]] = match[2]
        yield line
