"""Label Studio's JSON: tasks with regions over text, and relations between regions.

One sentence is a task with `data.text`, a pair one with `data.source` and `data.target`; word
links are relations between regions of one word each. Labels of a person become annotations,
guesses become predictions, which Label Studio offers for correction. What Label Studio has no
place for stands in `data.xproj`, which it gives back untouched. `interface` writes the labelling
interface to paste into the project's settings. JSON-MIN is read too.

Offsets are code points. Older versions counted UTF-16 units; where a file's offsets only
fit its own `text` values that way, they are read that way and it is said.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import quoteattr

from xproj_core.domain.codec import RawJson
from xproj_core.domain.item import Item, Links
from xproj_core.formats import jsonl
from xproj_core.formats.base import READING, WRITING, Read, Reading, Writing, read_bytes
from xproj_core.formats.label_studio_labels import WORD
from xproj_core.formats.label_studio_tasks import unpack
from xproj_core.formats.places import laid_out


def loads(data: bytes | str, *, file: str | None = None, how: Reading = READING) -> Read:
    """The items of an export, JSON or JSON-MIN.

    Raises:
        FormatError: it is no such export, or a region does not fit its text or its tokens.
    """
    return read_bytes(unpack, data, file, how)


def dumps(items: Iterable[Item], *, how: Writing = WRITING) -> str:
    """Tasks to import into Label Studio."""
    return json.dumps([_task(item) for item in items], ensure_ascii=False, indent=1)


def _task(item: Item) -> RawJson:
    sides = {s: side_sentence for s in jsonl.SIDES if (side_sentence := item.side(s)) is not None}
    alone = len(sides) == 1
    data: RawJson = {}
    result: list[RawJson] = []
    more: RawJson = {"id": item.key, "gold": sorted(item.gold), "links": item.links is not None}
    for side, sentence in sides.items():
        name = "text" if alone else side
        text, offsets = laid_out(sentence)
        data[name] = text
        more[side] = {
            "language": sentence.language,
            "offsets": [list(o) for o in offsets],
            "joined": text != sentence.text,
        }
        for n, span in enumerate(sentence.spans):
            start, end = offsets[span.start][0], offsets[span.end - 1][1]
            region = _region(f"{side}-{n}", name, "label", text, start, end, span.label)
            if span.score is not None:
                region["score"] = span.score
            result.append(region)
    if item.links is not None:
        result += _relations(item.links, data, more)
    if item.others:
        more["others"] = {k: jsonl.sentence_json(s) for k, s in item.others.items()}
    if item.notes:
        more["notes"] = dict(item.notes)
    data["xproj"] = more
    if item.gold == frozenset(sides):
        return {"data": data, "annotations": [{"result": result}]}
    if result:
        return {"data": data, "predictions": [{"model_version": "xproj", "result": result}]}
    return {"data": data}


def _region(key: str, name: str, by: str, text: str, start: int, end: int, label: str) -> RawJson:
    return {
        "id": key,
        "from_name": by if name == "text" else f"{name}_{by}",
        "to_name": name,
        "type": "labels",
        "value": {"start": start, "end": end, "text": text[start:end], "labels": [label]},
    }


def _relations(links: Links, data: RawJson, more: RawJson) -> Iterator[RawJson]:
    both = links.sure | links.possible
    for k, side in enumerate(jsonl.SIDES):
        for i in sorted({link[k] for link in both}):
            start, end = more[side]["offsets"][i]
            yield _region(f"{side}-word-{i}", side, WORD, data[side], start, end, WORD)
    for i, j in sorted(both):
        yield {
            "type": "relation",
            "from_id": f"source-word-{i}",
            "to_id": f"target-word-{j}",
            "direction": "right",
            "labels": ["sure" if (i, j) in links.sure else "possible"],
        }


def interface(labels: Iterable[str], pair: bool) -> str:
    """The labelling interface, XML to paste into Label Studio's settings."""
    choices = "".join(f"\n    <Label value={quoteattr(label)}/>" for label in labels)
    parts = []
    for name in jsonl.SIDES if pair else ("text",):
        by = f"{name}_label" if pair else "label"
        parts.append(f'  <Labels name="{by}" toName="{name}">{choices}\n  </Labels>')
        if pair:
            parts.append(
                f'  <Labels name="{name}_{WORD}" toName="{name}"><Label value="{WORD}"/></Labels>'
            )
        parts.append(f'  <Text name="{name}" value="${name}" granularity="word"/>')
    if pair:
        parts.append(
            '  <Relations><Relation value="sure"/><Relation value="possible"/></Relations>'
        )
    return "<View>\n" + "\n".join(parts) + "\n</View>\n"
