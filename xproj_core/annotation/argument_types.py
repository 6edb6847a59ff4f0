"""What each command of a review document takes, as plain JSON values.

`arguments` checks what really came; the browser's code is checked against these types.
"""

from __future__ import annotations

from typing import Any, NotRequired, TypedDict

from xproj_core.annotation.document import Status
from xproj_core.domain.item import Side


class Nothing(TypedDict):
    """No arguments."""


class AddSpan(TypedDict):
    """A label on words of one side; `id` is the service's choice, never the browser's."""

    side: Side
    start: int
    end: int
    label: str
    id: NotRequired[str]


class SpanId(TypedDict):
    """The span that is meant."""

    id: str


class Relabel(TypedDict):
    """Another label for a span."""

    id: str
    label: str


class Resize(TypedDict):
    """Other words for a span."""

    id: str
    start: int
    end: int


class SetStatus(TypedDict):
    """A status for spans by their ids and links by their pairs."""

    status: Status
    spans: NotRequired[list[str]]
    links: NotRequired[list[tuple[int, int]]]


class Note(TypedDict):
    """A note on a span by its id, or on a link by its pair."""

    span: NotRequired[str]
    link: NotRequired[tuple[int, int]]
    text: NotRequired[str]


class Pair(TypedDict):
    """A source token and a target token."""

    source: int
    target: int


class SetLink(Pair):
    """A sure link, or a possible one."""

    possible: NotRequired[bool]


class Retext(TypedDict):
    """Another text for one side."""

    side: Side
    text: str


class Adopt(TypedDict):
    """Spans and links of another layer; the service fills them in."""

    layer: NotRequired[str]
    id: NotRequired[str]
    spans: NotRequired[list[dict[str, Any]]]
    links: NotRequired[list[dict[str, Any]]]


class Done(TypedDict):
    """Finished, or open again."""

    done: NotRequired[bool]


ARGUMENTS: dict[str, type] = {
    "add_span": AddSpan,
    "delete_span": SpanId,
    "relabel": Relabel,
    "resize": Resize,
    "set_status": SetStatus,
    "note": Note,
    "link": SetLink,
    "unlink": Pair,
    "retext": Retext,
    "take_offer": Nothing,
    "keep": Nothing,
    "adopt": Adopt,
    "done": Done,
    "undo": Nothing,
    "redo": Nothing,
}
"""By operation, undo and redo included, which the store makes patches of."""
