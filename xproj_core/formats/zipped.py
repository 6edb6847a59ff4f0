"""Several files as one zip: read within limits, written the same way every time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from xproj_core.formats.base import Report

MAX_BYTES = 2_000_000_000  # unpacked; a zip may claim to unpack to anything


def members(data: bytes, report: Report) -> dict[str, bytes]:
    """File names to contents; nothing is written to disk.

    Raises:
        FormatError: it is no zip, or unpacks to more than `MAX_BYTES`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = [i for i in archive.infolist() if not i.is_dir()]
            if sum(i.file_size for i in files) > MAX_BYTES:
                raise report.error(f"it unpacks to more than {MAX_BYTES / 1e9:g} GB.")
            return {i.filename: archive.read(i) for i in files}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise report.error(f"this is no zip that can be opened: {error}.") from error


def written(files: Mapping[str, bytes]) -> bytes:
    """A zip of `files`; the same files always give the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()
