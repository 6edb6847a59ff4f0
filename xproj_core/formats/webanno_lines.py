"""The lines of WebAnno TSV 3 to items; see `webanno`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from xproj_core.domain.errors import FormatError
from xproj_core.domain.item import Item
from xproj_core.formats.base import Outcomes, Reading, Report
from xproj_core.formats.places import (
    Characters,
    Offsets,
    find_tokens,
    fitted,
    from_utf16,
    sentence_at,
)
from xproj_core.formats.webanno_escapes import stacked, unescaped, unescaped_java

LAYER = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
_FORMAT = re.compile(r"#FORMAT=WebAnno TSV 3\.(\d+)\s*")
_ROW = re.compile(r"(\d+)-(\d+)(\.\d+)?\t(\d+)-(\d+)\t([^\t]*)(?:\t(.*))?")
_ID = re.compile(r"\[(\d+)\]$")


@dataclass(slots=True)
class _Row:
    """A token or a part of one: UTF-16 offsets in the document, text, and the layer's value.

    INCEpTION writes a token as it is, others escape it like the text; both are taken.
    """

    start: int
    end: int
    token: str
    value: str
    part: bool
    line: int


@dataclass(frozen=True, slots=True)
class _Header:
    """Which column holds the labels, how many there are, and how text is escaped."""

    column: int | None
    width: int
    unescaped: Callable[[str], str]


@dataclass(slots=True)
class _Block:
    """The lines of one sentence."""

    texts: list[str] = field(default_factory=list)
    rows: list[_Row] = field(default_factory=list)
    key: str | None = None
    line: int = 0
    wrong: FormatError | None = None


def stream(lines: Iterable[str], how: Reading, report: Report) -> Outcomes:
    """One item per sentence."""
    numbered = enumerate(lines, 1)
    header = _header(numbered, report)
    before: set[str] = set()
    for n, block in enumerate(_blocks(numbered, header, report), 1):
        if block.wrong is not None:
            yield block.wrong
            continue
        yield _item(block, block.key or str(n), how, report, before)


def _header(numbered: Iterator[tuple[int, str]], report: Report) -> _Header:
    number, first = next(numbered, (1, ""))
    version = _FORMAT.fullmatch(first)
    if version is None:
        raise report.error("expected “#FORMAT=WebAnno TSV 3.3” in the first line.", number)
    layers: list[tuple[str, str, int]] = []  # layer, feature, column
    width = 0
    for _number, line in numbered:
        if not line.startswith("#T_"):
            break
        kind, _, rest = line.partition("=")
        layer, *features = [part for part in rest.strip().split("|") if part] or [""]
        for feature in features or [""]:
            if kind == "#T_SP" and not feature.startswith("ROLE_"):
                layers.append((layer, feature, width))
            width += 1
    named = [x for x in layers if x[0] == LAYER and x[1] == "value"]
    names = sorted({layer for layer, _, _ in layers})
    if not named and len(names) == 1:
        named = layers[:1]
        report.notes.append(f"The labels are those of the layer {names[0]}, {layers[0][1]}.")
    text = unescaped if int(version[1]) > 1 else unescaped_java
    if not width:  # INCEpTION leaves out the layers that nobody has used
        report.notes.append("The file has no layer: nothing in it is labelled.")
        return _Header(None, 0, text)
    if not named:
        raise report.error(
            f"expected the layer {LAYER} with its value among the span layers; found"
            f" {', '.join(names) or 'none'}."
        )
    return _Header(named[0][2], width, text)


def _blocks(
    numbered: Iterator[tuple[int, str]], header: _Header, report: Report
) -> Iterator[_Block]:
    block = _Block()
    for number, line in numbered:
        if not line:
            if block.rows or block.texts:
                yield block
            block = _Block()
        elif line.startswith("#") and not block.rows:
            name, _, content = line.partition("=")
            if name == "#Text":
                block.texts.append(header.unescaped(content))
                block.line = block.line or number
            elif name == "#Sentence.id":
                block.key = header.unescaped(content)
        elif block.wrong is None:
            block.wrong = _add(block, line, number, header, report)
    if block.rows or block.texts:
        yield block


def _add(
    block: _Block, line: str, number: int, header: _Header, report: Report
) -> FormatError | None:
    match = _ROW.fullmatch(line)
    if match is None:
        return report.error(
            f"expected “sentence-token<tab>begin-end<tab>token<tab>columns”; found {line[:60]!r}.",
            number,
        )
    columns = (match[7] or "").split("\t")
    width = header.width
    columns = columns[:-1] if len(columns) == width + 1 and not columns[-1] else columns
    if len(columns) != width:
        return report.error(
            f"the header names {width} columns after the token; this line has {len(columns)}.",
            number,
        )
    block.rows.append(
        _Row(
            int(match[4]),
            int(match[5]),
            match[6],
            "_" if header.column is None else columns[header.column],
            match[3] is not None,
            number,
        )
    )
    return None


def _item(
    block: _Block, key: str, how: Reading, report: Report, before: set[str]
) -> Item | FormatError:
    tokens = [r for r in block.rows if not r.part]
    if not tokens:
        return report.error("a sentence without tokens.", block.line)
    text = "\n".join(block.texts)
    begin = tokens[0].start
    offsets = _offsets(text, tokens, begin)
    if offsets is None:
        bad = next((r for r in tokens if unescaped(r.token) not in text), tokens[0])
        return report.error(
            f"the token {bad.token!r} at {bad.start}–{bad.end} does not stand there in #Text."
            " Offsets count UTF-16 units of the whole document.",
            bad.line,
        )
    where = f"sentence {key}"
    spans = _spans(block.rows, text, begin, report, where, before)
    if isinstance(spans, FormatError):
        return spans
    token_spans = fitted(text, offsets, spans, how.fit, report, where, block.line)
    if isinstance(token_spans, FormatError):
        return token_spans
    return how.one_sided(key, sentence_at(text, offsets, how.language(how.side), token_spans))


def _offsets(text: str, tokens: list[_Row], begin: int) -> Offsets | None:
    """Where the tokens stand in the sentence's text, in code points."""
    offsets = tuple(
        (from_utf16(text, r.start - begin), from_utf16(text, r.end - begin)) for r in tokens
    )
    if all(
        a >= 0 and text[a:b] in (r.token, unescaped(r.token))
        for (a, b), r in zip(offsets, tokens, strict=True)
    ):
        return offsets
    return find_tokens(text, [unescaped(r.token) for r in tokens])


def _spans(
    rows: list[_Row], text: str, begin: int, report: Report, where: str, before: set[str]
) -> list[Characters] | FormatError:
    """The layer's spans, in code points of the sentence.

    `before`: the numbers in the sentence before, which become those in this one.
    """
    extents: dict[str, tuple[int, int, str]] = {}
    for row in rows:
        if row.value == "_":
            continue
        for n, value in enumerate(stacked(row.value)):
            number = None if value.endswith("\\]") else _ID.search(value)
            label = unescaped(value[: number.start()] if number else value)
            if value == "*" or (number and value[: number.start()] == "*"):
                return report.error(
                    f"the annotation on {row.token!r} has no value. Give it one in INCEpTION, or"
                    " delete it.",
                    row.line,
                )
            key = f"[{number[1]}]" if number else f"{row.line}.{n}"
            start, end, _ = extents.get(key, (row.start, row.end, label))
            extents[key] = min(start, row.start), max(end, row.end), label
            if row.start == row.end:
                return report.error(f"the annotation {label} covers no character.", row.line)
    numbers = {key for key in extents if key.startswith("[")}
    if numbers & before:
        report.count("annotations that go on in the next sentence were read as one in each", where)
    before.clear()
    before.update(numbers)
    return [
        Characters(from_utf16(text, a - begin), from_utf16(text, b - begin), label)
        for a, b, label in extents.values()
    ]
