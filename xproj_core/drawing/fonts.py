"""Which fonts a word asks for: one that is made for its script first, where it is not Latin.

A browser looks for every missing character by itself; a renderer such as resvg takes the first
font that has it, bold or not, so that the family is named.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

BASE = "'Noto Sans','Segoe UI','Helvetica Neue',Arial,'Liberation Sans',sans-serif"
_OWN = frozenset(
    "ADLAM ARABIC ARMENIAN BALINESE BENGALI CHEROKEE COPTIC DEVANAGARI ETHIOPIC GEORGIAN GUJARATI"
    " GURMUKHI HEBREW JAVANESE KANNADA KHMER LAO MALAYALAM MONGOLIAN MYANMAR NKO ORIYA SINHALA"
    " SUNDANESE SYRIAC TAMIL TELUGU THAANA THAI TIBETAN TIFINAGH VAI".split()
)
_CJK = {"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "IDEOGRAPHIC", "FULLWIDTH", "HALFWIDTH"}
_REGION = {"ja": "JP", "ko": "KR", "zh-Hant": "TC"}


@lru_cache(maxsize=4096)
def families(text: str, language: str = "") -> str | None:
    """A CSS list of families for `text`; None where the picture's own will do."""
    for character in text:
        script = unicodedata.name(character, "").partition(" ")[0]
        if script in _CJK:
            return f"'Noto Sans CJK {_REGION.get(language, 'SC')}',{BASE}"
        if script in _OWN:
            return f"'Noto Sans {script.title()}',{BASE}"
    return None


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
    characters, width = [], 1.0  # the ellipsis
    for character in text:
        width += _character(character)
        if width > most:
            break
        characters.append(character)
    return "".join(characters) + "…"


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
