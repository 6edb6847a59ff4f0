"""From link probabilities to links."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

SURE = 0.5
"""A link more probable than not holds, whatever its row and column say."""
MUTUAL = 0.2
"""One that is the best of its row and its column holds from here on: a word that has nothing
better is better linked there than not at all."""


def extract(scores: NDArray[np.floating[Any]]) -> NDArray[np.bool_]:
    """(n_source, n_target) bool: the links that hold."""
    if scores.size == 0:
        return np.zeros(scores.shape, bool)
    best = (scores >= scores.max(axis=0, keepdims=True)) & (
        scores >= scores.max(axis=1, keepdims=True)
    )
    taken: NDArray[np.bool_] = (scores >= SURE) | (best & (scores >= MUTUAL))
    return taken
