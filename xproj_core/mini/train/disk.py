"""Arrays that are kept on disk while training, in a folder that goes when the work is done."""

from __future__ import annotations

import errno
import mmap
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import DTypeLike

from xproj_core.domain.arrays import Vector
from xproj_core.domain.errors import InputError

Column = Vector[Any]
"""Numbers one after another, of the dtype that is asked for."""
_FULL = (errno.ENOSPC, errno.EDQUOT)
BLOCK = 1 << 20
"""Entries of an array that are in hand at a time."""
NEEDED = 20
"""Bytes of work space per byte of sentence pairs: 15 were measured (benchmarks/teaching.md), and
longer sentences take more."""


@contextmanager
def work_folder(parent: Path) -> Iterator[Path]:
    """A folder in `parent` for what does not fit into memory; it is removed in any case.

    Not in the system's folder for temporary files, which is often memory itself. A `parent`
    that was not there goes as well if nothing else is in it.
    """
    new = not parent.exists()
    parent.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(
            prefix=".work-", dir=parent, ignore_cleanup_errors=True
        ) as name:
            yield Path(name)
    finally:
        if new:
            with suppress(OSError):
                parent.rmdir()


@contextmanager
def full_disk_named(folder: Path, size: int) -> Iterator[None]:
    """Say where and how much space is needed if the disk is full.

    Args:
        size: bytes of sentence pairs that are trained on.

    Raises:
        InputError: instead of the system's error.
    """
    try:
        yield
    except OSError as error:
        if error.errno not in _FULL:
            raise
        raise _no_room(folder, "training on these sentence pairs", NEEDED * size) from error


def require(folder: Path, size: float, what: str) -> None:
    """See that `size` more bytes fit into `folder`, before hours are spent on filling it.

    Raises:
        InputError: they do not.
    """
    if shutil.disk_usage(folder).free < size:
        raise _no_room(folder, what, size)


def _no_room(folder: Path, what: str, size: float) -> InputError:
    place = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    free = shutil.disk_usage(place).free
    needed = max(size, 1.2 * free, 1e6)  # what is free now was not enough
    return InputError(
        f"The disk is too full: {what} takes about {needed / 1e6:,.0f} MB in {place}, and"
        f" {free / 1e6:,.0f} MB are free there. Make room, or choose an output folder on another"
        " disk; what was written meanwhile has been removed."
    )


class Rows:
    """An array that grows at its end: in a file, or in memory where there is no `path`."""

    def __init__(self, path: Path | None, dtype: DTypeLike) -> None:
        self._path, self._dtype = path, np.dtype(dtype)
        self._parts: list[Column] = []
        if path is not None:
            path.write_bytes(b"")

    def add(self, values: Column) -> None:
        """Append `values`."""
        values = np.ascontiguousarray(values, self._dtype)
        if self._path is None:
            self._parts.append(values)
        elif len(values):
            with self._path.open("ab") as file:
                file.write(values.data.cast("B"))

    def done(self) -> Column:
        """All of it; no more can be added."""
        if self._path is None:
            return np.concatenate([np.empty(0, self._dtype), *self._parts])
        return mapped(self._path, self._dtype)


def stored(path: Path | None, dtype: DTypeLike, parts: Iterable[Column]) -> Column:
    """`parts`, one after another."""
    rows = Rows(path, dtype)
    for part in parts:
        rows.add(part)
    return rows.done()


def filled(path: Path | None, size: int, value: int, dtype: DTypeLike) -> Column:
    """An array of `value` that can be written to.

    The file is written in full first: a mapped file that the disk has no room for is fatal.
    """
    if path is None or not size:
        return np.full(size, value, dtype)
    piece = np.full(min(size, BLOCK), value, dtype)
    with path.open("wb") as file:
        for start in range(0, size, BLOCK):
            file.write(piece[: size - start].data.cast("B"))
    return mapped(path, dtype, writable=True)


def mapped(path: Path, dtype: DTypeLike, *, writable: bool = False) -> Column:
    """A file as an array."""
    dtype = np.dtype(dtype)
    if not path.stat().st_size:
        return np.empty(0, dtype)
    with path.open("r+b" if writable else "rb") as file:
        access = mmap.ACCESS_WRITE if writable else mmap.ACCESS_READ
        return np.frombuffer(mmap.mmap(file.fileno(), 0, access=access), dtype)


def slices(size: int) -> Iterator[slice]:
    """An array of `size` entries a block at a time."""
    return (slice(start, start + BLOCK) for start in range(0, size, BLOCK))


def forget(*arrays: Column) -> None:
    """Give back the memory that the parts of mapped arrays take which were read so far."""
    for array in arrays:
        base: object = array
        while isinstance(base, np.ndarray):
            base = base.base
        if isinstance(base, memoryview):
            base = base.obj
        if isinstance(base, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
            base.madvise(mmap.MADV_DONTNEED)
