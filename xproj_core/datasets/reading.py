"""Reading data: what files hold, and the dataset among it that is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Any

from xproj_core.datasets import detect
from xproj_core.datasets.file_pair import PAIR, pair
from xproj_core.datasets.label_map import LabelMap
from xproj_core.datasets.layout import Guess, Part
from xproj_core.datasets.loaded import Loaded
from xproj_core.datasets.tree import Source, Tree, tree
from xproj_core.domain import languages
from xproj_core.domain.errors import InputError
from xproj_core.formats import FORMATS
from xproj_core.formats.base import Reading


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
        source: a path, bytes, or bytes by name; `name` and `target_name` are names of bytes.
        format: a corpus' layout or a format; found out if not given.
        source_language, target_language, split: which of the datasets that a folder holds; the
            languages also of a file that does not say.
        target: the other file of a pair that is in step, with Pharaoh `links` between the two;
            `swap_links` if the target's index is first.
        labels: what becomes of the labels.
        how: further fields of `Reading` (partial, fit, side, gold, ...).

    Raises:
        InputError: nothing is there, nothing that is known, or several datasets.
    """
    codes = _codes(source_language, target_language)
    reading = Reading(**{**how, **codes})
    files = tree(source, name)
    if target is not None or links is not None:
        guess = pair(files, target, target_name, links, swap_links, reading)
    else:
        guess = _guess(files, format, reading)
    part = _choose(files, guess, codes, split)
    return _loaded(files, guess, part, reading, labels or LabelMap())


def _codes(source: str | None, target: str | None) -> dict[str, str]:
    """The languages that are said, by side, in their usual form."""
    return {
        side: languages.normalise(code)
        for side, code in (("source", source), ("target", target))
        if code not in (None, "und", "")
    }


def _guess(files: Tree, format: str | None, how: Reading) -> Guess:
    """What the files are, as is said or as it looks.

    Raises:
        InputError: they look like nothing or several things, or not like what is said.
    """
    if format is None:
        return _only(files, detect.look(files, how))
    if format not in detect.LAYOUTS:
        return detect.as_format(files, format, how)
    guess = detect.layout(format)(files, how)
    if guess is None:
        raise InputError(f"{files.name} is not laid out like {detect.LAYOUTS[format]}.")
    return guess


def _loaded(files: Tree, guess: Guess, part: Part, how: Reading, labels: LabelMap) -> Loaded:
    return Loaded(
        _name(files, part),
        f"looks like {_title(guess)}: {guess.reason}",
        part.opener,
        part.source or how.source,
        part.target or how.target,
        how.partial,
        labels,
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
