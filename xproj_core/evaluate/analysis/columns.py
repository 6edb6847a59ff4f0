"""Tables of whole numbers that grow row by row, in columns as narrow as their values."""

from __future__ import annotations

from array import array
from collections.abc import Iterable

import numpy as np

from xproj_core.domain.arrays import Vector

Columns = dict[str, Vector[np.integer]]
_WAITING = 1 << 18  # numbers that wait, four bytes each, before they are packed


class Growing:
    """Rows go in, columns come out.

    Args:
        types: the columns' names and numpy types, such as {"sentence": "i4"}.
    """

    def __init__(self, types: dict[str, str]) -> None:
        self._types = types
        self._waiting = array("i")
        self._packed: dict[str, list[Vector[np.integer]]] = {name: [] for name in types}

    def add(self, values: Iterable[int]) -> None:
        """One row, or several one after another."""
        self._waiting.extend(values)
        if len(self._waiting) >= _WAITING:
            self._pack()

    def columns(self) -> Columns:
        """All rows so far."""
        self._pack()
        return {
            name: np.concatenate(arrays) if arrays else np.zeros(0, self._types[name])
            for name, arrays in self._packed.items()
        }

    def _pack(self) -> None:
        rows = np.array(self._waiting, dtype=np.int32).reshape(-1, len(self._types))
        for k, (name, kind) in enumerate(self._types.items()):
            self._packed[name].append(rows[:, k].astype(kind))
        self._waiting = array("i")


class Codes(dict[str, int]):
    """Strings to consecutive numbers."""

    def __missing__(self, key: str) -> int:
        self[key] = len(self)
        return self[key]
