"""A back-off 4-gram model that is searched in sorted arrays.

A key packs up to four word ids of 16 bits; costs are negative natural logarithms in steps
of 1/16, one byte each.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Mapping

import numpy as np

from xproj_core.domain.arrays import Vector
from xproj_core.mini.translator.array_archive import Array

ORDER = 4
BITS = 16
STEP = 16.0
_LARGEST = (1 << BITS) - 1
_TWO, _THREE = (1 << 2 * BITS) - 1, (1 << 3 * BITS) - 1


def pack_costs(probabilities: Vector[np.float64]) -> Vector[np.generic]:
    """-log p as bytes in steps of 1/16, one for each probability."""
    costs = np.rint(-np.log(np.maximum(probabilities, 1e-7)) * STEP)
    return np.clip(costs, 0, 255).astype(np.uint8)


class LanguageModel:
    """Scores words left to right; a state is the packed history that still matters.

    States are integers below 2**48: the last up to three word ids. `start` is the state
    before the first word.
    """

    start = 1  # the id of the START entry

    def __init__(self, arrays: Mapping[str, Array]) -> None:
        self._cost1 = arrays["cost1"].tobytes()
        self._back1 = arrays["back1"].tobytes()
        self._keys = {
            n: array("Q", arrays[f"keys{n}"].astype(np.uint64).tobytes())
            for n in range(2, ORDER + 1)
        }
        self._costs = {n: arrays[f"cost{n}"].tobytes() for n in range(2, ORDER + 1)}
        self._backs = {n: arrays[f"back{n}"].tobytes() for n in range(2, ORDER)}
        self._size = len(self._cost1)

    def _find(self, n: int, key: int) -> int:
        keys = self._keys[n]
        at = bisect_left(keys, key)
        return at if at < len(keys) and keys[at] == key else -1

    def score(self, state: int, word: int) -> tuple[float, int]:
        """log p(word | state) and the state after it."""
        if word >= self._size or word > _LARGEST:
            word = 0
        cost = 0
        if state >> 2 * BITS:
            at = self._find(4, state << BITS | word)
            if at >= 0:
                cost += self._costs[4][at]
                return -cost / STEP, (state << BITS | word) & _THREE
            at = self._find(3, state)
            cost += self._backs[3][at] if at >= 0 else 0
            state &= _TWO
        if state >> BITS:
            at = self._find(3, state << BITS | word)
            if at >= 0:
                return -(cost + self._costs[3][at]) / STEP, state << BITS | word
            at = self._find(2, state)
            cost += self._backs[2][at] if at >= 0 else 0
            state &= _LARGEST
        if state:
            at = self._find(2, state << BITS | word)
            if at >= 0:
                return -(cost + self._costs[2][at]) / STEP, state << BITS | word
            cost += self._back1[state]
        return -(cost + self._cost1[word]) / STEP, word
