"""How a parameter of an address is declared, read and written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from xproj_core.domain.errors import XProjError


@dataclass(frozen=True, slots=True)
class QueryParameter:
    """A name in an address, and what its text means.

    Attributes:
        about: what it is for.
        default: what holds where it is not written, or makes no sense.
        parse: from text; raises XProjError or ValueError where the text makes no sense.
        write: to text, such that `parse` gives the value back.
        always: written even where it is the default.
    """

    name: str
    about: str
    default: object = ""
    parse: Callable[[str], object] = str
    write: Callable[[Any], str] = str
    always: bool = False


def encode(values: Iterable[tuple[QueryParameter, object]]) -> dict[str, str]:
    """The text of those values that differ from their defaults."""
    return {p.name: p.write(value) for p, value in values if p.always or value != p.default}


class Reader:
    """Reads parameters one by one and remembers what was wrong with them."""

    def __init__(self, parameters: Mapping[str, str]) -> None:
        self.parameters = parameters
        self.problems: list[str] = []
        self._known: set[str] = set()

    def read(self, parameter: QueryParameter) -> Any:
        """The parameter's value; its default where it is missing or makes no sense."""
        name = parameter.name
        self._known.add(name)
        if name not in self.parameters:
            return parameter.default
        try:
            return parameter.parse(self.parameters[name])
        except (XProjError, ValueError) as error:
            value = self.parameters[name][:40]
            reason = f": {error}" if isinstance(error, XProjError) and str(error) else "."
            self.problems.append(f"The link's {name}={value!r} was left out{reason}")
            return parameter.default

    def name_unknown(self) -> None:
        """One sentence about the parameters that nobody has read."""
        unknown = [name[:40] for name in self.parameters if name not in self._known]
        if unknown:
            shown = ", ".join(map(repr, unknown[:5]))
            self.problems.append(f"The link has parameters that mean nothing here: {shown}.")
