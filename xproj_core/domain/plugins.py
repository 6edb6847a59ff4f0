"""Plugins: what other installed packages add, by entry points of the groups `xproj.…`.

[project.entry-points."xproj.taggers"]
titles = "acme.titles:load"
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import metadata


@dataclass(frozen=True, slots=True)
class Plugin:
    """An entry point.

    Attributes:
        where: "module:attribute".
        package: name and version of the distribution that has it.
    """

    name: str
    where: str
    package: str


@cache
def plugins(group: str) -> tuple[Plugin, ...]:
    """The entry points of a group, in the order of their packages; nothing is imported."""
    return tuple(
        sorted(
            (
                Plugin(point.name, point.value.partition("[")[0].strip(), _package(point))
                for point in metadata.entry_points(group=group)
            ),
            key=lambda plugin: (plugin.package, plugin.name),
        )
    )


def _package(point: metadata.EntryPoint) -> str:
    return f"{point.dist.name} {point.dist.version}" if point.dist else "an unknown package"
