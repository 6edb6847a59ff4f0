"""The coding of every type: that of its parts, or what was registered instead.

Plain JSON values are checked by msgspec, in C, which coerces nothing. JSON has lists where we
have tuples and sets, and may have a whole number where we have a float.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import is_dataclass
from enum import Enum
from functools import cache
from operator import attrgetter
from sys import float_info
from types import GenericAlias, NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from msgspec import Meta

from xproj_core.domain.layouts import AnyForm, Change, Coding, Form, Layout, class_coding, parts_of

Finite = Annotated[float, Meta(ge=-float_info.max, le=float_info.max)]
"""What JSON calls a number; it can also hold others, as 1e999."""

_REGISTERED: dict[Any, AnyForm | Layout] = {}


def register(type_: type, how: AnyForm | Layout) -> None:
    """Say how values of a type are stored, where that does not follow from the type."""
    _REGISTERED[type_] = how
    coding.cache_clear()


def registered() -> tuple[type, ...]:
    """The types that were registered until now."""
    return tuple(_REGISTERED)


@cache
def coding(type_: Any) -> Coding:
    """How values of a type are stored."""
    how = _REGISTERED.get(type_)
    if isinstance(how, Form):
        return _of_form(how)
    if isinstance(type_, type) and is_dataclass(type_):
        layout = how or Layout()
        return class_coding(type_, layout, parts_of(type_, layout, _of_form, coding))
    if type_ is float:
        return Coding(Finite)
    if isinstance(type_, type) and issubclass(type_, Enum):
        return Coding(type_, None, attrgetter("value"))
    origin, args = get_origin(type_), get_args(type_)
    if origin in (Union, UnionType):
        return _of_union(args)
    if origin is tuple and args[-1] is not Ellipsis:
        return _of_row([coding(part) for part in args])
    if origin in (tuple, list, frozenset):
        return _of_collection(origin, coding(args[0]))
    if origin in (dict, Mapping):
        return _of_mapping(coding(args[1]))
    return Coding(type_)


def _of_form(form: AnyForm) -> Coding:
    stored, read_stored, write_stored = coding(form.stored)
    return Coding(stored, _in_turn(read_stored, form.read), form.write or write_stored)


def _in_turn(first: Change | None, second: Change | None) -> Change | None:
    if first is None or second is None:
        return first or second
    return lambda value: second(first(value))


def _of_union(parts: Sequence[Any]) -> Coding:
    known = [coding(part) for part in parts]
    stored: Any = Union[tuple(part.stored for part in known)]  # noqa: UP007
    special = [part for part in known if part.read or part.write]
    if not special:
        return Coding(stored)
    if len(parts) > 2 or NoneType not in parts:
        raise TypeError(f"{parts} cannot be told apart in JSON")
    _, read, write = special[0]
    return Coding(stored, _if_there(read), _if_there(write))


def _if_there(change: Change | None) -> Change | None:
    return None if change is None else lambda value: None if value is None else change(value)


def _of_row(parts: Sequence[Coding]) -> Coding:
    """Tuples of a fixed length."""
    return Coding(
        GenericAlias(tuple, tuple(part.stored for part in parts)),
        _each([part.read for part in parts], tuple),
        _each([part.write for part in parts], list) or list,
    )


def _each(
    changes: Sequence[Change | None], kind: Callable[[Iterable[object]], object]
) -> Change | None:
    if not any(changes):
        return None
    return lambda row: kind(
        value if change is None else change(value)
        for change, value in zip(changes, row, strict=True)
    )


def _of_collection(kind: Any, element: Coding) -> Coding:
    stored, read, write = element
    ordered: Change = sorted if kind is frozenset else list
    return Coding(
        GenericAlias(kind, (stored, ...) if kind is tuple else (stored,)),
        None if read is None else lambda values: kind(map(read, values)),
        ordered if write is None else lambda values: ordered(map(write, values)),
    )


def _of_mapping(element: Coding) -> Coding:
    stored, read, write = element
    return Coding(GenericAlias(dict, (str, stored)), _values(read), _values(write) or dict)


def _values(change: Change | None) -> Change | None:
    if change is None:
        return None
    return lambda values: {name: change(value) for name, value in values.items()}
