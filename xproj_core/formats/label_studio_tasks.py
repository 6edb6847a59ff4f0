"""Label Studio's tasks to items; see `label_studio`.

The export does not hold the labelling interface, so which field of `data` a region lies on has
to be found: by its name, by the text that regions say they cover, or because there is one only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xproj_core.domain import Sentence, Span
from xproj_core.domain.codec import RawJson
from xproj_core.domain.errors import FormatError, InputError
from xproj_core.domain.item import Item, Links, Side
from xproj_core.formats import json_whole, jsonl
from xproj_core.formats.base import Outcomes, Reading, Report
from xproj_core.formats.label_studio_labels import labelled, links_of, sentence
from xproj_core.formats.label_studio_regions import answers, content, says


def unpack(data: bytes, how: Reading, report: Report) -> Outcomes:
    """One item per task."""
    tasks = json_whole.parse(data, report)
    tasks = [tasks] if isinstance(tasks, dict) else tasks
    if not isinstance(tasks, list):
        raise report.error("expected a list of tasks, as Label Studio exports as JSON.")
    good: list[tuple[int, RawJson]] = []
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


def _own(task: RawJson) -> RawJson:
    """What `dumps` left in a task for itself; empty in a task that somebody else made."""
    own = content(task).get("xproj")
    return own if isinstance(own, dict) else {}


def _own_texts(own: RawJson) -> dict[str, tuple[str, Side]]:
    """As `_texts`, of a task that `dumps` made."""
    sides = [s for s in jsonl.SIDES if s in own]
    return {s: (s, s) for s in sides} if len(sides) == 2 else {"text": ("text", sides[0])}


def _texts(tasks: Sequence[RawJson], how: Reading, report: Report) -> dict[str, tuple[str, Side]]:
    """The name that regions refer to -> the field of `data` with its text, and its side."""
    names: dict[str, list[tuple[RawJson, RawJson]]] = {}
    for task in tasks:
        for answer in answers(task)[0]:
            if isinstance(answer.get("value"), dict) and "start" in answer["value"]:
                names.setdefault(answer.get("to_name", ""), []).append(
                    (content(task), answer["value"])
                )
    fields = [
        f
        for f in (content(tasks[0]) if tasks else {})
        if all(isinstance(content(t).get(f), str) for t in tasks if f in content(t))
    ]
    if set(jsonl.SIDES) <= set(fields) and set(names) <= set(jsonl.SIDES):
        return {s: (s, s) for s in jsonl.SIDES}
    text_fields = {name: _field(name, uses, fields, report) for name, uses in names.items()}
    if len(text_fields) > 2:
        raise report.error(
            f"regions lie on {len(text_fields)} texts ({', '.join(sorted(text_fields))}); one"
            " text, or two for"
            " a pair, can be read."
        )
    if len(text_fields) == 2:
        first, second = sorted(
            text_fields,
            key=lambda n: fields.index(text_fields[n]) if text_fields[n] in fields else 0,
        )
        report.notes.append(
            f"“{text_fields[first]}” was read as the source and “{text_fields[second]}” as the"
            " target."
        )
        return {first: (text_fields[first], "source"), second: (text_fields[second], "target")}
    if not text_fields and tasks:
        return {"": (_field("text", (), fields, report), how.side)}
    return {name: (field, how.side) for name, field in text_fields.items()}


def _field(
    name: str, uses: Sequence[tuple[RawJson, RawJson]], fields: Sequence[str], report: Report
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
    task: RawJson,
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
    words: dict[str, tuple[Side, Span]] = {}
    regions = labelled(result, report, where)
    sides: dict[Side, Sentence] = {}
    for field, side, own in _regions_by_text(data, texts, regions, report, where):
        sides[side] = sentence(data[field], side, own, more.get(side), words, how, report, where)
    gold = frozenset(sides) if person and how.gold else frozenset(more.get("gold", ()))
    links = links_of(result, words, report, where) if len(sides) == 2 else None
    if links is None and len(sides) == 2 and more.get("links"):
        if "data" in task:
            links = Links(frozenset())
        else:
            report.count("JSON-MIN holds no relations: word links were not read", where)
    others = {
        code: jsonl.read_sentence(raw_sentence, code, code, how, report, None)
        for code, raw_sentence in jsonl.object_in(more.get("others"), "others").items()
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


def _regions_by_text(
    data: RawJson,
    texts: Mapping[str, tuple[str, Side]],
    regions: Sequence[RawJson],
    report: Report,
    where: str,
) -> list[tuple[str, Side, list[RawJson]]]:
    """The fields of a task that hold a text, with its side and the regions that lie on it."""
    lying = [
        (field, side, [r for r in regions if len(texts) == 1 or r.get("to_name") == name])
        for name, (field, side) in texts.items()
        if isinstance(data.get(field), str)
    ]
    if not lying:
        raise report.error(f"{where} has no text.")
    astray = len(regions) - sum(len(text_regions) for _, _, text_regions in lying)
    if astray > 0:
        raise report.error(
            f"{where}: which text {astray} of its {len(regions)} regions lie on is not clear."
            " Export as JSON instead of JSON-MIN."
        )
    return lying
