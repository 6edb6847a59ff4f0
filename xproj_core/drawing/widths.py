"""How wide a text gets, without a font at hand.

Widths in em, rounded up: the wider of Noto Sans and Liberation Sans (as wide as Arial and
Helvetica) for ASCII, generous guesses for other scripts. Whoever opens a picture may have
another font, so that a guess that is never too narrow is worth more than an exact width of ours.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_ASCII = {
    width: frozenset(characters)
    for width, characters in (
        (0.3, " !,.:;ijl'"),
        (0.4, '"()-I[]`f/\\t{}r'),
        (0.55, "Jcszkvxy"),
        (0.65, "$*+0123456789<=>?L^_ae|~#FTZbdghnopqu"),
        (0.75, "ABEKPSVXY&CDHRU"),
        (0.8, "GNOQw"),
        (1.0, "%MWmæœ"),
        (1.05, "@"),
    )
}
_WIDTH = {character: width for width, some in _ASCII.items() for character in some}
_WIDE_NAMES = ("ETHIOPIC", "TAMIL", "MALAYALAM", "MYANMAR", "KHMER", "SINHALA", "KANNADA")
_EMOJI = 1.4


def em(text: str, bold: bool = False) -> float:
    """The width of `text` in em; bold type is a tenth wider."""
    return sum(map(_character, text)) * (1.1 if bold else 1.0)


def shortened(text: str, most: float) -> str:
    """`text`, or as much of it as fits into `most` em with an ellipsis."""
    if em(text) <= most:
        return text
    kept, width = [], 1.0  # the ellipsis
    for character in text:
        width += _character(character)
        if width > most:
            break
        kept.append(character)
    return "".join(kept) + "…"


@lru_cache(maxsize=4096)
def _character(character: str) -> float:
    known = _WIDTH.get(character)
    if known is not None:
        return known
    category = unicodedata.category(character)
    if category in ("Mn", "Me", "Cf"):
        return 0.0
    if ord(character) >= 0x1F000:
        return _EMOJI
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    name = unicodedata.name(character, "")
    base = unicodedata.normalize("NFD", character)[0]
    if base != character and base in _WIDTH:
        return _WIDTH[base]
    if name.startswith(_WIDE_NAMES):
        return 1.1
    if category == "Lu" or name.startswith("CYRILLIC") or category[0] == "S":
        return 0.95
    return 0.75
