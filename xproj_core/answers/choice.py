"""A method or a projector with its options, as people write it: "pivot(direct_share=0.5)"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Literal, TypeVar, overload

from xproj_core.domain.errors import InputError
from xproj_core.domain.parameters import Parameter, Scalar, checked, parse_options
from xproj_core.domain.registry import Registry
from xproj_core.methods import Method, methods
from xproj_core.project import projectors
from xproj_core.project.base import Projector

Kind = Literal["method", "projector"]
Chosen = TypeVar("Chosen", Method, Projector)
_BETWEEN = re.compile(r",(?![^(]*\))")
_WRITTEN = re.compile(r"\s*([\w.-]+)\s*(?:\((.*)\))?\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Choice:
    """A name in a registry, and the options that are set."""

    name: str
    options: Mapping[str, Scalar] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        if not self.options:
            return self.name
        return f"{self.name}({','.join(f'{k}={v}' for k, v in self.options.items())})"

    @classmethod
    def parse(cls, text: str) -> Choice:
        """What `str` wrote, whether such a thing exists or not; other text is a name as it is."""
        name, assignments = _split(text) or ("", [])
        pairs = [assignment.partition("=")[::2] for assignment in assignments]
        choice = cls(name, {key: _scalar(value) for key, value in pairs})
        return choice if str(choice) == text else cls(text)

    @classmethod
    def of(cls, component: Method | Projector) -> Choice:
        """A method or projector that was created, with all its parameters."""
        if not is_dataclass(component):
            return cls(component.name)
        return cls(
            component.name,
            {f.name: getattr(component, f.name) for f in fields(component) if f.init},
        )

    @overload
    def create(self, kind: Literal["method"]) -> Method: ...
    @overload
    def create(self, kind: Literal["projector"]) -> Projector: ...
    def create(self, kind: Kind) -> Method | Projector:
        """What the registry makes of it."""
        registry: Registry[Method] | Registry[Projector] = (
            methods if kind == "method" else projectors
        )
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
    registry: Registry[Method] | Registry[Projector] = methods if kind == "method" else projectors
    return {p.name: p for p in registry.parameters(name)}


def parse_choices(text: str, kind: Kind) -> tuple[Choice, ...]:
    """ "direct,pivot(direct_share=0.5)" as choices that can be created, each once.

    Raises:
        InputError: it does not parse, or names what is not there.
    """
    choices: list[Choice] = []
    for part in _BETWEEN.split(text):
        parts = _split(part)
        if parts is None:
            raise InputError(
                f"{part.strip()!r} is no {kind}. Write its name, with options in brackets where"
                f" you set any: {'pivot(direct_share=0.5)' if kind == 'method' else 'min-max'}."
            )
        name, assignments = parts
        choice = Choice(name, parse_options(name, assignments, known_options(kind, name).values()))
        if choice not in choices:
            choices.append(choice)
    return tuple(choices)


def write_choices(choices: Iterable[Choice]) -> str:
    """What `parse_choices` reads."""
    return ",".join(map(str, choices))


def distinguish(components: Sequence[Chosen]) -> dict[Choice, Chosen]:
    """Methods or projectors by name; where several share one, with the options that differ."""
    choices = [Choice.of(component) for component in components]
    by_choice = {}
    for component, own in zip(components, choices, strict=True):
        alike = [other.options for other in choices if other.name == own.name]
        differing = {
            key: value
            for key, value in own.options.items()
            if any(options.get(key) != value for options in alike)
        }
        by_choice[Choice(own.name, differing)] = component
    return by_choice


def _split(text: str) -> tuple[str, list[str]] | None:
    """The name, and what stands between the commas in the brackets after it."""
    written = _WRITTEN.fullmatch(text)
    if written is None:
        return None
    name, options = written.groups()
    return name, [part for part in (options or "").split(",") if part.strip()]


def _scalar(text: str) -> Scalar:
    """The value that is written so; a word where it is neither a number nor true or false."""
    if text in ("True", "False"):
        return text == "True"
    for kind in (int, float):
        try:
            value = kind(text)
        except ValueError:
            continue
        if str(value) == text:
            return value
    return text
