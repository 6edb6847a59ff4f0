"""What the editor is given: a review document and what the page knows beside it, plain JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict
from unicodedata import bidirectional

from xproj_core.domain import languages
from xproj_core.domain.errors import LanguageError
from xproj_core.drawing.colours import shades
from xproj_core.drawing.payload_types import Direction
from xproj_core.review.view_types import (
    DocumentView,
    ReviewLink,
    ReviewOffer,
    ReviewSide,
    ReviewSpan,
    ReviewTrack,
)
from xproj_core.text.detokenise import detokenise
from xproj_ui.editor.keys import KEYS


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


class EditorSide(TypedDict):
    """One sentence; `glue` stands between its words where they are shown in a row."""

    tokens: list[str]
    language: str
    dir: Direction
    text: str
    glue: str


class Names(TypedDict):
    """The names of the two languages; "" for a side that is not there."""

    source: str
    target: str


class SentencePayload(TypedDict):
    """What differs from document to document."""

    revision: int
    done: bool
    read_only: bool
    source: EditorSide | None
    target: EditorSide | None
    spans: list[ReviewSpan]
    links: list[ReviewLink]
    tracks: list[ReviewTrack]
    labels: list[str]
    can_undo: bool
    can_redo: bool
    saved: str | None
    offer: ReviewOffer | None
    item: str
    names: Names
    colours: dict[str, tuple[str, str]]
    place: Place | None


class Ahead(TypedDict, total=False):
    """The sentences around this one, those that can be read."""

    next: SentencePayload
    previous: SentencePayload


class EditorPayload(SentencePayload):
    """All that the browser gets."""

    annotator: str
    cookie: str
    keys: list[list[str]]
    ack: Ack | None
    conflict: Conflict | None
    ahead: Ahead | None


def payload(
    document: DocumentView,
    *,
    item: str,
    annotator: str = "",
    cookie: str = "",
    place: Place | None = None,
    ack: Ack | None = None,
    conflict: Conflict | None = None,
    ahead: Ahead | None = None,
) -> EditorPayload:
    """The document as the browser gets it; `item` names it for the whole session.

    With a `cookie`, the browser remembers the annotator's name under it. The browser draws a
    sentence of `ahead` at once when somebody goes there, and asks for it at the same time.
    """
    return {
        **sentence(document, item=item, place=place),
        "annotator": annotator,
        "cookie": cookie,
        "keys": [list(line) for line in KEYS],
        "ack": ack,
        "conflict": conflict,
        "ahead": ahead,
    }


def sentence(document: DocumentView, *, item: str, place: Place | None = None) -> SentencePayload:
    """The part of a payload that is another one for every document."""
    labels = list(document["labels"])
    labels += [s["label"] for s in document["spans"]]
    labels += [s["label"] for t in document["tracks"] for s in t["spans"]]
    if document["offer"] is not None:
        labels += [s["label"] for s in document["offer"]["spans"]]
    return {
        **document,
        "source": _side(document["source"]),
        "target": _side(document["target"]),
        "item": item,
        "names": {"source": _name(document["source"]), "target": _name(document["target"])},
        "colours": {label: shades(label) for label in dict.fromkeys(labels)},
        "place": place,
    }


def _side(side: ReviewSide | None) -> EditorSide | None:
    if side is None:
        return None
    tokens, language = side["tokens"], side["language"]
    return {
        "tokens": list(tokens),
        "language": language,
        "dir": _direction(tokens) if side["dir"] == "auto" else side["dir"],
        "text": side.get("text") or detokenise(tokens, language),
        "glue": "" if languages.is_unspaced(language) else " ",
    }


def _direction(tokens: Sequence[str]) -> Direction:
    """That of the first letter that has one."""
    for letter in "".join(tokens):
        bidi_class = bidirectional(letter)
        if bidi_class in {"L", "R", "AL"}:
            return "ltr" if bidi_class == "L" else "rtl"
    return "ltr"


def _name(side: ReviewSide | None) -> str:
    if side is None:
        return ""
    try:
        return languages.name(side["language"])
    except LanguageError:
        return side["language"]
