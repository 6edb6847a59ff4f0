"""All registries, for those that go through them; each package has its own."""

from __future__ import annotations

from typing import Any

from xproj_core.align import aligners
from xproj_core.domain.registry import Registry
from xproj_core.formats import formats
from xproj_core.methods import methods
from xproj_core.noise import noises
from xproj_core.project import projectors
from xproj_core.tag import taggers
from xproj_core.translate import translators

REGISTRIES: tuple[Registry[Any], ...] = (
    translators,
    aligners,
    taggers,
    methods,
    projectors,
    noises,
    formats,
)


def plugin_problems() -> tuple[str, ...]:
    """A sentence for each plugin that is not used or cannot be loaded; imports all plugins."""
    return tuple(problem for registry in REGISTRIES for problem in registry.problems())
