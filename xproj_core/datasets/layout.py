"""What a layout of files is, and which datasets are in files that have it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from xproj_core.datasets.loaded import Opener
from xproj_core.datasets.side_by_side import sentences_of
from xproj_core.datasets.tree import Tree
from xproj_core.domain import Sentence, languages
from xproj_core.domain.errors import FormatError, InputError, LanguageError
from xproj_core.domain.item import Side
from xproj_core.formats import FORMATS, iob
from xproj_core.formats.base import Outcomes, Reading, Report
from xproj_core.formats.places import find_tokens, sentence_at

SPLIT = re.compile(r"(?:^|[^a-z])(train|dev|test|validation|extra)(?![a-z])")


@dataclass(frozen=True)
class Part:
    """One dataset among those that files hold: a pair of languages, a split.

    Attributes:
        source, target: languages; None for a side that it does not have.
        opener: gives its items.
    """

    source: str | None
    target: str | None
    split: str | None
    opener: Opener

    @property
    def title(self) -> str:
        """ "en → de, test"."""
        pair = " → ".join(x for x in (self.source, self.target) if x not in (None, "und"))
        return ", ".join(x for x in (pair, self.split) if x)


@dataclass(frozen=True)
class Guess:
    """What files look like.

    Attributes:
        layout: the name of a corpus' layout or of a format.
        reason: why, as half a sentence ("bam/dev.txt holds ...").
        parts: the datasets in them, at least one.
    """

    layout: str
    reason: str
    parts: tuple[Part, ...]


Find = Callable[[Tree, Reading], Guess | None]


def code_of(name: str) -> str | None:
    """The language that a folder or a part of a file's name is called after, if any."""
    if not re.fullmatch(r"[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?", name):
        return None
    try:
        return languages.normalise(name)
    except LanguageError:
        return None


def split_of(name: str) -> str | None:
    """The split that a file's name or folder says: train, dev or test."""
    splits = SPLIT.findall(PurePosixPath(name).name.lower()) or SPLIT.findall(name.lower())
    return str(splits[-1]) if splits else None


def content(lines: Iterable[str]) -> list[str]:
    """The lines that are not blank."""
    return [line for line in lines if line.strip()]


def mostly(pattern: re.Pattern[str], lines: Sequence[str]) -> bool:
    """True if nearly all lines match: one bad line does not make another corpus of it."""
    return bool(lines) and sum(bool(pattern.fullmatch(x)) for x in lines) >= 0.8 * len(lines)


def rows(
    tree: Tree,
    name: str,
    form: str,
    how: Reading,
    report: Report,
    lines: Iterable[str] | None = None,
) -> Outcomes:
    """The items of a text file of `tree` in a format that is read line by line.

    Args:
        lines: its lines if they are not to be read as they are.
    """
    part = report.part(tree.display_name(name))
    if lines is None:
        lines, notes = tree.lines(name)
        part.notes += notes
    stream = FORMATS[form].module.stream
    yield from stream(lines, how, part)


def sentences(
    tree: Tree, name: str, form: str, how: Reading, report: Report, side: Side
) -> Iterator[Sentence | FormatError]:
    """The sentences of a file with one side."""
    return sentences_of(rows(tree, name, form, how, report))


def tagged(
    tokens: Sequence[str],
    tags: Sequence[str],
    language: str,
    text: object,
    part: Report,
    where: str,
) -> Sentence:
    """A sentence of parallel lists, with its own text where its tokens are found in it.

    Raises:
        InputError: the lists do not have one length, or something is no IOB2 tag.
    """
    if len(tokens) != len(tags):
        raise InputError(f"{len(tokens)} tokens and {len(tags)} tags")
    if iob.orphans(tags):
        part.count(
            "an I- tag that follows no tag of its label was read as the start of an entity", where
        )
    spans = iob.spans(tags)
    offsets = find_tokens(text, tokens) if isinstance(text, str) else None
    if isinstance(text, str) and offsets is not None:
        return sentence_at(text, offsets, language, spans)
    return Sentence(tuple(tokens), language, spans)
