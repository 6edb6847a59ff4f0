"""What an answer was made with: the system, and the line that is printed beside every figure.

A system is written "direct/match-exact": a method and a projector. Where there are several
engines the engine comes first, "mini/direct/match-exact"; where several runs stand side by side,
a letter for the run comes before all, "A direct/match-exact". Records, runs, archives and
addresses hold systems as such text, which only this module puts together and takes apart.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from xproj_core import __version__
from xproj_core.answers.choice import Choice

_RUN = re.compile(r"(?:([A-Z]) )?(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class System:
    """A method with a projector.

    Attributes:
        method, projector: with the options in which they differ from others of their name. A
            name that is none of XProj's own is the projector's; the method's is then empty.
        engine: its name, which may hold slashes; "" where there is one engine only.
        run: the letter of the run; "" where there is one run only.
    """

    method: Choice
    projector: Choice
    engine: str = ""
    run: str = ""

    def __str__(self) -> str:
        slash = "/" if self.method.name else ""
        return f"{self.evidence}{slash}{self.projector}"

    @property
    def evidence(self) -> str:
        """The name of the evidence that is projected: everything before the projector."""
        return evidence_name(self.method, self.engine, self.run)

    @classmethod
    def parse(cls, text: str) -> System:
        """The system of that name. Engines' names may be any text, so it is read from the end."""
        letter, rest = _RUN.fullmatch(text).groups()  # type: ignore[union-attr]
        head, projector = _at_last_slash(rest)
        engine, method = _at_last_slash(head)
        return cls(Choice.parse(method), Choice.parse(projector), engine, letter or "")


def evidence_name(method: Choice, engine: str = "", run: str = "") -> str:
    """The name of what a method gathers, which systems with other projectors share."""
    before = (run and f"{run} ") + (engine and f"{engine}/")
    return f"{before}{method}"


def _at_last_slash(text: str) -> tuple[str, str]:
    """What stands before and after the last slash that is in no brackets."""
    depth = 0
    for place in reversed(range(len(text))):
        depth += {")": 1, "(": -1}.get(text[place], 0)
        if text[place] == "/" and not depth:
            return text[:place], text[place + 1 :]
    return "", text


def signature_line(parts: Mapping[str, object]) -> str:
    """`key:value` pairs joined by "|", as sacrebleu prints its own; XProj's version is the last."""
    return "|".join(
        f"{key}:{_short(value)}"
        for key, value in {**parts, "version": __version__}.items()
        if value not in (None, "", {})
    )


def without_version(line: str) -> str:
    """A line without XProj's version, which says who wrote it: what is the same follows from the
    rest."""
    return "|".join(part for part in line.split("|") if not part.startswith("version:"))


def _short(value: object) -> str:
    if isinstance(value, Mapping):
        return ",".join(f"{k}={_short(v)}" for k, v in value.items())
    return str(value)
