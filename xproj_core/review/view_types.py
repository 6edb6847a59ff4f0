"""A review document as the browser gets it: plain JSON, with every index a token index.

Spans are half-open. Everything is there, also what somebody has rejected.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from xproj_core.annotation.document import By, Status
from xproj_core.domain.item import Side


class ReviewSide(TypedDict):
    """One sentence. `dir` is "auto" where nobody knows the language."""

    tokens: list[str]
    language: str
    dir: Literal["ltr", "rtl", "auto"]
    text: NotRequired[str | None]


class ReviewMark(TypedDict):
    """Where a span or link comes from, and what people have said about it."""

    origin: str
    by: By
    score: float | None
    status: Status
    editor: str
    note: str
    stale: bool


_From = TypedDict("_From", {"from": str | None})  # a keyword cannot be a field of a class


class OfferedSpan(ReviewMark, _From):
    """A span as it would be. `from` is the source span that it was projected from."""

    id: str
    side: Side
    start: int
    end: int
    label: str


class ReviewSpan(OfferedSpan):
    """A span; `lost` says why a source span landed nowhere."""

    lost: NotRequired[str | None]


class ReviewLink(ReviewMark):
    """A link from a source token to a target token; `possible` as opposed to sure."""

    source: int
    target: int
    possible: bool


class TrackSpan(TypedDict):
    """A span of another system's."""

    start: int
    end: int
    label: str


class ReviewTrack(TypedDict):
    """Another system's entities on the target."""

    title: str
    spans: list[TrackSpan]


class ReviewOffer(TypedDict):
    """A re-projection to take or to leave: changed and new spans, and the ids of those to go."""

    projector: str
    spans: list[OfferedSpan]
    gone: list[str]
    messages: list[str]


class DocumentView(TypedDict):
    """One sentence pair under correction, and where it stands."""

    revision: int
    done: bool
    read_only: bool
    source: ReviewSide | None
    target: ReviewSide | None
    spans: list[ReviewSpan]
    links: list[ReviewLink]
    tracks: list[ReviewTrack]
    labels: list[str]
    can_undo: bool
    can_redo: bool
    saved: str | None
    offer: ReviewOffer | None
