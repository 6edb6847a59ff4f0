"""The arguments of a command, checked: they come from a browser, which may send anything."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from xproj_core.annotation.document import (
    SIDES,
    STATUSES,
    Document,
    MarkedLink,
    MarkedSpan,
    Status,
)
from xproj_core.domain import Link, codec
from xproj_core.domain.errors import InputError
from xproj_core.domain.item import Side
from xproj_core.domain.limits import MAX_NOTE_CHARACTERS

_SHOWN = 100
_NONE = object()
T = TypeVar("T")


class Arguments:
    """The arguments of one command on one document.

    Every method raises InputError where an argument is missing or does not fit.
    """

    def __init__(self, op: str, arguments: Mapping[str, object], document: Document) -> None:
        self._op, self._given, self._document = op, arguments, document

    def __contains__(self, name: str) -> bool:
        return self._given.get(name) is not None

    def text(self, name: str, default: object = _NONE) -> str:
        """A string of bearable length."""
        value = self._of(name, str, "a text", default)
        if len(value) > MAX_NOTE_CHARACTERS:
            raise self._wrong(name, f"at most {MAX_NOTE_CHARACTERS:,} characters")
        return str(value)

    def flag(self, name: str, default: object = _NONE) -> bool:
        """True or false."""
        return bool(self._of(name, bool, "true or false", default))

    def side(self, name: str) -> Side:
        """A side that the document has."""
        value = self.text(name)
        if value not in SIDES:
            raise self._wrong(name, "source or target")
        if self._document.side(value) is None:
            raise InputError(f"This item has no {value} sentence.")
        return value

    def status(self, name: str) -> Status:
        """A status."""
        value = self.text(name)
        if value not in STATUSES:
            raise self._wrong(name, f"one of {', '.join(STATUSES)}")
        return value

    def label(self, name: str) -> str:
        """A label that the dataset or the document knows; any word where they know none."""
        value = self.text(name)
        used = (s.label for s in self._document.spans.values())
        known = dict.fromkeys((*self._document.labels, *used))
        if not value.strip() or (known and value not in known):
            choices = ", ".join(known) or "any word"
            raise InputError(f"There is no label {value!r} here. Choose one of: {choices}.")
        return value

    def range(self, side: Side) -> tuple[int, int]:
        """`start` and `end` of at least one token of a side."""
        start, end = self._number("start"), self._number("end")
        length = self._document.length(side)
        if not 0 <= start < end <= length:
            raise InputError(
                f"The words {start} up to {end} are not there: the {side} has {length}"
                " (counted from 0, the end not included)."
            )
        return start, end

    def span(self, name: str) -> MarkedSpan:
        """The span whose id is given."""
        return self.span_called(self.text(name))

    def span_called(self, id: str) -> MarkedSpan:
        """The span with an id."""
        if id not in self._document.spans:
            raise InputError("The span is not there any more.")
        return self._document.spans[id]

    def pair(self, source: str, target: str) -> Link:
        """Two tokens that can be linked."""
        return self._fitting(self._number(source), self._number(target))

    def link(self, pair: Link) -> MarkedLink:
        """The link between two tokens."""
        if pair not in self._document.links:
            raise InputError("The link is not there any more.")
        return self._document.links[pair]

    def texts(self, name: str) -> list[str]:
        """A list of strings; empty if it is not given."""
        return [str(value) for value in self._list(name, str)]

    def values(self, name: str, type_: type[T]) -> list[T]:
        """A list of values as JSON objects; empty if it is not given."""
        return [codec.from_json(type_, plain) for plain in self._list(name, dict)]

    def pairs(self, name: str, single: bool = False) -> list[Link]:
        """A list of `[source, target]`, one pair with `single`; empty if not given."""
        values = [self._given[name]] if single else self._list(name, list)
        links = []
        for value in values:
            if not isinstance(value, list) or [type(part) for part in value] != [int, int]:
                raise self._wrong(name, "pairs of token numbers")
            links.append(self._fitting(*value))
        return links

    def _fitting(self, i: int, j: int) -> Link:
        rows, columns = self._document.length("source"), self._document.length("target")
        if not (0 <= i < rows and 0 <= j < columns):
            raise InputError(
                f"The words {i} and {j} cannot be linked: the source has {rows} and the target"
                f" {columns} (counted from 0)."
            )
        return i, j

    def _number(self, name: str) -> int:
        value = self._of(name, int, "a number", _NONE)
        if isinstance(value, bool):
            raise self._wrong(name, "a number")
        return int(value)

    def _list(self, name: str, kind: type) -> list[object]:
        values = self._of(name, list, "a list", [])
        if not all(isinstance(value, kind) for value in values):
            raise self._wrong(name, "a list of such things")
        return cast("list[object]", values)

    def _of(self, name: str, kind: type, words: str, default: Any) -> Any:
        value = self._given.get(name)
        if value is None and default is not _NONE:
            return default
        if not isinstance(value, kind):
            raise self._wrong(name, words)
        return value

    def _wrong(self, name: str, words: str) -> InputError:
        value_text = repr(self._given.get(name))
        shown = (
            value_text
            if len(value_text) <= _SHOWN
            else f"{value_text[:_SHOWN]}… ({len(value_text):,} characters)"
        )
        return InputError(f"{self._op} needs {words} as {name!r}; got {shown}.")
