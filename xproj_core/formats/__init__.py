"""Formats, by name: one module each, with loads and dumps."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from types import ModuleType


@dataclass(frozen=True, slots=True)
class Format:
    """A file format; `module` has loads(text) and dumps(things)."""

    name: str
    title: str
    suffixes: tuple[str, ...]

    @property
    def module(self) -> ModuleType:
        """Imported when it is needed."""
        return import_module(f"xproj_core.formats.{self.name}")


FORMATS: dict[str, Format] = {
    f.name: f
    for f in (
        Format("conll", "CoNLL columns, IOB2", (".conll", ".conll02", ".iob2", ".bio", ".tsv")),
        Format("pharaoh", "Pharaoh word alignments", (".pharaoh", ".talp", ".align")),
    )
}
