"""The parameters of methods, listed for a page, an address or a command line."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from xproj_core.methods import methods
from xproj_core.project.parameters import Parameter


def parameters(name: str) -> list[Parameter]:
    """The parameters of the method called `name`: its fields that say what they are for.

    Raises:
        InputError: there is no such method.
    """
    made: Any = methods.entry(name).load()
    return [
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
        for f in fields(made)
        if f.init and "help" in f.metadata
    ]
