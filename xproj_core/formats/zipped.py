"""Several files as one zip: read within limits, written the same way every time."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from xproj_core.domain.errors import FormatError
from xproj_core.domain.limits import MAX_UNPACKED_BYTES
from xproj_core.formats.base import Report

# What the zip library raises over broken archives.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    ValueError,
    OSError,
)


class Zip:
    """The files of a zip, read one by one; nothing is written to disk.

    Raises:
        FormatError: it is no zip, or unpacks to more than `MAX_UNPACKED_BYTES`.
    """

    def __init__(self, source: bytes | Path, file: str | None) -> None:
        self._file = file
        opened = io.BytesIO(source) if isinstance(source, bytes) else source
        try:
            self._archive = zipfile.ZipFile(opened)
        except BROKEN as error:
            raise self._error(error) from error
        files = [i for i in self._archive.infolist() if not i.is_dir()]
        if sum(i.file_size for i in files) > MAX_UNPACKED_BYTES:
            raise FormatError(
                f"it unpacks to more than {MAX_UNPACKED_BYTES / 1e9:g} GB.", file=file
            )
        self.names = tuple(sorted(i.filename for i in files))

    def read(self, name: str) -> bytes:
        """All of one file.

        Raises:
            FormatError: the archive is broken.
        """
        try:
            return self._archive.read(name)
        except BROKEN as error:
            raise self._error(error) from error

    def _error(self, error: Exception) -> FormatError:
        return FormatError(f"this is no zip that can be opened: {error}.", file=self._file)


def members(data: bytes, report: Report) -> dict[str, bytes]:
    """File names to contents.

    Raises:
        FormatError: it is no zip, it is broken, or too large.
    """
    archive = Zip(data, report.file)
    return {name: archive.read(name) for name in archive.names}


def written(files: Mapping[str, bytes]) -> bytes:
    """A zip of `files`; the same files always give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
