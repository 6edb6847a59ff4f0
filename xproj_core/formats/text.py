"""Plain text: one sentence a line, its tokens between spaces; or documents, to be cut."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import PurePath

from xproj_core.domain import Sentence, languages
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
from xproj_core.formats.places import find_words, laid_out
from xproj_core.formats.plain_documents import cut_at, cut_document, whole_documents
from xproj_core.text.sentence_boundaries import has_full_stops
from xproj_core.text.strings import counted

_SEVERAL = re.compile(r"[.!?。！？؟।۔]['\"”»’)]*\s+(?=\S+\s+\S+)\S|[。！？](?=[^。！？」』”）]{4})")
_GLUED = re.compile(r"\w[.!?。]\s*$")
_BLANKS = frozenset(" \t\r\n\0")


def stream(lines: Iterable[str], how: Reading, report: Report) -> Outcomes:
    """One item per line or sentence, numbered from 1; `how.words` says how tokens are cut."""
    if how.cut == "sentences":
        yield from _sentences(lines, how, report)
        return
    language = how.language(how.side)
    number = glued = several = 0
    for number, line in enumerate(lines, 1):
        several += bool(_SEVERAL.search(line))
        glued += how.words == "spaces" and bool(_GLUED.search(line))
        yield how.one_sided(str(number), cut(line, language, how), gold=False)
    if glued > number / 2:
        report.notes.append(
            f"Most lines of {report.file or 'the text'} end in a word with its full stop attached."
            " If the text is not tokenised yet, have that done (--tokenise)."
        )
    if several > number / 3:
        report.notes.append(
            f"{counted(several, 'line')} of {report.file or 'the text'} seem to hold several"
            " sentences each. To have the text cut into sentences, choose that (--cut sentences)."
        )


def _sentences(lines: Iterable[str], how: Reading, report: Report) -> Outcomes:
    """One item per sentence, each with its place in the document."""
    language = how.language(how.side)
    document = document_name(report.file)
    if how.begins:
        parts = cut_at(lines, how.begins, document)
    else:
        parts = cut_document(lines, language, document)
    number = 0
    for number, (text, place) in enumerate(parts, 1):
        item = how.one_sided(str(number), cut(text, language, how), gold=False)
        yield replace(item, notes=place.notes)
    if not (how.begins or has_full_stops(language)):
        report.notes.append(
            f"{languages.name(language)} has no mark at the end of a sentence: the text was cut"
            f" at the ends of lines only, into {counted(number, 'sentence')}."
        )
    else:
        report.notes.append(f"The text was cut into {counted(number, 'sentence')}.")


def document_name(file: str | None) -> str:
    """A file's name without where it lies on this machine."""
    path = PurePath(file or "text")
    return path.name if path.is_absolute() else str(path)


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
    """One side, a line per item; of documents, their text as it was.

    Raises:
        InputError: a token that is empty or holds a blank; the message names the item.
    """
    if how.documents:
        return "".join(laid_out(how.sentence(item))[0] for item in whole_documents(items))
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
