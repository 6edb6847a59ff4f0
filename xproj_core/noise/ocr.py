"""Shapes that optical character recognition takes for one another.

Written down from what is generally known about confusable shapes, not measured on any system.
Each row lists shapes of which any may be read as any other of the row.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_ALIKE = (
    # Latin and digits
    "l 1 I | i", "O 0 Q D", "o 0 c e", "rn m", "nn m", "cl d", "vv w", "VV W", "ri n", "li h",
    "h b", "u n v", "S 5", "s 8", "B 8 R", "Z 2 z", "G 6 C", "g q 9", "a o", "t f r", "i j",
    "E F", "P F", "U V", "K X", "M N", "y v", "k lc", "A 4", "T 7 I", "Y V", "p n", "x z",
    "ß B", "æ ae", "œ ce", "ç c", "ñ n", "ø o", "ł l", "đ d",
    # Cyrillic
    "ш щ", "и н п", "ь ъ ы", "с о е", "л п", "б 6", "з 3 э", "ж х", "ц ч", "т г", "в з", "я л",
    # Greek
    "ο σ ό", "ν υ", "η π", "ι ί", "ε έ", "α ά", "θ 0", "κ χ", "ρ p",
    # Hebrew
    "ד ר", "ה ח ת", "ו ז ן", "ב כ", "ם ס", "ג נ", "י ו", "ע צ", "ט מ",
    # Arabic and Persian: the same stroke, other dots
    "ب ت ث ن ي", "ج ح خ", "د ذ", "ر ز و", "س ش", "ص ض", "ط ظ", "ع غ", "ف ق", "ه ة", "ا أ إ آ",
    "ي ى", "ک ك گ", "پ ب", "چ ج", "ژ ز",
    # Devanagari
    "ब व", "म भ", "घ ध", "ष प", "य थ", "ड ङ", "र स", "ण ग",
    # Chinese and Japanese
    "日 曰 目", "己 已 巳", "未 末", "土 士", "人 入 八", "大 太 犬", "千 干 于", "王 玉 主",
    "ソ ン", "シ ツ", "ク ワ", "コ ユ", "ロ 口", "カ 力", "ニ 二", "は ほ", "ね れ わ", "ぬ め",
    # Ethiopic
    "ሀ ሁ ሆ", "ለ ሰ", "ተ ቶ", "በ ቡ", "ነ ኑ", "ከ ኪ",
)  # fmt: skip

LONGEST = 2
"""Characters of the longest shape."""


@lru_cache(maxsize=1)
def confusions() -> dict[str, tuple[str, ...]]:
    """Shape to what it may be read as, sorted."""
    readings: dict[str, set[str]] = {}
    for row in _ALIKE:
        shapes = row.split()
        for shape in shapes:
            readings.setdefault(shape, set()).update(s for s in shapes if s != shape)
    return {shape: tuple(sorted(others)) for shape, others in readings.items()}


def read_as(shape: str) -> tuple[str, ...]:
    """What `shape` may be read as; a letter with marks above all as the plain letter."""
    known = confusions().get(shape)
    if known is None and len(shape) == 1:
        plain = "".join(
            c for c in unicodedata.normalize("NFD", shape) if not unicodedata.combining(c)
        )
        return (plain,) if plain and plain != shape else ()
    return known or ()
