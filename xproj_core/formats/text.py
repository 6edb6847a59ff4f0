"""Plain text: one sentence a line, its tokens between spaces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from xproj_core.domain import Sentence
from xproj_core.domain.errors import InputError
from xproj_core.domain.item import Item
from xproj_core.formats.base import (
    READING,
    WRITING,
    Outcomes,
    Read,
    Reading,
    Report,
    Writing,
    read_lines,
)
from xproj_core.formats.places import find_words

_GLUED = re.compile(r"\w[.!?。]\s*$")
_BLANKS = frozenset(" \t\r\n\0")


def stream(lines: Iterable[str], how: Reading, report: Report) -> Outcomes:
    """One item per line, numbered from 1; `how.words` says how a line is cut into tokens."""
    language = how.language(how.side)
    number = glued = 0
    for number, line in enumerate(lines, 1):
        glued += how.words == "spaces" and bool(_GLUED.search(line))
        yield how.one_sided(str(number), cut(line, language, how), gold=False)
    if glued > number / 2:
        report.notes.append(
            f"Most lines of {report.file or 'the text'} end in a word with its full stop attached."
            " If the text is not tokenised yet, have that done (--tokenise)."
        )


def cut(line: str, language: str, how: Reading) -> Sentence:
    """A line as a sentence; the line itself is kept where words were found in it."""
    offsets = find_words(line, language, how)
    tokens = tuple(line[a:b] for a, b in offsets)
    if how.words == "spaces" or not tokens:
        return Sentence(tokens, language)
    return Sentence(tokens, language, text=line, offsets=offsets)


def loads(data: bytes | str, *, file: str | None = None, how: Reading = READING) -> Read:
    """Items with one sentence each, without labels, on the side that `how` names."""
    return read_lines(stream, data, file, how)


def dumps(items: Iterable[Item], *, how: Writing = WRITING) -> str:
    """One side, a line per item.

    Raises:
        InputError: a token that is empty or holds a blank; the message names the item.
    """
    return "".join(spaced(how.sentence(item).tokens, item.key) + "\n" for item in items)


def spaced(tokens: Sequence[str], key: str) -> str:
    """Tokens with a space between them.

    Raises:
        InputError: a token that is empty or holds a blank, so that it would be read as another.
    """
    for token in tokens:
        if not token or not _BLANKS.isdisjoint(token):
            raise InputError(
                f"Item {key}: the token {token!r} cannot be written between spaces: it is empty"
                " or holds a blank. Use JSONL."
            )
    return " ".join(tokens)
