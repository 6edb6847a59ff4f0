"""doccano's JSONL: a text a line, with labels over characters.

    {"text": "Lagos grows.", "label": [[0, 5, "LOC"]]}
    {"text": "Lagos grows.", "entities": [{"id": 0, "start_offset": 0, "end_offset": 5,
     "label": "LOC"}], "relations": []}

Both are read; the second is written where `Writing.entities` asks for it, for doccano's projects
with relations. doccano holds one text per example, never a pair, and its browser counts offsets
in UTF-16 units (projects that count grapheme clusters excepted), so these are read and written.
What doccano has no column for stands in "xproj", which it keeps as metadata.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

import regex

from xproj_core.domain import Sentence
from xproj_core.domain.codec import RawJson
from xproj_core.domain.errors import FormatError, InputError
from xproj_core.domain.item import Item
from xproj_core.formats import jsonl
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
from xproj_core.formats.numbers import whole_number
from xproj_core.formats.places import (
    Characters,
    find_words,
    fitted,
    from_utf16,
    has_astral,
    laid_out,
    sentence_at,
    to_utf16,
)
from xproj_core.formats.plain_documents import whole_documents

_KNOWN = frozenset("id text data label labels entities relations xproj Comments".split())


def dumps(items: Iterable[Item], *, how: Writing = WRITING) -> str:
    """A line per item, or per document, one side of it."""
    written = whole_documents(items) if how.documents else items
    return "".join(json.dumps(_line(i, how), ensure_ascii=False) + "\n" for i in written)


def _line(item: Item, how: Writing) -> RawJson:
    sentence = how.sentence(item)
    text, offsets = laid_out(sentence)
    places = [
        (to_utf16(text, offsets[s.start][0]), to_utf16(text, offsets[s.end - 1][1]), s.label)
        for s in sentence.spans
    ]
    side = "target" if sentence is item.target else "source"
    more: RawJson = {
        "id": item.key,
        "language": sentence.language,
        "offsets": [list(o) for o in offsets],
        "joined": text != sentence.text,
        "gold": side in item.gold,
    }
    if item.others:
        more["others"] = {k: jsonl.sentence_json(s) for k, s in item.others.items()}
    if item.notes:
        more["notes"] = dict(item.notes)
    labels: RawJson = {"label": [list(p) for p in places]}
    if how.entities:
        labels = {
            "entities": [
                {"id": n, "start_offset": a, "end_offset": b, "label": label}
                for n, (a, b, label) in enumerate(places)
            ],
            "relations": [],
        }
    return {"text": text, **labels, "xproj": json.dumps(more, ensure_ascii=False)}


def stream(lines: Iterable[str], how: Reading, report: Report) -> Outcomes:
    """One item per line that is not blank."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield _item(jsonl.parsed(line, number, report), number, how, report)
        except FormatError as error:
            yield error
        except InputError as error:
            yield report.error(str(error), number)
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
            yield report.error(
                f"this is not an example as doccano writes it: {type(error).__name__} at {error}.",
                number,
            )


def _item(raw_item: RawJson, number: int, how: Reading, report: Report) -> Item:
    text = raw_item.get("text", raw_item.get("data"))
    if not isinstance(text, str):
        raise InputError("expected an object with a text; found none.")
    own = raw_item.get("xproj")
    own = jsonl.object_in(json.loads(own) if isinstance(own, str) else own, "xproj")
    language = own.get("language", how.language(how.side))
    offsets = tuple((a, b) for a, b in own["offsets"]) if own else find_words(text, language, how)
    labels = _labels(raw_item, text, how, report, number)
    spans = fitted(text, offsets, labels, how.fit, report, f"line {number}", number)
    if isinstance(spans, FormatError):
        raise spans
    if own.get("joined"):
        sentence = Sentence(tuple(text[a:b] for a, b in offsets), language, spans)
    elif own:
        tokens = tuple(text[a:b] for a, b in offsets)
        sentence = Sentence(tokens, language, spans, text, offsets)
    else:
        sentence = sentence_at(text, offsets, language, spans)
    if raw_item.get("relations"):
        report.count("relations between the spans of a text were left out", f"line {number}")
    others = {
        code: jsonl.read_sentence(raw_sentence, code, code, how, report, number)
        for code, raw_sentence in jsonl.object_in(own.get("others"), "others").items()
    }
    notes = {k: str(v) for k, v in jsonl.object_in(own.get("notes"), "notes").items()}
    notes |= {k: str(v) for k, v in raw_item.items() if k not in _KNOWN}
    if comments := raw_item.get("Comments"):
        notes["comments"] = "; ".join(map(str, comments))
    key = str(own.get("id", raw_item.get("id", number)))
    item = how.one_sided(key, sentence, gold=own.get("gold", True))
    return Item(key, item.source, item.target, item.gold, None, others, notes)


def _labels(
    raw_item: RawJson, text: str, how: Reading, report: Report, number: int
) -> list[Characters]:
    labels: list[tuple[int, int, object]] = []
    for start, end, label in raw_item.get("label") or raw_item.get("labels") or ():
        labels.append((whole_number(start), whole_number(end), label))
    for entity in raw_item.get("entities") or ():
        labels.append(
            (
                whole_number(entity["start_offset"]),
                whole_number(entity["end_offset"]),
                entity["label"],
            )
        )
    named = [(a, b, label) for a, b, label in labels if isinstance(label, str)]
    if len(named) < len(labels):
        raise InputError("labels are numbers here. Export as JSONL with the labels' names.")
    if how.units == "graphemes":
        begins = [m.start() for m in regex.finditer(r"\X", text)] + [len(text)]
        last = len(begins) - 1
        return [Characters(begins[min(a, last)], begins[min(b, last)], c) for a, b, c in named]
    if how.units == "code points" or not has_astral(text):
        return [Characters(*entity) for entity in named]
    if how.units == "auto" and labels:
        report.count(
            "offsets were read as UTF-16 units, as doccano counts them (if the project counts"
            " grapheme clusters, or a script wrote the file, say so)",
            f"line {number}",
        )
    return [Characters(from_utf16(text, a), from_utf16(text, b), c) for a, b, c in named]


def loads(data: bytes | str, *, file: str | None = None, how: Reading = READING) -> Read:
    """Items with one sentence each, on the side that `how` names.

    Raises:
        FormatError: a line that is no example, or a span that does not fit; the line is named.
    """
    return read_lines(stream, data, file, how)
