"""CoNLL columns with IOB2 tags, as items: one sentence each; see `conll` for the columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from xproj_core.domain import Sentence, Span
from xproj_core.domain.document_place import DocumentPlace
from xproj_core.domain.errors import FormatError, InputError
from xproj_core.domain.item import Item
from xproj_core.formats import conll, iob
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

MARKER = "-DOCSTART-"


def stream(lines: Iterable[str], how: Reading, report: Report) -> Outcomes:
    """One item per sentence, numbered from 1."""
    rows = conll.blocks(lines, report.file, how.token_column, how.tag_column, comments=how.comments)
    number = 0
    for block in rows:
        if isinstance(block, FormatError):
            number += 1
            yield block
            continue
        if block.tokens[:1] == (MARKER,):
            report.count(f"a document marker ({MARKER}) was left out", f"line {block.line}")
            continue
        number += 1
        if not block.tokens:
            report.count(
                "an empty sentence was kept, so that files stay in step", f"line {block.line}"
            )
        if wrong := iob.orphans(block.tags):
            report.count(
                "an I- tag that follows no tag of its label was read as the start of an entity",
                f"line {block.line + wrong[0]}",
            )
        language = how.language(how.side)
        yield how.one_sided(
            str(number), Sentence(block.tokens, language, iob.spans(block.tags, "conll"))
        )


def loads(data: bytes | str, *, file: str | None = None, how: Reading = READING) -> Read:
    """Items with one sentence each, on the side that `how` names.

    Raises:
        FormatError: a line without a tag or with something else in its place.
    """
    return read_lines(stream, data, file, how)


def dumps(items: Iterable[Item], *, how: Writing = WRITING) -> str:
    """CoNLL text of one side, `token<TAB>tag`.

    Raises:
        InputError: spans that share a token, or a token that a line cannot hold; the message
            names the item.
    """
    return written(items, how, iob.tags)


def written(
    items: Iterable[Item], how: Writing, tags: Callable[[Sequence[Span], int], Sequence[str]]
) -> str:
    """CoNLL text of one side; `tags` makes tags of spans and a length. See `dumps`.

    A marker stands before each document where documents are asked for.
    """
    blocks = []
    document: str | None = None
    for item in items:
        sentence = how.sentence(item)
        place = DocumentPlace.of(item.notes) if how.documents else None
        if place is not None and place.document != document:
            blocks.append(f"{MARKER}\tO\n\n")
            document = place.document
        try:
            blocks.append(conll.dumps([(sentence.tokens, tags(sentence.spans, len(sentence)))]))
        except InputError as error:
            raise InputError(f"Item {item.key}: {error}") from error
    return "".join(blocks)
