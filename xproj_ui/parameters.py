"""The settings of methods and projectors, as the page and the address need them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from xproj_core.methods.parameters import parameters as method_parameters
from xproj_core.project.parameters import Parameter, Scalar, checked, parameters

__all__ = ["Scalar", "changed", "checked", "of_method", "of_projector"]


@lru_cache(maxsize=64)
def of_projector(name: str) -> tuple[Parameter, ...]:
    """The parameters of a projector, in order."""
    return tuple(parameters(name))


@lru_cache(maxsize=64)
def of_method(name: str) -> tuple[Parameter, ...]:
    """The parameters of a method: its dataclass fields that say what they are for."""
    return tuple(method_parameters(name))


def changed(known: Iterable[Parameter], values: Mapping[str, object]) -> dict[str, object]:
    """Those `values` that differ from the parameters' defaults."""
    defaults = {p.name: p.default for p in known}
    return {k: v for k, v in values.items() if k in defaults and v != defaults[k]}
