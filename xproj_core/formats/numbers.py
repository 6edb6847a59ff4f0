"""Numbers out of files that anybody may have written."""

from __future__ import annotations

from math import isfinite
from typing import Any

from xproj_core.domain.errors import InputError


def whole_number(value: Any) -> int:
    """A position: a whole number, also as 3.0 or "3".

    Raises:
        InputError, TypeError, ValueError, OverflowError: it is none.
    """
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, bool) or not float(value).is_integer():
        raise InputError(f"{value!r} is not a whole number.")
    return int(float(value))


def confidence(value: object) -> float | None:
    """A score from 0 to 1; None where there is none.

    Raises:
        InputError: it is another number, or no number.
    """
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise InputError(f"the score {value!r} is not a number.")
    if not 0 <= value <= 1:
        raise InputError(f"the score {value!r} does not lie between 0 and 1.")
    return float(value)
