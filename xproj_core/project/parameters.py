"""The parameters of projectors: listed for a page, parsed from a command line."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, cast

from xproj_core.domain.errors import InputError
from xproj_core.project import projectors

Scalar = bool | int | float | str
_YES, _NO = ("true", "yes", "on", "1"), ("false", "no", "off", "0")
_KINDS = {bool: "true or false", int: "a whole number", float: "a number", str: "a word"}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: `type` is bool, int, float or str; bounds are None where there are none."""

    name: str
    type: type
    default: Any
    help: str
    min: float | None = None
    max: float | None = None
    step: float | None = None
    choices: tuple[str, ...] = ()

    @property
    def accepts(self) -> str:
        """What may be given, in words: "a number from 0 to 1"."""
        if self.choices:
            return "one of " + ", ".join(self.choices)
        if self.type is bool or (self.min is None and self.max is None):
            return _KINDS[self.type]
        upper = "" if self.max is None else f" to {self.max:g}"
        return f"{_KINDS[self.type]} from {self.min or 0:g}{upper}"


def parameters(name: str) -> list[Parameter]:
    """The parameters of the projector called `name`, in order.

    Raises:
        InputError: there is no such projector.
    """
    made: Any = projectors.entry(name).load()
    return [
        Parameter(f.name, type(f.default), f.default, **f.metadata) for f in fields(made) if f.init
    ]


def checked(parameter: Parameter, value: object) -> Scalar:
    """`value` in the parameter's own type.

    Raises:
        InputError: it is of another type, out of range or not among the choices.
    """
    if parameter.type is float and type(value) is int:
        value = float(value)
    right = type(value) is parameter.type
    if right and isinstance(value, int | float) and not isinstance(value, bool):
        low = -math.inf if parameter.min is None else parameter.min
        high = math.inf if parameter.max is None else parameter.max
        right = low <= value <= high and math.isfinite(value)
    if not right or (parameter.choices and value not in parameter.choices):
        raise InputError(f"{parameter.name} takes {parameter.accepts}, not {str(value)[:40]!r}.")
    return cast("Scalar", value)


def parse_options(
    name: str, given: Iterable[str], known: Mapping[str, Parameter] | None = None
) -> dict[str, Any]:
    """`key=value` strings as options for `projectors.create(name, **options)`.

    Args:
        known: what may be set, where `name` is no projector.

    Raises:
        InputError: no such projector or key, no `=`, or a value that does not fit; the message
            names the key and lists what exists.
    """
    known = {p.name: p for p in parameters(name)} if known is None else known
    options: dict[str, Any] = {}
    for item in given:
        key, equals, value = (part.strip() for part in item.partition("="))
        if not equals:
            raise InputError(f"{item!r} sets nothing: write KEY=VALUE, such as {_example(known)}.")
        if key not in known:
            raise InputError(f"{name} has no parameter {key!r}. It has {_listing(known)}.")
        options[key] = _value(name, known[key], value)
    return options


def _value(name: str, parameter: Parameter, text: str) -> Any:
    value: Any = None
    try:
        if parameter.type is bool:
            value = text.lower() in _YES if text.lower() in _YES + _NO else None
        else:
            value = parameter.type(text)
    except ValueError:
        pass
    outside = isinstance(value, int | float) and not (
        (parameter.min is None or value >= parameter.min)
        and (parameter.max is None or value <= parameter.max)
    )
    unknown = parameter.choices and value not in parameter.choices
    if value is None or outside or unknown:
        raise InputError(
            f"{parameter.name} of {name} takes {parameter.accepts}, not {text!r}: {parameter.help}."
        )
    return value


def _example(known: Mapping[str, Parameter]) -> str:
    first = next(iter(known.values()), None)
    return f"{first.name}={first.default}" if first else "length_ratio=0.8"


def _listing(known: Mapping[str, Parameter]) -> str:
    if not known:
        return "none"
    return "; ".join(f"{p.name} ({p.accepts}; {p.default} unless set)" for p in known.values())
