"""What a command does to a document, and what takes it back.

Every command becomes one patch: new values for some spans, links and fields. The patch with the
old values is its inverse, whatever the command was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from xproj_core.annotation.document import Document, MarkedLink, MarkedSpan, Offer, Track
from xproj_core.domain import Link, Sentence, codec
from xproj_core.domain.codec import Form, JsonValue, Layout, RawJson

_UNSET: Any = codec.UNSET
K = TypeVar("K", str, Link)
V = TypeVar("V")


@dataclass(slots=True)
class Patch:
    """New values by id, by pair and by the document's field; None takes a span or link away."""

    spans: dict[str, MarkedSpan | None] = field(default_factory=dict)
    links: dict[Link, MarkedLink | None] = field(default_factory=dict)
    fields: RawJson = field(default_factory=dict)

    def on(self, document: Document) -> Document:
        """The document with the new values.

        Raises:
            InputError: something would no longer fit.
        """
        return replace(
            document,
            spans=_merged(document.spans, self.spans),
            links=_merged(document.links, self.links),
            **self.fields,
        )

    def inverse(self, document: Document) -> Patch:
        """What leads back to `document`, on which this patch has been or will be used."""
        return Patch(
            {id: document.spans.get(id) for id in self.spans},
            {pair: document.links.get(pair) for pair in self.links},
            {name: getattr(document, name) for name in self.fields},
        )


def _merged(old: Mapping[K, V], new: Mapping[K, V | None]) -> dict[K, V]:
    if not new:
        return dict(old)
    entries = {key: value for key, value in {**old, **new}.items() if value is not None}
    return dict(sorted(entries.items()))


# -- how it is stored -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _StoredPatch:
    """What is not set is not stored; a field may well be set to None."""

    spans: dict[str, MarkedSpan | None] = field(default_factory=dict)
    links: tuple[tuple[int, int, MarkedLink | None], ...] = ()
    source: Sentence | None = _UNSET
    target: Sentence | None = _UNSET
    tracks: tuple[Track, ...] = _UNSET
    done: bool = _UNSET
    offer: Offer | None = _UNSET


_FIELDS = ("source", "target", "tracks", "done", "offer")


def _write(patch: Patch) -> JsonValue:
    links = tuple((i, j, link) for (i, j), link in patch.links.items())
    return codec.to_json(_StoredPatch(patch.spans, links, **patch.fields))


def _read(stored: _StoredPatch) -> Patch:
    values = {name: getattr(stored, name) for name in _FIELDS}
    return Patch(
        stored.spans,
        {(i, j): link for i, j, link in stored.links},
        {name: value for name, value in values.items() if value is not _UNSET},
    )


codec.register(_StoredPatch, Layout(omit=("spans", "links", *_FIELDS)))
codec.register(Patch, Form(_StoredPatch, _write, _read))
