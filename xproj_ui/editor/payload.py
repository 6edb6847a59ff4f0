"""What the editor is given: a review document and what the page knows beside it, plain JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict
from unicodedata import bidirectional

from xproj_core.domain import languages
from xproj_core.domain.errors import LanguageError
from xproj_core.drawing.colours import shades
from xproj_core.text.detokenise import detokenise
from xproj_ui.editor.keys import KEYS

Json = dict[str, Any]
_THE_SAME = ("annotator", "cookie", "keys", "ack", "conflict", "ahead")


class Ack(TypedDict):
    """What became of a command.

    `made` is the id of the span that it added, if it did; `told` what else there is to say;
    `at` when it was saved, on the reader's clock, if it was.
    """

    id: str
    ok: bool
    problem: str
    made: str | None
    told: str
    at: str


class Conflict(TypedDict):
    """Somebody else changed the document meanwhile."""

    by: str
    at: str


class Place(TypedDict):
    """Where the sentence stands in its queue."""

    text: str
    previous: bool
    next: bool


def payload(
    document: Mapping[str, Any],
    *,
    item: str,
    annotator: str = "",
    cookie: str = "",
    place: Place | None = None,
    ack: Ack | None = None,
    conflict: Conflict | None = None,
    ahead: Mapping[str, Json] | None = None,
) -> Json:
    """The document as the browser gets it; `item` names it for the whole session.

    With a `cookie`, the browser remembers the annotator's name under it. `ahead` has the payloads
    of the "next" and "previous" documents: the browser draws them at once when somebody goes
    there, and asks for them at the same time.
    """
    labels = list(document["labels"])
    used = [s["label"] for s in document["spans"]]
    used += [s["label"] for t in document["tracks"] for s in t["spans"]]
    used += [s["label"] for s in (document.get("offer") or {}).get("spans", ())]
    return {
        **document,
        "source": _side(document["source"]),
        "target": _side(document["target"]),
        "item": item,
        "annotator": annotator,
        "cookie": cookie,
        "names": {side: _name(document[side]) for side in ("source", "target")},
        "colours": {label: shades(label) for label in dict.fromkeys([*labels, *used])},
        "keys": [list(line) for line in KEYS],
        "place": place,
        "ack": ack,
        "conflict": conflict,
        "ahead": None if ahead is None else {to: _changing(one) for to, one in ahead.items()},
    }


def _changing(whole: Json) -> Json:
    """What differs from document to document."""
    return {name: value for name, value in whole.items() if name not in _THE_SAME}


def _side(side: Mapping[str, Any] | None) -> Json | None:
    if side is None:
        return None
    tokens: Sequence[str] = side["tokens"]
    direction = side["dir"] if side["dir"] != "auto" else _direction(tokens)
    glue = "" if languages.is_unspaced(side["language"]) else " "
    text = side.get("text") or detokenise(tokens, side["language"])
    return {**side, "tokens": list(tokens), "dir": direction, "text": text, "glue": glue}


def _direction(tokens: Sequence[str]) -> str:
    """That of the first letter that has one."""
    for letter in "".join(tokens):
        found = bidirectional(letter)
        if found in {"L", "R", "AL"}:
            return "ltr" if found == "L" else "rtl"
    return "ltr"


def _name(side: Mapping[str, Any] | None) -> str:
    if side is None:
        return ""
    try:
        return languages.name(side["language"])
    except LanguageError:
        return str(side["language"])
