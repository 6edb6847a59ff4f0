"""What a person corrects: two sentences with spans and links that know where they come from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, TypeVar

from xproj_core.domain import Link, Sentence, Span, codec
from xproj_core.domain.codec import Finite, Form, JsonValue, Layout
from xproj_core.domain.defaults import DEFAULT_PROJECTOR
from xproj_core.domain.errors import InputError
from xproj_core.domain.item import Side

By = Literal["method", "person", "import"]
Status = Literal["projected", "accepted", "corrected", "rejected"]
STATUSES: tuple[Status, ...] = ("projected", "accepted", "corrected", "rejected")
SIDES: tuple[Side, ...] = ("source", "target")
_NO_WORDS: Mapping[str, str] = MappingProxyType({})
T = TypeVar("T")
_NO_OPTIONS: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a span or link comes from, and what people have said about it.

    Attributes:
        origin: the system's name, the person's, or "import".
        by: what kind of maker that is.
        score: the maker's confidence in [0, 1]; None for a person's.
        status: "projected" until somebody has looked at it.
        editor: the person who changed it last; "" for nobody.
        stale: the text under it has been edited since.
    """

    origin: str
    by: By
    score: float | None = None
    status: Status = "projected"
    editor: str = ""
    note: str = ""
    stale: bool = False

    @property
    def live(self) -> bool:
        """True unless somebody rejected it: what is rejected stays, for the record."""
        return self.status != "rejected"


@dataclass(frozen=True, slots=True)
class MarkedSpan:
    """Tokens `start` up to, not including, `end` of one side, with a label.

    `source` is the id of the source span that it was projected from; None where it was not, and
    possibly the id of a span that has been deleted.
    """

    id: str
    side: Side
    start: int
    end: int
    label: str
    mark: Mark
    source: str | None = None

    @property
    def span(self) -> Span:
        """The span alone, with the score of a machine's."""
        return Span(self.start, self.end, self.label, self.mark.score)

    @property
    def place(self) -> tuple[int, int, str]:
        """What makes two spans of one side the same."""
        return self.start, self.end, self.label


@dataclass(frozen=True, slots=True)
class MarkedLink:
    """A link from a source token to a target token; `possible` as opposed to sure."""

    source: int
    target: int
    possible: bool
    mark: Mark

    @property
    def pair(self) -> Link:
        """(source token, target token)."""
        return self.source, self.target


@dataclass(frozen=True, slots=True)
class Track:
    """Another system's entities on the target, to look at."""

    title: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """What the projector makes of links that were changed; somebody has to take it or keep theirs.

    Attributes:
        projector: its name.
        entities: ids of the source spans that it is about.
        spans: target spans as they would be: changed ones under their id, and new ones.
        gone: ids of the target spans that would go.
        messages: what would happen, one sentence each.
    """

    projector: str
    entities: tuple[str, ...]
    spans: tuple[MarkedSpan, ...]
    gone: tuple[str, ...]
    messages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One sentence pair under correction, at one moment.

    Attributes:
        source, target: without spans; None where the dataset has only the other side.
        spans: by id. Nested and overlapping ones are ordinary, rejected ones included.
        links: by pair.
        tracks: other systems' entities on the target.
        labels: those that may be given, in order.
        system: whose spans and links these were to begin with; "" for no machine's.
        projector: what re-projects after a change of links, and its options.
        lost: why a source span landed nowhere, by its id.
        offer: a re-projection that is on offer.
    """

    source: Sentence | None
    target: Sentence | None
    spans: Mapping[str, MarkedSpan]
    links: Mapping[Link, MarkedLink]
    tracks: tuple[Track, ...] = ()
    labels: tuple[str, ...] = ()
    system: str = ""
    projector: str = DEFAULT_PROJECTOR
    options: Mapping[str, Any] = field(default_factory=lambda: _NO_OPTIONS)
    lost: Mapping[str, str] = field(default_factory=lambda: _NO_WORDS)
    done: bool = False
    offer: Offer | None = None

    def __post_init__(self) -> None:
        for span in self.spans.values():
            if not 0 <= span.start < span.end <= self.length(span.side):
                raise InputError(
                    f"The span [{span.start}, {span.end}) {span.label} does not fit: the"
                    f" {span.side} has {self.length(span.side)} tokens."
                )
        rows, columns = self.length("source"), self.length("target")
        for i, j in self.links:
            if not (0 <= i < rows and 0 <= j < columns):
                raise InputError(
                    f"The link {i}-{j} does not fit: the source has {rows} tokens and the target"
                    f" {columns} (counted from 0)."
                )
        for track in self.tracks:
            if any(span.end > columns for span in track.spans):
                raise InputError(f"The track {track.title} has spans after the last target token.")

    def side(self, which: Side) -> Sentence | None:
        """The sentence of one side."""
        return self.source if which == "source" else self.target

    def length(self, which: Side) -> int:
        """The number of tokens of one side; 0 where there is none."""
        sentence = self.side(which)
        return 0 if sentence is None else len(sentence)

    def on(self, which: Side) -> list[MarkedSpan]:
        """The spans of one side that nobody rejected, by place."""
        spans = [s for s in self.spans.values() if s.side == which and s.mark.live]
        return sorted(spans, key=lambda s: (s.start, -s.end, s.label, s.id))

    def labelled(self, which: Side) -> Sentence | None:
        """One side with the spans that nobody rejected, each place once."""
        sentence = self.side(which)
        if sentence is None:
            return None
        return sentence.labelled({s.span for s in self.on(which)})

    def live_links(self) -> list[MarkedLink]:
        """The links that nobody rejected, sorted."""
        return [self.links[pair] for pair in sorted(self.links) if self.links[pair].mark.live]

    def marks(self) -> Iterator[Mark]:
        """The marks of all spans and links."""
        yield from (span.mark for span in self.spans.values())
        yield from (link.mark for link in self.links.values())


# -- how they are stored --------------------------------------------------------------------------


class _StoredSpan(NamedTuple):
    """A track's span has its score as it is, and where there is none."""

    start: int
    end: int
    label: str
    score: Finite | None


def _list_values(values: Mapping[T, object]) -> JsonValue:
    return [codec.to_json(value) for value in values.values()]


_BY_ID = Form[Mapping[str, MarkedSpan], tuple[MarkedSpan, ...]](
    tuple[MarkedSpan, ...], _list_values, lambda spans: {span.id: span for span in spans}
)
_BY_PAIR = Form[Mapping[Link, MarkedLink], tuple[MarkedLink, ...]](
    tuple[MarkedLink, ...], _list_values, lambda links: {link.pair: link for link in links}
)
_TRACK_SPANS = Form[tuple[Span, ...], tuple[_StoredSpan, ...]](
    tuple[_StoredSpan, ...],
    lambda spans: [[span.start, span.end, span.label, span.score] for span in spans],
    lambda stored: tuple(Span(*span) for span in stored),
)

codec.register(
    Mark,
    Layout(order=("origin", "by", "status"), omit=("score", "editor", "note", "stale")),
)
codec.register(MarkedSpan, Layout(inline="mark", names={"source": "from"}, omit=("source",)))
codec.register(
    MarkedLink,
    Layout(
        order=("source", "target", "mark", "possible"),
        inline="mark",
        defaults={"possible": False},
        omit=("possible",),
    ),
)
codec.register(Track, Layout(forms={"spans": _TRACK_SPANS}))
codec.register(Document, Layout(forms={"spans": _BY_ID, "links": _BY_PAIR}))
