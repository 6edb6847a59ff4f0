"""Which keys lie beside each other, by language.

The letter rows of the layouts that come with the languages' standard keyboards; each row is
shifted half a key to the right of the one above.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_LAYOUTS: dict[str, tuple[str, ...]] = {
    "qwerty": ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"),
    "qwertz": ("1234567890ß", "qwertzuiopü", "asdfghjklöä", "yxcvbnm"),
    "azerty": ("1234567890", "azertyuiop", "qsdfghjklm", "wxcvbn"),
    "spanish": ("1234567890", "qwertyuiop", "asdfghjklñ", "zxcvbnm"),
    "nordic": ("1234567890", "qwertyuiopå", "asdfghjklöä", "zxcvbnm"),
    "turkish": ("1234567890", "qwertyuıopğü", "asdfghjklşi", "zxcvbnmöç"),
    "russian": ("1234567890", "йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю"),
    "ukrainian": ("1234567890", "йцукенгшщзхї", "фівапролджє", "ячсмитьбю"),
    "bulgarian": ("1234567890", "явертъуиопшщ", "асдфгхйкл", "зьцжбнм"),
    "greek": ("1234567890", "ςερτυθιοπ", "ασδφγηξκλ", "ζχψωβνμ"),
    "hebrew": ("1234567890", "קראטוןםפ", "שדגכעיחלךף", "זסבהנמצתץ"),
    "arabic": ("1234567890", "ضصثقفغعهخحجد", "شسيبلاتنمكط", "ئءؤرىةوزظ"),
    "persian": ("1234567890", "ضصثقفغعهخحجچ", "شسیبلاتنمکگ", "ظطزرذدپو"),
}
_OF_LANGUAGE = {
    "de": "qwertz",
    "cs": "qwertz",
    "hu": "qwertz",
    "sk": "qwertz",
    "sl": "qwertz",
    "hr": "qwertz",
    "fr": "azerty",
    "es": "spanish",
    "sv": "nordic",
    "fi": "nordic",
    "da": "nordic",
    "nb": "nordic",
    "no": "nordic",
    "tr": "turkish",
    "ru": "russian",
    "uk": "ukrainian",
    "bg": "bulgarian",
    "el": "greek",
    "he": "hebrew",
    "ar": "arabic",
    "fa": "persian",
}

LAYOUTS = tuple(_LAYOUTS)


def layout(language: str) -> str:
    """The layout that is usual for a language."""
    return _OF_LANGUAGE.get(language, "qwerty")


@lru_cache(maxsize=64)
def neighbours(name: str) -> dict[str, str]:
    """Key to the keys around it, in the order left, right, above, below."""
    rows = _LAYOUTS[name]
    keys_around: dict[str, str] = {}
    for r, row in enumerate(rows):
        for k, key in enumerate(row):
            around = [
                (r, k - 1),
                (r, k + 1),
                (r - 1, k),
                (r - 1, k + 1),
                (r + 1, k - 1),
                (r + 1, k),
            ]
            keys = [rows[a][b] for a, b in around if 0 <= a < len(rows) and 0 <= b < len(rows[a])]
            # Next to letters only letters: the row of digits is reached by other fingers.
            keys_around[key] = "".join(x for x in keys if x.isalpha() or not key.isalpha())
    return keys_around


def beside(character: str, name: str) -> str:
    """The keys beside the one that types `character`; "" where it is not on the keyboard.

    An accented letter lies on the key of its plain one, a capital on that of the small one.
    """
    small = character.lower()
    known = neighbours(name)
    if small not in known:
        small = unicodedata.normalize("NFD", small)[:1]
    keys = known.get(small, "")
    return keys.upper() if character != character.lower() else keys
