"""CoNLL columns with BILOU tags (also called BIOES), as items: one sentence each.

B begins an entity of several tokens, I goes on, L is its last token, U an entity of one token,
O is outside. E for L and S for U are read too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from xproj_core.domain import Sentence, Span
from xproj_core.domain.errors import FormatError, InputError
from xproj_core.domain.item import Item
from xproj_core.formats import conll
from xproj_core.formats.base import (
    READING,
    WRITING,
    Outcomes,
    Read,
    Reading,
    Report,
    Writing,
    first_overlap,
    read_lines,
)
from xproj_core.formats.iob2 import MARKER, written

_SAME = {"M": "I", "E": "L", "S": "U"}
_OUTSIDE = ("O", "")


def spans(tags: Sequence[str]) -> tuple[Span, ...]:
    """The entities that `tags` mark, in order; broken sequences are read as leniently as IOB2."""
    return _read(tags)[0]


def _read(tags: Sequence[str]) -> tuple[tuple[Span, ...], int | None]:
    """The entities, and the first token whose tag does not fit to the one before it."""
    entities: list[Span] = []
    wrong: int | None = None
    start, inside = 0, ""
    for k, tag in enumerate([*tags, "O"]):
        letter, label = _OUTSIDE if tag == "O" else (_SAME.get(tag[0], tag[0]), tag[2:])
        goes_on = bool(inside) and letter in "IL" and label == inside
        if inside and not goes_on:
            entities.append(Span(start, k, inside))
            wrong = k if wrong is None else wrong
            inside = ""
        if letter != "O" and not goes_on:
            wrong = k if wrong is None and letter in "IL" else wrong
            start, inside = k, label
        if letter in "LU" and inside:
            entities.append(Span(start, k + 1, inside))
            inside = ""
    return tuple(entities), wrong


def tags(entities: Iterable[Span], length: int) -> tuple[str, ...]:
    """BILOU tags of a sentence of `length` tokens.

    Raises:
        InputError: two spans share a token.
    """
    ordered = sorted(entities)
    if clash := first_overlap(ordered):
        a, b = clash
        raise InputError(
            f"BILOU cannot write spans that share a token: {b.label} [{b.start}, {b.end}) and"
            f" {a.label} [{a.start}, {a.end})."
        )
    written = ["O"] * length
    for span in ordered:
        if len(span) == 1:
            written[span.start] = f"U-{span.label}"
            continue
        written[span.start : span.end] = [
            f"B-{span.label}",
            *[f"I-{span.label}"] * (len(span) - 2),
            f"L-{span.label}",
        ]
    return tuple(written)


def stream(lines: Iterable[str], how: Reading, report: Report) -> Outcomes:
    """One item per sentence, numbered from 1."""
    rows = conll.blocks(
        lines, report.file, how.token_column, how.tag_column, bilou=True, comments=how.comments
    )
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
        entities, wrong = _read(block.tags)
        if wrong is not None:
            report.count(
                "a tag that does not fit to the one before it was read as the border of an entity",
                f"line {block.line + wrong}",
            )
        yield how.one_sided(str(number), Sentence(block.tokens, how.language(how.side), entities))


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
    return written(items, how, tags)
