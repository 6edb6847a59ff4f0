"""XProj's own JSONL: one item a line, with everything that it holds.

    {"id": "7",
     "source": {"language": "en", "tokens": ["Lagos", "grows"], "text": "Lagos grows!",
                "offsets": [[0, 5], [6, 11]],
                "entities": [{"start": 0, "end": 1, "label": "LOC",
                              "start_char": 0, "end_char": 5}]},
     "target": {"language": "de", "tokens": ["Lagos", "wächst"], "entities": []},
     "gold": ["source"], "links": {"sure": [[0, 0]], "possible": []},
     "others": {}, "notes": {}}

Token indices and code points count from 0, ends are exclusive. What is empty may be left out.
An entity may be given by characters alone where there are `text` and `offsets`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from xproj_core.domain import Link, Sentence, Span
from xproj_core.domain.codec import RawJson
from xproj_core.domain.errors import FormatError, InputError, XProjError
from xproj_core.domain.item import Item, Links, Side
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
from xproj_core.formats.numbers import confidence, whole_number
from xproj_core.formats.places import Characters, fitted
from xproj_core.formats.plain_documents import whole_documents

SIDES: tuple[Side, Side] = ("source", "target")


def dumps(items: Iterable[Item], *, how: Writing = WRITING) -> str:
    """A line per item, which `loads` gives back whole; or per document."""
    written = whole_documents(items) if how.documents else items
    return "".join(json.dumps(as_json(i), ensure_ascii=False) + "\n" for i in written)


def as_json(item: Item) -> RawJson:
    """An item as plain JSON values."""
    raw_item: RawJson = {"id": item.key}
    raw_item |= {name: sentence_json(s) for name in SIDES if (s := item.side(name)) is not None}
    if item.gold:
        raw_item["gold"] = sorted(item.gold)
    if item.links is not None:
        raw_item["links"] = {
            "sure": sorted(map(list, item.links.sure)),
            "possible": sorted(map(list, item.links.possible)),
        }
    if item.others:
        raw_item["others"] = {code: sentence_json(s) for code, s in item.others.items()}
    if item.notes:
        raw_item["notes"] = dict(item.notes)
    return raw_item


def sentence_json(sentence: Sentence) -> RawJson:
    raw_sentence: RawJson = {"language": sentence.language, "tokens": list(sentence.tokens)}
    if sentence.text is not None:
        raw_sentence["text"] = sentence.text
    if sentence.offsets is not None:
        raw_sentence["offsets"] = [list(o) for o in sentence.offsets]
    raw_sentence["entities"] = [_entity(span, sentence) for span in sentence.spans]
    return raw_sentence


def _entity(span: Span, sentence: Sentence) -> RawJson:
    raw_entity: RawJson = {"start": span.start, "end": span.end, "label": span.label}
    if sentence.offsets is not None:
        raw_entity["start_char"] = sentence.offsets[span.start][0]
        raw_entity["end_char"] = sentence.offsets[span.end - 1][1]
    if span.score is not None:
        raw_entity["score"] = span.score
    return raw_entity


def stream(lines: Iterable[str], how: Reading, report: Report) -> Outcomes:
    """One item per line that is not blank."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield from_json(parsed(line, number, report), str(number), how, report, number)
        except FormatError as error:
            yield error


def parsed(line: str, number: int, report: Report) -> RawJson:
    """The JSON object of one line.

    Raises:
        FormatError: it is not one; line and column are named.
    """
    try:
        value = json.loads(line)
    except ValueError as error:
        column = error.colno if isinstance(error, json.JSONDecodeError) else None
        raise report.error(
            f"this is not JSON ({error.msg}); expected one object per line."
            if isinstance(error, json.JSONDecodeError)
            else "this is not JSON; expected one object per line.",
            number,
            column,
        ) from error
    if not isinstance(value, dict):
        raise report.error(f"expected a JSON object; found {kind_of(value)}.", number)
    return value


def from_json(
    raw_item: RawJson, key: str, how: Reading, report: Report, line: int | None = None
) -> Item:
    """The item that `as_json` wrote; `key` where it gives no id.

    Raises:
        FormatError: something is missing or of the wrong kind; it is named.
    """
    try:
        sides = {
            s: read_sentence(raw_item[s], s, how.language(s), how, report, line)
            for s in SIDES
            if raw_item.get(s) is not None
        }
        others = {
            code: read_sentence(raw_sentence, code, code, how, report, line)
            for code, raw_sentence in object_in(raw_item.get("others"), "others").items()
        }
        notes = {k: str(v) for k, v in object_in(raw_item.get("notes"), "notes").items()}
        gold = frozenset(_side(g) for g in raw_item.get("gold") or ())
        return Item(
            str(raw_item.get("id", key)),
            sides.get("source"),
            sides.get("target"),
            gold,
            read_links(raw_item.get("links"), sides),
            others,
            notes,
        )
    except FormatError:
        raise
    except XProjError as error:
        raise report.error(str(error), line) from error
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise report.error(
            f"this is not an item: {_what(error)}. Expected source or target with tokens and"
            " entities.",
            line,
        ) from error


def read_sentence(
    raw_sentence: object, name: str, language: str, how: Reading, report: Report, line: int | None
) -> Sentence:
    raw_sentence = object_in(raw_sentence, name)
    tokens = raw_sentence.get("tokens")
    if not isinstance(tokens, list) or not all(isinstance(t, str) for t in tokens):
        raise InputError(f"{name} has no list of tokens.")
    text, offsets = raw_sentence.get("text"), raw_sentence.get("offsets")
    if text is not None and not isinstance(text, str):
        raise InputError(f"the text of {name} is not a string.")
    places = (
        None if offsets is None else tuple((whole_number(a), whole_number(b)) for a, b in offsets)
    )
    if places is not None and len(places) != len(tokens):
        raise InputError(f"{name} has {len(tokens)} tokens and {len(places)} offsets.")
    spans: list[Span] = []
    for raw_entity in raw_sentence.get("entities") or ():
        spans += _spans(raw_entity, name, text, places, how, report, line)
    language = raw_sentence.get("language", language)
    return Sentence(tuple(tokens), language, tuple(spans), text, places)


def _spans(
    raw_entity: object,
    name: str,
    text: str | None,
    offsets: tuple[tuple[int, int], ...] | None,
    how: Reading,
    report: Report,
    line: int | None,
) -> tuple[Span, ...]:
    entity = object_in(raw_entity, f"an entity of {name}")
    label, score = entity.get("label"), confidence(entity.get("score"))
    if not isinstance(label, str) or not label:
        raise InputError(f"an entity of {name} has no label.")
    if "start" in entity and "end" in entity:
        return (Span(whole_number(entity["start"]), whole_number(entity["end"]), label, score),)
    if text is None or offsets is None or "start_char" not in entity or "end_char" not in entity:
        raise InputError(f"the entity {label} of {name} has no start and end.")
    characters = Characters(
        whole_number(entity["start_char"]), whole_number(entity["end_char"]), label, score
    )
    spans = fitted(text, offsets, [characters], how.fit, report, name, line)
    if isinstance(spans, FormatError):
        raise spans
    return spans


def read_links(raw_links: object, sides: Mapping[Side, Sentence]) -> Links | None:
    if raw_links is None:
        return None
    raw_links = object_in(raw_links, "links")
    source, target = (len(sides.get(s, ())) for s in SIDES)

    def read(name: str) -> frozenset[Link]:
        pairs = frozenset((whole_number(i), whole_number(j)) for i, j in raw_links.get(name) or ())
        outside = sorted((i, j) for i, j in pairs if not (0 <= i < source and 0 <= j < target))
        if outside:
            i, j = outside[0]
            raise InputError(
                f"the link {i}-{j} is out of range: the source has {source} tokens and the target"
                f" {target}, counted from 0."
            )
        return pairs

    sure = read("sure")
    return Links(sure, read("possible") - sure)


def _side(value: object) -> Side:
    if value not in SIDES:
        raise InputError(f"gold can be source or target, not {value!r}.")
    side: Side = value
    return side


def object_in(value: object, name: str) -> RawJson:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise InputError(f"{name} is {kind_of(value)}, not an object.")
    return value


def kind_of(value: object) -> str:
    kinds = {list: "a list", str: "a string", bool: "true or false", type(None): "null"}
    return kinds.get(type(value), "a number")


def _what(error: Exception) -> str:
    return f"{error.args[0]} is missing" if isinstance(error, KeyError) else str(error)


def loads(data: bytes | str, *, file: str | None = None, how: Reading = READING) -> Read:
    """The items of a JSONL file.

    Raises:
        FormatError: a line that is no item; line, column and what was expected are named.
    """
    return read_lines(stream, data, file, how)
