"""The regions of a Label Studio task, and which text they lie on; see `label_studio_tasks`."""

from __future__ import annotations

from collections.abc import Sequence

from xproj_core.domain.codec import RawJson
from xproj_core.formats import jsonl
from xproj_core.formats.numbers import whole_number
from xproj_core.formats.places import from_utf16


def content(task: RawJson) -> RawJson:
    """Where the texts are: `data`, or in JSON-MIN the task itself."""
    data = task.get("data", task)
    return data if isinstance(data, dict) else {}


def answers(task: RawJson) -> tuple[list[RawJson], bool, bool]:
    """The regions and relations, whether a person made them, and whether one was chosen of many."""
    if "data" not in task:
        return _minimal(task), any(isinstance(v, list) for v in task.values()), False
    valid_annotations = [
        a
        for a in task.get("annotations") or task.get("completions") or ()
        if isinstance(a, dict) and not a.get("was_cancelled")
    ]
    if valid_annotations:
        chosen = next((a for a in valid_annotations if a.get("ground_truth")), valid_annotations[0])
        return list(chosen.get("result") or ()), True, len(valid_annotations) > 1
    guesses = task.get("predictions") or ()
    return (list(guesses[0].get("result") or ()) if guesses else []), False, len(guesses) > 1


def _minimal(task: RawJson) -> list[RawJson]:
    """The regions of JSON-MIN, which leaves out what they lie on: found by what they cover."""
    texts = [f for f, value in task.items() if isinstance(value, str)]
    lists = {
        name: [v for v in value if isinstance(v, dict) and "start" in v and "end" in v]
        for name, value in task.items()
        if isinstance(value, list)
    }
    fits: dict[str, list[str]] = {}
    for name, values in lists.items():
        side = name.partition("_")[0]
        if side in jsonl.SIDES and set(jsonl.SIDES) <= set(texts):
            fits[name] = [side]
        else:
            fits[name] = [f for f in texts if all(says(task[f], v) for v in values)]
    certain = {some[0] for some in fits.values() if len(some) == 1}
    return [
        {"type": "labels", "from_name": name, "to_name": _first(fits[name], certain), "value": v}
        for name, values in lists.items()
        for v in values
    ]


def _first(fitting: Sequence[str], certain: set[str]) -> str:
    """Of several texts that fit, one that others fit alone, or "text"."""
    for preferred in (certain, {"text"}, set(fitting)):
        for name in fitting:
            if name in preferred:
                return name
    return ""


def says(text: str, value: RawJson) -> str | None:
    """How the region counts: "code points", "utf-16" or, if it fits neither way, None."""
    start, end = whole_number(value["start"]), whole_number(value["end"])
    covered = value.get("text")
    if not isinstance(covered, str):
        return "code points"
    if "".join(text[start:end].split()) == "".join(covered.split()):
        return "code points"
    a, b = from_utf16(text, start), from_utf16(text, end)
    if 0 <= a < b and "".join(text[a:b].split()) == "".join(covered.split()):
        return "utf-16"
    return None
