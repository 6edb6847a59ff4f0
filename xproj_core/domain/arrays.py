"""Arrays with the number of their axes in the type: `Matrix[np.float64]` has two.

They stand in signatures and fields, so that a checker finds a matrix where a vector is meant. What
the axes and units are is said in docstrings. NumPy's own functions mostly give arrays of an unknown
number of axes, which a checker lets pass as any number; so what is checked is what goes from one of
our functions to another. Where the number of axes truly varies, `numpy.typing.NDArray` is right.
"""

from __future__ import annotations

from typing import TypeVar

import numpy as np

Scalar = TypeVar("Scalar", bound=np.generic)
Vector = np.ndarray[tuple[int], np.dtype[Scalar]]
Matrix = np.ndarray[tuple[int, int], np.dtype[Scalar]]
Cube = np.ndarray[tuple[int, int, int], np.dtype[Scalar]]
