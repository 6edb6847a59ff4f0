"""Label Studio's tasks to items; see `label_studio`.

The export does not hold the labelling interface, so which field of `data` a region lies on has
to be found: by its name, by the text that regions say they cover, or because there is one only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

from xproj_core.domain import Sentence, Span
from xproj_core.errors import FormatError, InputError
from xproj_core.formats import json_whole, jsonl
from xproj_core.formats.base import Outcomes, Reading, Report
from xproj_core.formats.label_studio_regions import Json, answers, content, says
from xproj_core.formats.numbers import confidence, whole
from xproj_core.formats.places import (
    Characters,
    find_words,
    fitted,
    from_utf16,
    has_astral,
    sentence_at,
)
from xproj_core.items import Item, Links, Side

WORD = "word"
_WHERE = "labels", "hypertextlabels"


def unpack(data: bytes, how: Reading, report: Report) -> Outcomes:
    """One item per task."""
    tasks = json_whole.parse(data, report)
    tasks = [tasks] if isinstance(tasks, dict) else tasks
    if not isinstance(tasks, list):
        raise report.error("expected a list of tasks, as Label Studio exports as JSON.")
    good: list[tuple[int, Json]] = []
    for n, task in enumerate(tasks, 1):
        if isinstance(task, dict):
            good.append((n, task))
        else:
            yield report.error(f"task {n}: expected an object; found {jsonl.kind_of(task)}.")
    texts = _texts([task for _, task in good if not _own(task)], how, report)
    for n, task in good:
        where = f"task {task['id']}" if "id" in task else f"task {n}"
        try:
            yield _item(task, str(task.get("id", n)), texts, how, report, where)
        except FormatError as error:
            yield error
        except InputError as error:
            yield report.error(f"{where}: {error}")
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
            yield report.error(
                f"{where} is not as Label Studio writes it: {type(error).__name__} at {error}."
            )


def _own(task: Json) -> Json:
    """What `dumps` left in a task for itself; empty in a task that somebody else made."""
    own = content(task).get("xproj")
    return own if isinstance(own, dict) else {}


def _own_texts(own: Json) -> dict[str, tuple[str, Side]]:
    """As `_texts`, of a task that `dumps` made."""
    sides = [s for s in jsonl.SIDES if s in own]
    return {s: (s, s) for s in sides} if len(sides) == 2 else {"text": ("text", sides[0])}


def _texts(tasks: Sequence[Json], how: Reading, report: Report) -> dict[str, tuple[str, Side]]:
    """The name that regions refer to -> the field of `data` with its text, and its side."""
    names: dict[str, list[tuple[Json, Json]]] = {}
    for task in tasks:
        for one in answers(task)[0]:
            if isinstance(one.get("value"), dict) and "start" in one["value"]:
                names.setdefault(one.get("to_name", ""), []).append((content(task), one["value"]))
    fields = [
        f
        for f in (content(tasks[0]) if tasks else {})
        if all(isinstance(content(t).get(f), str) for t in tasks if f in content(t))
    ]
    if set(jsonl.SIDES) <= set(fields) and set(names) <= set(jsonl.SIDES):
        return {s: (s, s) for s in jsonl.SIDES}
    found = {name: _field(name, uses, fields, report) for name, uses in names.items()}
    if len(found) > 2:
        raise report.error(
            f"regions lie on {len(found)} texts ({', '.join(sorted(found))}); one text, or two for"
            " a pair, can be read."
        )
    if len(found) == 2:
        first, second = sorted(found, key=lambda n: fields.index(found[n]) if found[n] in fields
                               else 0)  # fmt: skip
        report.notes.append(
            f"“{found[first]}” was read as the source and “{found[second]}” as the target."
        )
        return {first: (found[first], "source"), second: (found[second], "target")}
    if not found and tasks:
        return {"": (_field("text", (), fields, report), how.side)}
    return {name: (field, how.side) for name, field in found.items()}


def _field(
    name: str, uses: Sequence[tuple[Json, Json]], fields: Sequence[str], report: Report
) -> str:
    """The field of `data` that holds the text which regions call `name`."""
    if name in fields:
        return name
    fitting = [
        f
        for f in fields
        if uses and all(says(str(data.get(f, "")), value) is not None for data, value in uses)
    ]
    for some in (fitting, fields):
        if len(some) == 1:
            return some[0]
    if "text" in (fitting or fields):
        return "text"
    raise report.error(
        f"which field of data holds the text is not clear; found {', '.join(fields) or 'none'}."
        " Name it “text”, or “source” and “target” for a pair."
    )


def _item(
    task: Json,
    key: str,
    texts: Mapping[str, tuple[str, Side]],
    how: Reading,
    report: Report,
    where: str,
) -> Item:
    data = content(task)
    more = _own(task)
    texts = _own_texts(more) if more else texts
    result, person, many = answers(task)
    if many:
        report.count("one of several annotations of a task was taken", where)
    regions = _regions(result, report, where)
    sides: dict[Side, Sentence] = {}
    words: dict[str, tuple[Side, Span]] = {}
    taken = 0
    for name, (field, side) in texts.items():
        if isinstance(data.get(field), str):
            mine = [r for r in regions if len(texts) == 1 or r.get("to_name") == name]
            taken += len(mine)
            sides[side] = _sentence(
                data[field], side, mine, more.get(side), words, how, report, where
            )
    if not sides:
        raise report.error(f"{where} has no text.")
    if taken < len(regions):
        raise report.error(
            f"{where}: which text {len(regions) - taken} of its {len(regions)} regions lie on is"
            " not clear. Export as JSON instead of JSON-MIN."
        )
    gold = frozenset(sides) if person and how.gold else frozenset(more.get("gold", ()))
    links = None
    if len(sides) == 2:
        links = _links(result, words, report, where)
        if links is None and more.get("links"):
            if "data" in task:
                links = Links(frozenset())
            else:
                report.count("JSON-MIN holds no relations: word links were not read", where)
    others = {
        code: jsonl.read_sentence(one, code, code, how, report, None)
        for code, one in jsonl.object_in(more.get("others"), "others").items()
    }
    notes = {k: str(v) for k, v in jsonl.object_in(more.get("notes"), "notes").items()}
    return Item(
        str(more.get("id", key)),
        sides.get("source"),
        sides.get("target"),
        gold,
        links,
        others,
        notes,
    )


def _regions(result: Sequence[Json], report: Report, where: str) -> list[Json]:
    """The labelled pieces of text."""
    found = []
    for one in result:
        value = one.get("value")
        if one.get("type") == "relation":
            continue
        if not isinstance(value, dict) or "start" not in value or "end" not in value:
            report.count("an answer that labels no text was left out", where)
        elif not any(value.get(k) for k in _WHERE):
            report.count("a region without a label was left out", where)
        else:
            found.append(one)
    return found


def _sentence(
    text: str,
    side: Side,
    regions: Sequence[Json],
    own: Json | None,
    words: dict[str, tuple[Side, Span]],
    how: Reading,
    report: Report,
    where: str,
) -> Sentence:
    """One text with its labels; what relations may refer to is added to `words`."""
    language = how.language(side) if own is None else own["language"]
    if own is None:
        offsets = find_words(text, language, how)
    else:
        offsets = tuple((a, b) for a, b in own["offsets"])
    spans: list[Span] = []
    utf16 = _counts_utf16(text, regions, how, report, where)
    for one in regions:
        value = one["value"]
        start, end = whole(value["start"]), whole(value["end"])
        if utf16:
            start, end = from_utf16(text, start), from_utf16(text, end)
        for label in next(value[k] for k in _WHERE if value.get(k)):
            given = Characters(start, end, label, _confidence(one.get("score"), report, where))
            found = fitted(text, offsets, [given], how.fit, report, where)
            if isinstance(found, FormatError):
                raise found
            words[str(one.get("id"))] = side, found[0]
            if not str(one.get("from_name")).endswith(f"_{WORD}"):
                spans += found
    if own is not None and own.get("joined"):
        tokens = tuple(text[a:b] for a, b in offsets)
        return Sentence(tokens, language, tuple(sorted(set(spans))))
    if own is not None:
        made = sentence_at(text, offsets, language, ())
        return Sentence(made.tokens, language, tuple(sorted(set(spans))), text, offsets)
    return sentence_at(text, offsets, language, tuple(set(spans)))


def _confidence(score: Any, report: Report, where: str) -> float | None:
    """The score where it is one from 0 to 1; elsewhere models may write what they like."""
    try:
        return confidence(score)
    except InputError:
        report.count("scores that do not lie between 0 and 1 were left out", where)
        return None


def _counts_utf16(
    text: str, regions: Sequence[Json], how: Reading, report: Report, where: str
) -> bool:
    if how.units != "auto":
        return how.units == "utf-16"
    ways = [says(text, r["value"]) for r in regions]
    for way, region in zip(ways, regions, strict=True):
        if way is None:
            value = region["value"]
            start, end = whole(value["start"]), whole(value["end"])
            raise report.error(
                f"{where}: a region says that it covers “{value['text']}”, but at its characters"
                f" {start}–{end} stands “{text[start:end]}”."
            )
    if has_astral(text) and "utf-16" in ways:
        report.count("offsets were read as UTF-16 units, as older versions wrote them", where)
        return True
    return False


def _links(
    result: Sequence[Json], words: Mapping[str, tuple[Side, Span]], report: Report, where: str
) -> Links | None:
    """The relations between the two texts as word links."""
    sure: set[tuple[int, int]] = set()
    possible: set[tuple[int, int]] = set()
    for one in result:
        if one.get("type") != "relation":
            continue
        ends = [words.get(str(one.get(k))) for k in ("from_id", "to_id")]
        sides = {e[0]: e[1] for e in ends if e is not None}
        if len(sides) < 2:
            report.count("a relation that does not link the two texts was left out", where)
            continue
        a, b = sides["source"], sides["target"]
        if len(a) > 1 or len(b) > 1:
            report.count("a relation between regions of several words links all their words", where)
        pairs = set(product(range(a.start, a.end), range(b.start, b.end)))
        (possible if "possible" in (one.get("labels") or ()) else sure).update(pairs)
    if not sure and not possible:
        return None
    return Links(frozenset(sure), frozenset(possible - sure))
