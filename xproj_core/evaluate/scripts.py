"""The script that a name is written in."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


def script_of(text: str) -> str:
    """ "Latin", "Arabic", "Cjk", ...: that of the first letter; "none" where there is no letter."""
    return next((_script(c) for c in text if c.isalpha()), "none")


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    return unicodedata.name(letter, "other").split()[0].capitalize()
