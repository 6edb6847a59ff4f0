"""Data in: files and folders to a dataset, with the reason why they are read as they are.

found = read("masakhaner2/data", target_language="bam", split="test")
found.reason, found.preview, found.items
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from xproj_core.datasets import detect
from xproj_core.datasets.label_map import LabelMap
from xproj_core.datasets.layout import Guess, Part, rows
from xproj_core.datasets.loaded import Loaded
from xproj_core.datasets.preview import Preview
from xproj_core.datasets.side_by_side import File, in_step, sentences_of
from xproj_core.datasets.tree import Source, Tree, tree
from xproj_core.domain import languages
from xproj_core.domain.errors import InputError
from xproj_core.domain.item import Side
from xproj_core.formats import FORMATS
from xproj_core.formats.base import Outcomes, Reading, Report

__all__ = ["Guess", "LabelMap", "Loaded", "Part", "Preview", "look", "read"]

PAIR = "two parallel files"


def look(source: Source, *, name: str | None = None, **how: Any) -> tuple[Guess, ...]:
    """What files look like, and the datasets in them to choose from; best guess first.

    Raises:
        InputError: like nothing that is known, or there is nothing.
    """
    return detect.look(tree(source, name), Reading(**how))


def read(
    source: Source,
    *,
    name: str | None = None,
    format: str | None = None,
    source_language: str | None = None,
    target_language: str | None = None,
    split: str | None = None,
    target: Source | None = None,
    target_name: str | None = None,
    links: Source | None = None,
    swap_links: bool = False,
    labels: LabelMap | None = None,
    **how: Any,
) -> Loaded:
    """A dataset from a folder, a file, a zip, or what was uploaded; opened, not yet read.

    Args:
        source: a path, bytes, or bytes by name.
        name, target_name: names of files that are given as bytes.
        format: a corpus' layout or a format; found out if not given.
        source_language, target_language: which pair of those that a folder holds, or the
            languages of a file that does not say.
        split: which of several.
        target: for a pair of files, the other one, whose sentences are in step.
        links: for a pair of files, their Pharaoh links; `swap_links` if the target's index is
            first.
        labels: what becomes of the labels.
        how: further fields of `Reading` (partial, fit, side, gold, ...).

    Raises:
        InputError: there is nothing, it looks like nothing that is known, or it holds several
            datasets and which is wanted is not clear; those to choose from are named.
    """
    codes = {
        side: languages.normalise(code)
        for side, code in (("source", source_language), ("target", target_language))
        if code not in (None, "und", "")
    }
    reading = Reading(**{**how, **codes})
    files = tree(source, name)
    if target is not None or links is not None:
        guess = _pair(files, target, target_name, links, swap_links, reading)
    elif format is None:
        guess = _only(files, detect.look(files, reading))
    elif format in detect.LAYOUTS:
        found = detect.layout(format)(files, reading)
        if found is None:
            raise InputError(f"{files.name} is not laid out like {detect.LAYOUTS[format]}.")
        guess = found
    else:
        guess = detect.as_format(files, format, reading)
    part = _choose(files, guess, codes, split)
    return Loaded(
        _name(files, part),
        f"looks like {_title(guess)}: {guess.reason}",
        part.opener,
        part.source or codes.get("source", "und"),
        part.target or codes.get("target", "und"),
        reading.partial,
        labels or LabelMap(),
    )


def _title(guess: Guess) -> str:
    if guess.layout == PAIR:
        return PAIR
    return detect.LAYOUTS.get(guess.layout) or FORMATS[guess.layout].title


def _only(files: Tree, guesses: Sequence[Guess]) -> Guess:
    if len(guesses) > 1:
        names = "; ".join(f"{g.layout} ({g.reason})" for g in guesses)
        raise InputError(f"{files.name} may be several things. Say which format it is: {names}.")
    return guesses[0]


def _choose(files: Tree, guess: Guess, codes: dict[str, str], split: str | None) -> Part:
    """The part that is asked for.

    Raises:
        InputError: none or several are; those that there are are named.
    """
    fitting = [
        p
        for p in guess.parts
        if (split is None or p.split == split)
        and all(getattr(p, s) in (None, code) for s, code in codes.items())
    ]
    if len(fitting) == 1:
        return fitting[0]
    some = [p.title for p in (fitting or guess.parts)]
    shown = "; ".join(some[:12]) + (f"; and {len(some) - 12} more" if len(some) > 12 else "")
    if not fitting:
        raise InputError(f"{files.name} does not hold what you asked for, but: {shown}.")
    raise InputError(
        f"{files.name} holds several datasets. Say which languages and split: {shown}."
    )


def _name(files: Tree, part: Part) -> str:
    stem = PurePosixPath(files.name).name or files.name
    return f"{stem} ({part.title})" if len(files.names) > 1 and part.title else stem


# -- two files ----------------------------------------------------------------------------------


def _pair(
    source: Tree,
    target: Source | None,
    target_name: str | None,
    links: Source | None,
    swap: bool,
    how: Reading,
) -> Guess:
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
    if form.carries.sides != "one" or not hasattr(form.module, "stream"):
        raise InputError(
            f"{files.name} is {form.title}; a pair is read from two files with one sentence each,"
            " text or CoNLL."
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
        opened.append(File(files.said(files.names[0]), side, gold, sentences_of(items, side)))
    lines: tuple[str, Iterable[str]] | None = None
    if links is not None:
        lines = links.said(links.names[0]), links.lines(links.names[0])[0]
    return in_step(opened, report, lines, swap=swap)
