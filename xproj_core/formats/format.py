"""What is known of a format before a file of it is read or written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib import import_module
from types import ModuleType
from typing import Any

from xproj_core.domain.item import Item
from xproj_core.formats.base import WRITING, Carries, Read, Reading, Writing
from xproj_core.formats.losses import losses


@dataclass(frozen=True, slots=True)
class Format:
    """A file format.

    Attributes:
        title: for people.
        suffixes: endings of file names, the usual one first.
        carries: what survives writing and reading again.
        module_name: of the module that reads and writes it.
        needs: what reading needs besides the file, as words; "" if nothing.
        binary: bytes rather than text.
        appends: what is written of many items is what is written of some, then of the others.
        own: how its own files are to be read where that differs from the default.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    carries: Carries
    module_name: str
    needs: str = ""
    binary: bool = False
    appends: bool = False
    own: Reading = field(default_factory=Reading)

    @property
    def module(self) -> ModuleType:
        """Has `loads(data, *, file, how)` and `dumps(items, *, how)`; imported when needed."""
        return import_module(self.module_name)

    def loads(self, data: bytes | str, *, file: str | None = None, **how: Any) -> Read:
        """The items of a file; `how` are fields of `Reading` (languages, side, partial, ...).

        Raises:
            FormatError: it does not parse; file, line and what was expected are named.
        """
        read: Read = self.module.loads(data, file=file, how=Reading(**how))
        return read

    def dumps(self, items: Iterable[Item], *, how: Writing = WRITING) -> bytes:
        """The file's bytes.

        Raises:
            InputError: something that this format cannot hold and must not leave out.
        """
        content: bytes | str = self.module.dumps(items, how=how)
        return content if isinstance(content, bytes) else content.encode()

    def losses(self, items: Iterable[Item], how: Writing = WRITING) -> tuple[str, ...]:
        """What the file will not say of these items, one sentence each; to be shown before."""
        return losses(items, self.carries, how)
