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
