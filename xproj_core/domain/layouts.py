"""How a dataclass is stored: as an object with its fields, unless its layout says otherwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields
from operator import attrgetter
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar, get_type_hints

import msgspec
from msgspec import UNSET, UnsetType, defstruct

Value = TypeVar("Value")
Stored = TypeVar("Stored")
Change = Callable[[Any], Any]
_StructField = tuple[str, Any] | tuple[str, Any, UnsetType]
_NEVER = object()  # a default that nothing has


class Coding(NamedTuple):
    """How values of one type are stored.

    Attributes:
        stored: a type that msgspec knows; plain JSON values are checked against it.
        read: from a value of that type; None where nothing is to be done.
        write: to plain JSON values; None likewise.
    """

    stored: Any
    read: Change | None = None
    write: Change | None = None


@dataclass(frozen=True)
class Form(Generic[Value, Stored]):
    """How a value is stored otherwise than its type says.

    Attributes:
        stored: the type that stands in JSON.
        write: from the value to plain JSON values; None where it is of that type.
        read: from one of that type to the value; None likewise.
    """

    stored: Any
    write: Callable[[Value], object] | None = None
    read: Callable[[Stored], Value] | None = None


AnyForm: TypeAlias = Form[Any, Any]


@dataclass(frozen=True)
class Layout:
    """How a dataclass is stored otherwise than field by field under their names.

    Attributes:
        order: in which fields are written; the others follow.
        omit: fields that are left out where they hold their defaults, which are empty values.
        defaults: of fields that have none in the class.
        required: fields that may not be missing, though they have defaults in the class.
        names: of fields that are stored under others.
        inline: a field whose own fields are stored in its place.
        forms: of fields that are stored otherwise than their types say.
        write: changes what was written of a value.
        read: changes a value that was read.
    """

    order: Sequence[str] = ()
    omit: Sequence[str] = ()
    defaults: Mapping[str, object] = field(default_factory=dict)
    required: Sequence[str] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    inline: str | None = None
    forms: Mapping[str, AnyForm] = field(default_factory=dict)
    write: Callable[[Any, dict[str, Any]], object] | None = None
    read: Change | None = None


class Part(NamedTuple):
    """A field: its coding, and what makes its default; None without one."""

    coding: Coding
    default: Callable[[], object] | None


def parts_of(
    type_: type, layout: Layout, form: Callable[[AnyForm], Coding], by_type: Change
) -> dict[str, Part]:
    """The fields of a dataclass by name.

    Args:
        form, by_type: the codings of forms and of types.
    """
    hints, parts = get_type_hints(type_), {}
    for attribute in fields(type_):
        own = layout.forms.get(attribute.name)
        default: Callable[[], object] | None = None
        if attribute.name in layout.required:
            pass
        elif attribute.name in layout.defaults or attribute.default is not MISSING:
            default = _constant(layout.defaults.get(attribute.name, attribute.default))
        elif attribute.default_factory is not MISSING:
            default = attribute.default_factory
        parts[attribute.name] = Part(
            by_type(hints[attribute.name]) if own is None else form(own), default
        )
    return parts


def _constant(value: object) -> Callable[[], object]:
    return lambda: value


def class_coding(type_: type, layout: Layout, parts: Mapping[str, Part]) -> Coding:
    """The coding of a dataclass from those of its fields."""
    read, write = _reader(type_, layout, parts), _writer(layout, parts)
    finish_reading, finish_writing = layout.read, layout.write
    return Coding(
        _struct(type_, layout, parts),
        read if finish_reading is None else lambda stored: finish_reading(read(stored)),
        write if finish_writing is None else lambda value: finish_writing(value, write(value)),
    )


def _struct(type_: type, layout: Layout, parts: Mapping[str, Part]) -> type[msgspec.Struct]:
    """A struct with the fields that are stored. What is missing is unset: only reading knows it."""
    struct_fields: list[_StructField] = []
    for name, (coding, default) in parts.items():
        if name == layout.inline:
            struct_fields += _fields_of(coding.stored)
        elif default is None:
            struct_fields.append((name, coding.stored))
        else:
            struct_fields.append((name, coding.stored | UnsetType, UNSET))
    return defstruct(type_.__name__, struct_fields, rename=dict(layout.names), kw_only=True)


def _fields_of(struct: type[msgspec.Struct]) -> list[_StructField]:
    return [
        (attribute.name, attribute.type)
        if attribute.required
        else (attribute.name, attribute.type, UNSET)
        for attribute in msgspec.structs.fields(struct)
    ]


def _reader(type_: type, layout: Layout, parts: Mapping[str, Part]) -> Change:
    names = list(parts)
    values_of = _values_of([name for name in names if name != layout.inline])
    inline = None if layout.inline is None else parts[layout.inline].coding.read
    at = 0 if layout.inline is None else names.index(layout.inline)
    changes = [
        (number, coding.read, default)
        for number, (name, (coding, default)) in enumerate(parts.items())
        if name != layout.inline and (coding.read is not None or default is not None)
    ]

    def read(stored: object) -> object:
        values = values_of(stored)
        if inline is not None:
            values.insert(at, inline(stored))
        for number, change, default in changes:
            value = values[number]
            if value is UNSET and default is not None:
                values[number] = default()
            elif change is not None:
                values[number] = change(value)
        return type_(*values)

    return read


def _values_of(names: Sequence[str]) -> Callable[[object], list[object]]:
    get = attrgetter(*names)
    return (lambda value: [*get(value)]) if len(names) > 1 else (lambda value: [get(value)])


def _writer(layout: Layout, parts: Mapping[str, Part]) -> Change:
    order = list(dict.fromkeys([*layout.order, *parts]))
    values_of = _values_of(order)
    steps = [
        (
            layout.names.get(name, name),
            parts[name].coding.write,
            default() if name in layout.omit and (default := parts[name].default) else _NEVER,
        )
        for name in order
    ]

    def write(value: object) -> dict[str, Any]:
        plain: dict[str, object] = {}
        for (name, change, omitted), part in zip(steps, values_of(value)):  # noqa: B905
            if part or omitted is _NEVER or part != omitted:
                plain[name] = part if change is None else change(part)
        return plain

    inline = layout.inline
    if inline is None:
        return write

    def write_inline(value: object) -> dict[str, object]:
        plain: dict[str, object] = {}
        for name, part in write(value).items():
            plain |= part if name == inline else {name: part}
        return plain

    return write_inline
