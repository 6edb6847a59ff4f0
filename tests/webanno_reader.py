"""WebAnno TSV 3.3 as INCEpTION takes it in, apart from XProj's own reader and stricter than it.

Written from the grammar in INCEpTION's user guide ("WebAnno TSV 3.3 File format") and from how
its importer behaves, which the guide does not all say: it goes line by line through the states
header, sentence header, token, gap; a gap must be followed by a sentence, so that a blank line at
the end of the file is an error; a line ends at LF, CR or both; the document's text is put together
from the #Text lines alone, a line feed after each, and every sentence must begin where its first
token says; what an escape stands for is looked up from left to right; a value ends with its
number in brackets unless a backslash stands before the last bracket; values are parted by | that
no backslash stands before; one number is one annotation, which every further line extends.
Offsets count UTF-16 units.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

LAYER = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
_TEXT = {"t": "\t", "n": "\n", "f": "\f", "r": "\r", "b": "\b", "\\": "\\"} | {
    chr(c): chr(c) for c in (*range(8), *range(14, 32))
}
_VALUE = {
    "\\": "\\",
    "[": "[",
    "]": "]",
    "|": "|",
    "_": "_",
    "->": "->",
    ";": ";",
    "t": "\t",
    "n": "\n",
    "*": "*",
}


@dataclass
class Document:
    """Everything by UTF-16 offsets in the document."""

    text: str = ""
    sentences: list[tuple[int, int, str]] = field(default_factory=list)
    tokens: list[list[tuple[int, int]]] = field(default_factory=list)
    annotations: list[tuple[int, int, str | None]] = field(default_factory=list)

    def covered(self, begin: int, end: int) -> str:
        units = self.text.encode("utf-16-le")
        return units[2 * begin : 2 * end].decode("utf-16-le")


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def unescaped(text: str, known: dict[str, str]) -> str:
    """Longer escapes first; a backslash before anything else stays."""
    names = sorted(known, key=len, reverse=True)
    pattern = "|".join(re.escape("\\" + n) for n in names)
    return re.sub(pattern, lambda m: known[m[0][1:]], text)


def read(data: bytes) -> Document:
    """The document, or AssertionError where INCEpTION would refuse it or spoil it."""
    text = data.decode("utf-8")
    assert not text.startswith("\ufeff")
    lines = re.split("\r\n|\r|\n", text)
    assert lines.pop() == "", "the last line is not ended"
    columns, body = _header(lines)
    document, state, waiting, name = Document(), "gap", "", ""
    numbered: dict[int, int] = {}
    for line in [*body, None]:
        if line is None or line == "":
            now = "end" if line is None else "gap"
            assert state == "token", f"expected a sentence, got the {now}"
            document.sentences[-1] = (document.sentences[-1][0], units(document.text) - 1, name)
        elif line.startswith("#") and state in ("gap", "header"):
            now = "header"
            if line.startswith("#Sentence.id="):
                name = unescaped(line.partition("=")[2], _TEXT)
            if line.startswith("#Text="):
                waiting += unescaped(line.partition("=")[2], _TEXT) + "\n"
        else:
            assert state in ("header", "token"), f"expected a sentence, got {line!r}"
            now = "token"
            new = state == "header"
            number = len(document.sentences) + new, 1 if new else len(document.tokens[-1]) + 1
            begin, end, values = _row(line, columns, number)
            if new:
                assert units(document.text) == begin, "the offset is not where the text is"
                document.sentences.append((begin, -1, name))
                document.tokens.append([])
                document.text, waiting = document.text + waiting, ""
            assert document.tokens[-1][-1:] == [] or document.tokens[-1][-1][1] <= begin < end
            document.tokens[-1].append((begin, end))
            assert end <= units(document.text)
            _annotate(document, numbered, begin, end, values[-1])
        state = now
    return document


def _header(lines: list[str]) -> tuple[list[str], list[str]]:
    assert re.fullmatch(r"#FORMAT=WebAnno TSV 3\.3", lines[0])
    k, columns = 1, []
    while lines[k]:
        kind, _, rest = lines[k].partition("=")
        assert kind == "#T_SP", kind
        layer, *features = rest.split("|")
        assert layer == LAYER
        assert features and set(features) <= {"identifier", "value"}, "unknown features"
        columns += features
        k += 1
    assert lines[k + 1] == "" and lines[k + 2] != "", "two blank lines after the header"
    return columns, lines[k + 2 :]


def _row(line: str, columns: list[str], number: tuple[int, int]) -> tuple[int, int, list[str]]:
    fields = line.split("\t")
    assert len(fields) == 3 + len(columns) + 1 and fields[-1] == "", line
    assert fields[0] == "{}-{}".format(*number), line
    begin, end = map(int, fields[1].split("-"))
    return begin, end, fields[3:-1]


def _annotate(
    document: Document, numbered: dict[int, int], begin: int, end: int, cell: str
) -> None:
    for value in [] if cell == "_" else re.split(r"(?<!\\)\|", cell):
        number = None
        if value.endswith("]") and not value.endswith("\\]"):
            value, _, rest = value.rpartition("[")
            number = int(rest[:-1])
        if number in numbered:
            first, _, label = document.annotations[numbered[number]]
            document.annotations[numbered[number]] = first, end, label
            continue
        if number is not None:
            numbered[number] = len(document.annotations)
        label = None if value == "*" else unescaped(value, _VALUE)
        document.annotations.append((begin, end, label))
