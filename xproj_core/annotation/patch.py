"""What a command does to a document, and what takes it back.

Every command becomes one patch: new values for some spans, links and fields. The patch with the
old values is its inverse, whatever the command was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from xproj_core.annotation import document_json as to
from xproj_core.annotation.document import Document, MarkedLink, MarkedSpan
from xproj_core.domain import Link
from xproj_core.domain.record import Json, sentence_from, sentence_json

_SENTENCES = ("source", "target")
_FIELDS = (*_SENTENCES, "tracks", "done", "offer")


@dataclass(slots=True)
class Patch:
    """New values by id, by pair and by the document's field; None takes a span or link away."""

    spans: dict[str, MarkedSpan | None] = field(default_factory=dict)
    links: dict[Link, MarkedLink | None] = field(default_factory=dict)
    fields: dict[str, Any] = field(default_factory=dict)

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

    def as_json(self) -> Json:
        """Plain JSON values; `from_json` gives the patch back."""
        made: Json = {}
        if self.spans:
            made["spans"] = {
                k: None if s is None else to.span_json(s) for k, s in self.spans.items()
            }
        if self.links:
            made["links"] = [
                [i, j, None if link is None else to.link_json(link)]
                for (i, j), link in self.links.items()
            ]
        for name, value in self.fields.items():
            made[name] = _field_json(name, value)
        return made

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> Patch:
        """The patch that `as_json` wrote."""
        return cls(
            {k: None if s is None else to.span_from(s) for k, s in given.get("spans", {}).items()},
            {
                (i, j): None if link is None else to.link_from(link)
                for i, j, link in given.get("links", ())
            },
            {name: _field_from(name, given[name]) for name in _FIELDS if name in given},
        )


def _merged(old: Mapping[Any, Any], new: Mapping[Any, Any]) -> dict[Any, Any]:
    if not new:
        return dict(old)
    made = {key: value for key, value in {**old, **new}.items() if value is not None}
    return dict(sorted(made.items()))


def _field_json(name: str, value: Any) -> Any:
    if name in _SENTENCES:
        return None if value is None else sentence_json(value)
    if name == "tracks":
        return to.tracks_json(value)
    return to.offer_json(value) if name == "offer" else value


def _field_from(name: str, value: Any) -> Any:
    if name in _SENTENCES:
        return None if value is None else sentence_from(value)
    if name == "tracks":
        return to.tracks_from(value)
    return to.offer_from(value) if name == "offer" else value
