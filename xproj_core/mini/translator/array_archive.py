"""Arrays and word lists in one compressed file that needs nothing but the standard library."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xproj_core.domain.errors import CheckpointError

Array = NDArray[Any]
_DATE = (2020, 1, 1, 0, 0, 0)  # the same bytes for the same content


def save(path: Path, arrays: Mapping[str, Array]) -> None:
    """Write `arrays` as a deflated .npz; integers wider than a byte are split in planes.

    In planes they deflate nearly as well as with LZMA, which takes five times as long to read.
    """
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as file:
        for name, array in arrays.items():
            for plane, values in _planes(np.ascontiguousarray(array)):
                buffer = io.BytesIO()
                np.lib.format.write_array(buffer, values, allow_pickle=False)
                info = zipfile.ZipInfo(f"{name}{plane}.npy", _DATE)
                info.compress_type = zipfile.ZIP_DEFLATED
                file.writestr(info, buffer.getvalue(), compresslevel=9)


def _planes(array: Array) -> list[tuple[str, Array]]:
    width = array.dtype.itemsize
    if array.dtype.kind not in "iu" or width == 1:
        return [("", array)]
    used = max(1, (int(array.max(initial=0)).bit_length() + 7) // 8)
    return [
        (f"@{array.dtype.str[1:]}@{k}", ((array >> (8 * k)) & 255).astype(np.uint8))
        for k in range(used)
    ]


def load(path: Path) -> dict[str, Array]:
    """What `save` wrote.

    Raises:
        CheckpointError: the file is missing or damaged.
    """
    arrays: dict[str, Array] = {}
    try:
        with np.load(path, allow_pickle=False) as file:
            for key in file.files:
                name, *plane = key.split("@")
                if not plane:
                    arrays[name] = file[key]
                    continue
                part = file[key].astype(plane[0]) << (8 * int(plane[1]))
                arrays[name] = arrays[name] | part if name in arrays else part
    except (OSError, ValueError, EOFError, zipfile.BadZipFile) as error:
        raise CheckpointError(
            f"{path} cannot be read as one of Mini's tables ({error}). Train it again, or"
            " restore the folder from where you got it."
        ) from error
    return arrays


def write_lines(path: Path, lines: Sequence[str]) -> None:
    """A word list, LZMA-compressed."""
    import lzma

    path.write_bytes(lzma.compress("\n".join(lines).encode()))


def read_lines(path: Path) -> list[str]:
    """What `write_lines` wrote.

    Raises:
        CheckpointError: the file is missing or damaged.
    """
    import lzma

    try:
        return lzma.decompress(path.read_bytes()).decode().split("\n")
    except (OSError, lzma.LZMAError, UnicodeDecodeError) as error:
        raise CheckpointError(f"{path} cannot be read as a word list ({error}).") from error
