"""The names of systems: a method with a projector, "direct/match-exact".

With several engines the engine comes first, "mini/direct/match-exact"; engines' names may hold
slashes themselves, so names are read from the end.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from xproj_core.answers import signature
from xproj_core.methods import Method
from xproj_core.project.base import Projector

Named = TypeVar("Named", Method, Projector)


def system(method: str, projector: str) -> str:
    """The name of a method with a projector."""
    return f"{method}/{projector}"


def method_of(name: str) -> str:
    """The method in a system's name, with its engine where there are several."""
    return name.rpartition("/")[0]


def told_apart(things: Sequence[Named]) -> dict[str, Named]:
    """Methods or projectors by name.

    Where several share one, with the options in which they differ: "pivot(direct_share=0.5)".
    """
    shared: dict[str, list[Named]] = {}
    for thing in things:
        shared.setdefault(thing.name, []).append(thing)
    return {_full_name(thing, shared[thing.name]): thing for thing in things}


def _full_name(thing: Named, alike: Sequence[Named]) -> str:
    others = [signature.settings(one) for one in alike]
    options = signature.settings(thing)
    differ = [k for k, v in options.items() if any(one.get(k) != v for one in others)]
    return (
        f"{thing.name}({','.join(f'{k}={options[k]}' for k in differ)})" if differ else thing.name
    )
