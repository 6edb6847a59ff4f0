"""Several people's versions of one sentence on one token grid, and what they agree on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from xproj_core.annotation.document import (
    SIDES,
    Document,
    Mark,
    MarkedLink,
    MarkedSpan,
)
from xproj_core.domain import Link
from xproj_core.domain.item import Side

_AGREED = "agreed"


@dataclass(frozen=True, slots=True)
class Choice:
    """A span that some of the versions have.

    Attributes:
        ids: by the layers that have it, its id there.
        agreed: all versions have it.
    """

    side: Side
    start: int
    end: int
    label: str
    ids: Mapping[str, str]
    agreed: bool


@dataclass(frozen=True, slots=True)
class LinkChoice:
    """A link that some of the versions have; sure and possible are two different ones."""

    pair: Link
    possible: bool
    layers: tuple[str, ...]
    agreed: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Versions beside each other.

    Attributes:
        layers: those compared, sorted; they have the same words on both sides.
        other_words: layers whose text somebody edited, so that they cannot be compared.
        spans: sorted by side and place.
    """

    layers: tuple[str, ...]
    other_words: tuple[str, ...]
    spans: tuple[Choice, ...]
    links: tuple[LinkChoice, ...]

    @property
    def to_decide(self) -> int:
        """How many spans and links not all versions have."""
        return sum(not c.agreed for c in self.spans) + sum(not c.agreed for c in self.links)


def compare(versions: Mapping[str, Document]) -> Comparison:
    """The spans and links of all versions that have the words of the first one."""
    layers = sorted(versions)
    words = _words(versions[layers[0]]) if layers else None
    same = tuple(layer for layer in layers if _words(versions[layer]) == words)
    spans: dict[tuple[Side, int, int, str], dict[str, str]] = {}
    links: dict[tuple[Link, bool], list[str]] = {}
    for layer in same:
        for side in SIDES:
            for span in versions[layer].on(side):
                spans.setdefault((side, *span.place), {}).setdefault(layer, span.id)
        for link in versions[layer].live_links():
            links.setdefault((link.pair, link.possible), []).append(layer)
    return Comparison(
        same,
        tuple(layer for layer in layers if layer not in same),
        tuple(
            Choice(side, start, end, label, ids, len(ids) == len(same))
            for (side, start, end, label), ids in sorted(spans.items())
        ),
        tuple(
            LinkChoice(pair, possible, tuple(having), len(having) == len(same))
            for (pair, possible), having in sorted(links.items())
        ),
    )


def agreed(versions: Mapping[str, Document]) -> Document:
    """Where adjudication begins: the first version's words, with what all versions have."""
    comparison = compare(versions)
    base = versions[comparison.layers[0]]
    mark = Mark(_AGREED, "person", status="accepted")
    spans: dict[str, MarkedSpan] = {}
    for choice in comparison.spans:
        if choice.agreed:
            span = base.spans[choice.ids[comparison.layers[0]]]
            spans[span.id] = replace(span, mark=mark)
    links = {
        choice.pair: MarkedLink(*choice.pair, choice.possible, mark)
        for choice in comparison.links
        if choice.agreed
    }
    return replace(base, spans=spans, links=links, done=False, offer=None, lost={})


def _words(document: Document) -> tuple[tuple[str, ...] | None, tuple[str, ...] | None]:
    return (
        None if document.source is None else document.source.tokens,
        None if document.target is None else document.target.tokens,
    )
