"""A method or a projector with its options, as people write it: "pivot(direct_share=0.5)"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from xproj_core.domain.errors import InputError
from xproj_core.domain.parameters import Parameter, Scalar, checked, parse_options
from xproj_core.methods import methods
from xproj_core.project import projectors

Kind = Literal["method", "projector"]
_BETWEEN = re.compile(r",(?![^(]*\))")
_WRITTEN = re.compile(r"\s*([\w.-]+)\s*(?:\((.*)\))?\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Choice:
    """A name in a registry, and the options that are set."""

    name: str
    options: Mapping[str, Scalar] = field(default_factory=dict)

    def __str__(self) -> str:
        if not self.options:
            return self.name
        return f"{self.name}({','.join(f'{k}={v}' for k, v in self.options.items())})"

    def made(self, kind: Kind) -> Any:
        """What the registry makes of it."""
        registry: Any = methods if kind == "method" else projectors
        return registry.create(self.name, **self.options)

    def full(self, kind: Kind) -> Choice:
        """With every option, those left at their defaults too.

        Raises:
            InputError: no such method, projector or option, or a value that does not fit.
        """
        known = known_options(kind, self.name)
        for name, value in self.options.items():
            if name not in known:
                has = ", ".join(known) or "none"
                raise InputError(f"{self.name} has no parameter {name!r}. It has {has}.")
            checked(known[name], value)
        return Choice(self.name, {k: self.options.get(k, p.default) for k, p in known.items()})


def known_options(kind: Kind, name: str) -> dict[str, Parameter]:
    """The parameters of a method or projector, by name."""
    registry: Any = methods if kind == "method" else projectors
    return {p.name: p for p in registry.parameters(name)}


def parse(text: str, kind: Kind) -> tuple[Choice, ...]:
    """ "direct,pivot(direct_share=0.5)" as choices, each once.

    Raises:
        InputError: it does not parse, or names what is not there.
    """
    found: list[Choice] = []
    for part in _BETWEEN.split(text):
        written = _WRITTEN.fullmatch(part)
        if written is None:
            raise InputError(
                f"{part.strip()!r} is no {kind}. Write its name, with options in brackets where"
                f" you set any: {'pivot(direct_share=0.5)' if kind == 'method' else 'min-max'}."
            )
        name, options = written.groups()
        given = [o for o in (options or "").split(",") if o.strip()]
        one = Choice(name, parse_options(name, given, known_options(kind, name).values()))
        if one not in found:
            found.append(one)
    return tuple(found)


def written(choices: Iterable[Choice]) -> str:
    """What `parse` reads."""
    return ",".join(map(str, choices))
