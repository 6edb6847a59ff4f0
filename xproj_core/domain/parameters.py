"""Parameters of methods, projectors and noises: declared, listed, checked, written and parsed.

@dataclass(frozen=True)
class Pivot:
    direct_share: float = option(0.0, "share of the direct alignment", min=0.0, max=1.0)

parameters(Pivot)                                       for a page to draw, a shell to list
parse_options("pivot", ["direct_share=0.5"], parameters(Pivot))     {"direct_share": 0.5}
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

from xproj_core.domain.errors import InputError

Scalar = bool | int | float | str
_YES, _NO = ("true", "yes", "on", "1"), ("false", "no", "off", "0")
_KINDS = {bool: "true or false", int: "a whole number", float: "a number", str: "a word"}
_SHOWN = 40  # characters of a wrong value that a message repeats


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
            return "one of " + ", ".join(choice or "(none)" for choice in self.choices)
        lower = "" if self.min is None else f" from {self.min or 0:g}"
        upper = "" if self.max is None else f" to {self.max:g}"
        return _KINDS[self.type] + lower + upper


def option(
    default: Scalar,
    help: str,
    *,
    min: float | None = None,
    max: float | None = None,
    step: float | None = None,
    choices: Iterable[str] = (),
) -> Any:
    """A dataclass field that is a parameter.

    Args:
        default: also says the type.
        help: what it is for, half a sentence without a full stop.
        min, max: both may be reached.
        step: of the control on a page.
        choices: all that a word may be.
    """
    facts = {"help": help, "min": min, "max": max, "step": step, "choices": tuple(choices)}
    return field(default=default, metadata=facts)


def parameters(component: object) -> tuple[Parameter, ...]:
    """The parameters of a dataclass or an object of one, in order; of anything else none."""
    if not is_dataclass(component):
        return ()
    return tuple(
        Parameter(f.name, type(f.default), f.default, **f.metadata)
        for f in fields(component)
        if f.init and "help" in f.metadata
    )


def fits(parameter: Parameter, value: object) -> bool:
    """True where `checked` takes the value."""
    return _fitting(parameter, value) is not None


def checked(parameter: Parameter, value: object, owner: str = "") -> Scalar:
    """`value` in the parameter's own type.

    Args:
        owner: whose parameter it is, for the message.

    Raises:
        InputError: it is of another type, no finite number, out of range or not among the
            choices.
    """
    fitting = _fitting(parameter, value)
    if fitting is None:
        raise _refusal(parameter, value, owner)
    return fitting


def parse(parameter: Parameter, text: str, owner: str = "") -> Scalar:
    """The value that `text` writes; what `written` wrote comes back.

    Raises:
        InputError: as of `checked`.
    """
    try:
        value = _fitting(parameter, converted(parameter, text))
    except ValueError:
        value = None
    if value is None:
        raise _refusal(parameter, text, owner)
    return value


def converted(parameter: Parameter, text: str) -> Scalar:
    """`text` in the parameter's type, whether or not it may have that value.

    Raises:
        ValueError: it writes no value of that type.
    """
    if parameter.type is bool:
        word = text.strip().lower()
        if word not in _YES + _NO:
            raise ValueError(f"neither true nor false: {word}")
        return word in _YES
    value: Scalar = parameter.type(text)
    return value


def written(value: object) -> str:
    """A value as `parse` reads it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def parse_options(
    owner: str, texts: Iterable[str], known: Iterable[Parameter]
) -> dict[str, Scalar]:
    """What `texts`, each KEY=VALUE, set of the parameters `known` of `owner`.

    Raises:
        InputError: no such key, no `=`, or a value that does not fit; the message names the key
            and lists what exists.
    """
    by_name = {p.name: p for p in known}
    options: dict[str, Scalar] = {}
    for text in texts:
        key, equals, value = (part.strip() for part in text.partition("="))
        if not equals:
            example = _example(by_name)
            raise InputError(f"{text!r} sets nothing: write KEY=VALUE, such as {example}.")
        if key not in by_name:
            raise InputError(f"{owner} has no parameter {key!r}. It has {_listing(by_name)}.")
        options[key] = parse(by_name[key], value, owner)
    return options


def changed(known: Iterable[Parameter], values: Mapping[str, object]) -> dict[str, object]:
    """Those `values` that differ from the parameters' defaults."""
    defaults = {p.name: p.default for p in known}
    return {k: v for k, v in values.items() if k in defaults and v != defaults[k]}


def _fitting(parameter: Parameter, value: object) -> Scalar | None:
    """The value where it fits, a whole number as a float where that is asked for, else None."""
    if parameter.type is float and type(value) is int:
        try:
            value = float(value)
        except OverflowError:
            return None
    if type(value) is not parameter.type or not isinstance(value, Scalar):
        return None
    if isinstance(value, str):
        return value if not parameter.choices or value in parameter.choices else None
    low = -math.inf if parameter.min is None else parameter.min
    high = math.inf if parameter.max is None else parameter.max
    within = isinstance(value, bool) or (low <= value <= high and abs(value) != math.inf)
    return value if within else None


def _refusal(parameter: Parameter, value: object, owner: str) -> InputError:
    name, shown = parameter.name, str(value)[:_SHOWN]
    if not owner:
        return InputError(f"{name} takes {parameter.accepts}, not {shown!r}.")
    return InputError(
        f"{name} of {owner} takes {parameter.accepts}, not {shown!r}: {parameter.help}."
    )


def _example(known: Mapping[str, Parameter]) -> str:
    first = next(iter(known.values()), None)
    return f"{first.name}={first.default}" if first else "length_ratio=0.8"


def _listing(known: Mapping[str, Parameter]) -> str:
    if not known:
        return "none"
    return "; ".join(
        f"{p.name} ({p.accepts}; {'(none)' if p.default == '' else p.default} unless set)"
        for p in known.values()
    )
