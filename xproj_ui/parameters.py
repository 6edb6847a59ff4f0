"""The settings of methods and projectors, as the page and the address need them."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, cast

from xproj_core.errors import InputError
from xproj_core.methods import methods
from xproj_core.project.parameters import Parameter, parameters

Scalar = bool | int | float | str


@lru_cache(maxsize=64)
def of_projector(name: str) -> tuple[Parameter, ...]:
    """The parameters of a projector, in order."""
    return tuple(parameters(name))


@lru_cache(maxsize=64)
def of_method(name: str) -> tuple[Parameter, ...]:
    """The parameters of a method: its dataclass fields that say what they are for."""
    made: Any = methods.entry(name).load()
    return tuple(
        Parameter(
            f.name,
            type(f.default),
            f.default,
            f.metadata["help"],
            f.metadata.get("min"),
            f.metadata.get("max"),
            f.metadata.get("step"),
            tuple(f.metadata.get("choices", ())),
        )
        for f in dataclasses.fields(made)
        if f.init and "help" in f.metadata
    )


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


def changed(known: Iterable[Parameter], values: Mapping[str, object]) -> dict[str, object]:
    """Those `values` that differ from the parameters' defaults."""
    defaults = {p.name: p.default for p in known}
    return {k: v for k, v in values.items() if k in defaults and v != defaults[k]}
