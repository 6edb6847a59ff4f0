"""Files by name, wherever they lie: a folder, one file, a zip, or what was uploaded."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path, PurePosixPath

from xproj_core.domain.errors import FormatError, InputError
from xproj_core.domain.limits import MAX_FILES
from xproj_core.formats.decoding import decode, lines, open_lines
from xproj_core.formats.zipped import Zip

Content = Path | bytes
_HEAD = 1 << 16


@dataclass(frozen=True)
class Tree:
    """Named files.

    Attributes:
        name: what the whole is called: the folder's or the file's name.
        names: the files' names, folders parted by "/", sorted.
        open: the content of one of them: a path, or bytes.
        alone: it is one file, not a folder.
    """

    name: str
    names: tuple[str, ...]
    open: Callable[[str], Content]
    alone: bool = False
    _heads: dict[str, bytes] = field(default_factory=dict, repr=False, compare=False)

    def lines(self, name: str) -> tuple[Iterator[str], list[str]]:
        """The lines of a text file as they come, and what to know about its encoding.

        Raises:
            FormatError: it is no text.
        """
        return open_lines(self.open(name), self.display_name(name))

    def head(self, name: str) -> bytes:
        """The beginning of a file."""
        if name not in self._heads:
            content = self.open(name)
            if isinstance(content, Path):
                try:
                    with content.open("rb") as stream:
                        self._heads[name] = stream.read(_HEAD)
                except OSError as error:
                    raise InputError(f"{content} cannot be read: {error.strerror}.") from error
            else:
                self._heads[name] = content[:_HEAD]
        return self._heads[name]

    def first_lines(self, name: str, count: int = 40) -> list[str]:
        """The beginning of a text file, whole lines; nothing if it is no text."""
        head = self.head(name)
        try:
            text, _ = decode(head if len(head) < _HEAD else head[: head.rfind(b"\n") + 1])
        except FormatError:
            return []
        return lines(text)[:count]

    def bytes(self, name: str) -> bytes:
        """All of a file.

        Raises:
            InputError: it cannot be read.
        """
        content = self.open(name)
        if isinstance(content, bytes):
            return content
        try:
            return content.read_bytes()
        except OSError as error:
            raise InputError(f"{content} cannot be read: {error.strerror}.") from error

    def display_name(self, name: str) -> str:
        """A file's name for messages."""
        return name if self.alone else f"{self.name}/{name}"


Source = str | Path | bytes | Mapping[str, bytes] | Tree


def tree(source: Source, name: str | None = None) -> Tree:
    """What `source` holds: a path to a folder or file, a file's bytes, or bytes by name.

    Args:
        name: the file's name, for bytes.

    Raises:
        InputError: there is nothing there, or too much.
    """
    if isinstance(source, Tree):
        return source
    if isinstance(source, Mapping):
        files = dict(source)
        if len(files) == 1:
            ((only, content),) = files.items()
            return tree(content, only)
        return Tree(name or "files", tuple(sorted(files)), files.__getitem__)
    if isinstance(source, bytes):
        file_name = name or "upload"
        return _zip(source, file_name) or Tree(
            file_name, (file_name,), lambda _: source, alone=True
        )
    path = Path(source)
    if path.is_dir():
        return _folder(path)
    if not path.is_file():
        raise InputError(f"There is no file or folder {path}.")
    zipped = path.suffix.lower() == ".zip" and _zip(path, path.name)
    return zipped or Tree(str(path), (str(path),), lambda _: path, alone=True)


def _folder(path: Path) -> Tree:
    files = list(islice((p for p in path.rglob("*") if p.is_file()), MAX_FILES + 1))
    if len(files) > MAX_FILES:
        raise InputError(f"{path} holds more than {MAX_FILES:,} files. Name the folder itself.")
    names = sorted(n for p in files if not _hidden(n := p.relative_to(path).as_posix()))
    if not names:
        raise InputError(f"{path} holds no file.")
    return Tree(str(path), tuple(names), path.__truediv__)


def _hidden(name: str) -> bool:
    return any(part.startswith(".") for part in PurePosixPath(name).parts)


def _zip(source: Content, name: str) -> Tree | None:
    """The files in a zip; None if it is none."""
    if not zipfile.is_zipfile(io.BytesIO(source) if isinstance(source, bytes) else source):
        return None
    archive = Zip(source, name)
    return Tree(name, archive.names, archive.read)
