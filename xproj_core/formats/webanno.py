"""WebAnno TSV 3.3, which INCEpTION reads and writes: one document, a token a line.

    #FORMAT=WebAnno TSV 3.3
    #T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|value


    #Sentence.id=7
    #Text=Ada Lovelace wrote .
    1-1<TAB>0-3<TAB>Ada<TAB>PER[1]<TAB>
    1-2<TAB>4-12<TAB>Lovelace<TAB>PER[1]<TAB>

    #Sentence.id=8
    ...

INCEpTION wants a sentence after every blank line, so there is none at the end. Offsets are UTF-16
units of the whole document, whose sentences are taken to follow each other with one character
between. A span of several tokens, and spans that share one, carry a number in brackets; several on
a token are parted by |. INCEpTION knows no parallel text: one side.
"""

from __future__ import annotations

from collections.abc import Iterable

from xproj_core.domain import Sentence
from xproj_core.domain.document_place import DocumentPlace
from xproj_core.domain.errors import InputError
from xproj_core.domain.item import Item
from xproj_core.formats.base import READING, WRITING, Read, Reading, Writing, read_lines
from xproj_core.formats.places import laid_out, to_utf16
from xproj_core.formats.webanno_escapes import escaped_text, escaped_value
from xproj_core.formats.webanno_lines import LAYER, stream


def loads(data: bytes | str, *, file: str | None = None, how: Reading = READING) -> Read:
    """Items with one sentence each, on the side that `how` names.

    Raises:
        FormatError: no WebAnno TSV 3, columns that the header does not name, offsets that do not
            fit the text, or a span over half a token.
    """
    return read_lines(stream, data, file, how)


def dumps(items: Iterable[Item], *, how: Writing = WRITING) -> str:
    """One document with the sentences of one side; those without a token are left out.

    Raises:
        InputError: a token that is empty, or a label with a carriage return, which has no escape
            and would end its line.
    """
    written = ["#FORMAT=WebAnno TSV 3.3\n", f"#T_SP={LAYER}|value\n", "\n"]
    begin = number = spans = 0
    document: str | None = None
    for item in items:
        sentence = how.sentence(item)
        if not sentence.tokens:
            continue
        number += 1
        if "" in sentence.tokens:
            raise InputError(f"Item {item.key}: an empty token cannot be written in WebAnno TSV.")
        if any("\r" in span.label for span in sentence.spans):
            raise InputError(
                f"Item {item.key}: a label has a carriage return in it, which cannot be written in"
                " WebAnno TSV."
            )
        text, offsets = laid_out(sentence)
        first = offsets[0][0]
        if how.documents and (place := DocumentPlace.of(item.notes)) is not None:
            same = place.document == document
            begin += to_utf16(place.before, len(place.before)) - same
            document = place.document
        text, offsets = text[first:], tuple((a - first, b - first) for a, b in offsets)
        rows, spans = _rows(sentence, text, offsets, number, begin, spans)
        lines = "".join(f"#Text={escaped_text(line)}\n" for line in text.split("\n"))
        written.append(f"\n#Sentence.id={escaped_text(item.key)}\n{lines}{rows}")
        begin += to_utf16(text, len(text)) + 1
    return "".join(written)


def _rows(
    sentence: Sentence,
    text: str,
    offsets: tuple[tuple[int, int], ...],
    number: int,
    begin: int,
    spans: int,
) -> tuple[str, int]:
    """The lines of a sentence, and how many spans have a number by now."""
    values: list[list[str]] = [[] for _ in sentence.tokens]
    alone = [sum(k in s for s in sentence.spans) < 2 for k in range(len(sentence))]
    for span in sentence.spans:
        mark = ""
        if len(span) > 1 or not alone[span.start]:
            spans += 1
            mark = f"[{spans}]"
        for k in range(span.start, span.end):
            values[k].append(escaped_value(span.label) + mark)
    rows = [
        f"{number}-{k}\t{begin + to_utf16(text, a)}-{begin + to_utf16(text, b)}"
        f"\t{escaped_text(token)}\t{'|'.join(labels) or '_'}\t\n"
        for k, (token, (a, b), labels) in enumerate(
            zip(sentence.tokens, offsets, values, strict=True), 1
        )
    ]
    return "".join(rows), spans
