"""The lines of WebAnno TSV 3 to items; see `webanno`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from xproj_core.errors import FormatError
from xproj_core.formats.base import Outcomes, Reading, Report
from xproj_core.formats.places import (
    Characters,
    Offsets,
    find_tokens,
    fitted,
    from_utf16,
    sentence_at,
)
from xproj_core.items import Item

LAYER = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
_FORMAT = re.compile(r"#FORMAT=WebAnno TSV 3\.\d+\s*")
_ROW = re.compile(r"(\d+)-(\d+)(\.\d+)?\t(\d+)-(\d+)\t([^\t]*)(?:\t(.*))?")
_ID = re.compile(r"(?<!\\)\[(\d+)\]$")
_ESCAPE = re.compile(r"\\(->|.)", re.DOTALL)
_LETTERS = {"t": "\t", "n": "\n", "f": "\f", "r": "\r", "b": "\b"}


@dataclass(slots=True)
class _Row:
    """A token or a part of one: UTF-16 offsets in the document, text, and the layer's value."""

    start: int
    end: int
    token: str
    value: str
    part: bool
    line: int


@dataclass(slots=True)
class _Block:
    """The lines of one sentence."""

    texts: list[str] = field(default_factory=list)
    rows: list[_Row] = field(default_factory=list)
    key: str | None = None
    line: int = 0
    wrong: FormatError | None = None


def unescaped(text: str) -> str:
    """Text or value without its backslashes."""
    return _ESCAPE.sub(lambda m: _LETTERS.get(m[1], m[1]), text)


def stacked(value: str) -> list[str]:
    """A column's values: parted by | that no backslash stands before."""
    found, start, k = [], 0, 0
    while k < len(value):
        if value[k] == "\\":
            k += 1
        elif value[k] == "|":
            found.append(value[start:k])
            start = k + 1
        k += 1
    return [*found, value[start:]]


def stream(lines: Iterable[str], how: Reading, report: Report) -> Outcomes:
    """One item per sentence."""
    numbered = enumerate(lines, 1)
    column, width = _header(numbered, report)
    for n, block in enumerate(_blocks(numbered, column, width, report), 1):
        if block.wrong is not None:
            yield block.wrong
            continue
        yield _item(block, block.key or str(n), how, report)


def _header(numbered: Iterator[tuple[int, str]], report: Report) -> tuple[int, int]:
    """Which column holds the labels, and how many there are."""
    number, first = next(numbered, (1, ""))
    if not _FORMAT.fullmatch(first):
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
    if not named:
        raise report.error(
            f"expected the layer {LAYER} with its value among the span layers; found"
            f" {', '.join(names) or 'none'}."
        )
    return named[0][2], width


def _blocks(
    numbered: Iterator[tuple[int, str]], column: int, width: int, report: Report
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
                block.texts.append(unescaped(content))
                block.line = block.line or number
            elif name == "#Sentence.id":
                block.key = unescaped(content)
        elif block.wrong is None:
            block.wrong = _add(block, line, number, column, width, report)
    if block.rows or block.texts:
        yield block


def _add(
    block: _Block, line: str, number: int, column: int, width: int, report: Report
) -> FormatError | None:
    match = _ROW.fullmatch(line)
    if match is None:
        return report.error(
            "expected “sentence-token<tab>begin-end<tab>token<tab>columns”;"
            f" found {line[:60]!r}.", number,
        )  # fmt: skip
    columns = (match[7] or "").split("\t")
    columns = columns[:-1] if len(columns) == width + 1 and not columns[-1] else columns
    if len(columns) != width:
        return report.error(
            f"the header names {width} columns after the token; this line has {len(columns)}.",
            number,
        )
    block.rows.append(
        _Row(int(match[4]), int(match[5]), unescaped(match[6]), columns[column],
             match[3] is not None, number)
    )  # fmt: skip
    return None


def _item(block: _Block, key: str, how: Reading, report: Report) -> Item | FormatError:
    tokens = [r for r in block.rows if not r.part]
    if not tokens:
        return report.error("a sentence without tokens.", block.line)
    text = "\n".join(block.texts)
    begin = tokens[0].start
    offsets = _offsets(text, tokens, begin)
    if offsets is None:
        bad = next((r for r in tokens if r.token not in text), tokens[0])
        return report.error(
            f"the token {bad.token!r} at {bad.start}–{bad.end} does not stand there in #Text."
            " Offsets count UTF-16 units of the whole document.",
            bad.line,
        )
    where = f"sentence {key}"
    spans = _spans(block.rows, text, begin, report)
    if isinstance(spans, FormatError):
        return spans
    found = fitted(text, offsets, spans, how.fit, report, where, block.line)
    if isinstance(found, FormatError):
        return found
    return how.one_sided(key, sentence_at(text, offsets, how.language(how.side), found))


def _offsets(text: str, tokens: list[_Row], begin: int) -> Offsets | None:
    """Where the tokens stand in the sentence's text, in code points."""
    made = tuple(
        (from_utf16(text, r.start - begin), from_utf16(text, r.end - begin)) for r in tokens
    )
    if all(a >= 0 and text[a:b] == r.token for (a, b), r in zip(made, tokens, strict=True)):
        return made
    return find_tokens(text, [r.token for r in tokens])


def _spans(
    rows: list[_Row], text: str, begin: int, report: Report
) -> list[Characters] | FormatError:
    """The layer's spans, in code points of the sentence."""
    found: dict[str, tuple[int, int, str]] = {}
    for row in rows:
        if row.value == "_":
            continue
        for n, one in enumerate(stacked(row.value)):
            number = _ID.search(one)
            label = unescaped(one[: number.start()] if number else one)
            if one == "*" or (number and one[: number.start()] == "*"):
                return report.error(
                    f"the annotation on {row.token!r} has no value. Give it one in INCEpTION, or"
                    " delete it.",
                    row.line,
                )
            key = f"[{number[1]}]" if number else f"{row.line}.{n}"
            start, end, _ = found.get(key, (row.start, row.end, label))
            found[key] = min(start, row.start), max(end, row.end), label
    return [
        Characters(from_utf16(text, a - begin), from_utf16(text, b - begin), label)
        for a, b, label in found.values()
    ]
