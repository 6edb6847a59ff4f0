"""A dataset in two files that are in step, a side each, and perhaps their links in a third."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial

from xproj_core.datasets import detect
from xproj_core.datasets.layout import Guess, Part, rows
from xproj_core.datasets.side_by_side import File, in_step, sentences_of
from xproj_core.datasets.tree import Source, Tree, tree
from xproj_core.domain.errors import InputError
from xproj_core.domain.item import Side
from xproj_core.formats import FORMATS
from xproj_core.formats.base import Outcomes, Reading, Report

PAIR = "two parallel files"


def pair(
    source: Tree,
    target: Source | None,
    target_name: str | None,
    links: Source | None,
    swap: bool,
    how: Reading,
) -> Guess:
    """What two files hold together.

    Args:
        target_name: the target's name, where it is given as bytes.
        links: Pharaoh links; `swap` if the target's index is first.

    Raises:
        InputError: a file is missing, or holds more than a sentence for each item.
    """
    if target is None:
        raise InputError("Links need both files that they link: name the target as well.")
    second = tree(target, target_name)
    third = None if links is None else tree(links, "links")
    signs = [_one_sided(t, how) for t in (source, second)]
    opener = partial(_open_pair, source, second, third, swap, signs)
    part = Part(how.source, how.target, None, opener)
    kinds = [FORMATS[s.form].title for s in signs]
    return Guess(PAIR, f"{kinds[0]}, and {kinds[1]}, in step", (part,))


def _one_sided(files: Tree, how: Reading) -> detect.Sign:
    if len(files.names) != 1:
        raise InputError(f"{files.name} is a folder; name one file for each side of the pair.")
    sign = detect.look_at_file(files, how)
    form = FORMATS[sign.form]
    one_sided = form.carries.sides == "one" or sign.form == "jsonl"  # may hold one side alone
    if not one_sided or not hasattr(form.module, "stream"):
        raise InputError(
            f"{files.name} is {form.title}; a pair is read from two files with one sentence each,"
            " text, CoNLL or XProj JSONL."
        )
    return sign


def _open_pair(
    source: Tree,
    target: Tree,
    links: Tree | None,
    swap: bool,
    signs: Sequence[detect.Sign],
    report: Report,
) -> Outcomes:
    sides: tuple[Side, Side] = ("source", "target")
    opened = []
    for side, files, sign in zip(sides, (source, target), signs, strict=True):
        how = replace(sign.how, side=side)
        if links is not None and sign.form == "text":
            how = replace(how, words="spaces")  # links count tokens
        items = rows(files, files.names[0], sign.form, how, report)
        gold = how.gold and FORMATS[sign.form].carries.spans != "none"
        opened.append(File(files.display_name(files.names[0]), side, gold, sentences_of(items)))
    lines: tuple[str, Iterable[str]] | None = None
    if links is not None:
        lines = links.display_name(links.names[0]), links.lines(links.names[0])[0]
    return in_step(opened, report, lines, swap=swap)
