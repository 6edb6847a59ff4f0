"""Language codes, names, scripts and writing direction."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import langcodes

from xproj_core.domain.errors import LanguageError

RTL_SCRIPTS = frozenset({"Arab", "Hebr", "Thaa", "Syrc", "Nkoo", "Adlm"})
UNSPACED_SCRIPTS = frozenset(
    {"Hans", "Hant", "Hani", "Jpan", "Thai", "Laoo", "Khmr", "Mymr", "Tibt"}
)

# The usual script where CLDR does not know it or has the one of former times.
_SCRIPTS = {
    "acm": "Arab",
    "acq": "Arab",
    "ajp": "Arab",
    "azb": "Arab",
    "pbt": "Arab",
    "crh": "Latn",
}

# NLLB-200 names some macrolanguages by one of their members, and some scripts its own way.
_NLLB_MEMBER = {
    "ko": "kor_Hang",
    "fa-AF": "prs_Arab",
    "fil": "tgl_Latn",
    "sat": "sat_Beng",
    "tzm": "tzm_Tfng",
    "ar": "arb_Arab",
    "zh": "zho_Hans",
    "zh-Hant": "zho_Hant",
    "sw": "swh_Latn",
    "et": "est_Latn",
    "lv": "lvs_Latn",
    "ms": "zsm_Latn",
    "sq": "als_Latn",
    "yi": "ydd_Hebr",
    "uz": "uzn_Latn",
    "or": "ory_Orya",
    "ne": "npi_Deva",
    "mg": "plt_Latn",
    "fa": "pes_Arab",
    "ps": "pbt_Arab",
    "az": "azj_Latn",
    "ku": "kmr_Latn",
    "mn": "khk_Cyrl",
    "qu": "quy_Latn",
    "gn": "grn_Latn",
    "om": "gaz_Latn",
    "ff": "fuv_Latn",
    "no": "nob_Latn",
    "nb": "nob_Latn",
    "ay": "ayr_Latn",
    "sc": "srd_Latn",
    "tw": "twi_Latn",
    "ak": "aka_Latn",
    "din": "dik_Latn",
    "kr": "knc_Latn",
    "kg": "kon_Latn",
}


@lru_cache(maxsize=4096)
def normalise(code: str) -> str:
    """The shortest standard tag for `code`: "deu", "de-DE", "deu_Latn", "German" all give "de".

    A script that is not the language's usual one stays: "kas_Deva" gives "ks-Deva".

    Raises:
        LanguageError: `code` is neither a language of ISO 639 nor the name of one.
    """
    try:
        tag = langcodes.Language.get(code.strip().replace("_", "-"))
    except langcodes.LanguageTagError:
        tag = _named(code)
    if not tag.language or not langcodes.Language.make(language=tag.language).is_valid():
        tag = _named(code)
    if tag.language == "zh" and (tag.script == "Hant" or tag.territory in {"TW", "HK", "MO"}):
        return "zh-Hant"
    if tag.language == "fa" and tag.territory == "AF":
        return "fa-AF"  # Dari, "prs"
    language = str(tag.language)
    return f"{language}-{tag.script}" if _is_unusual(tag.script, language) else language


def _is_unusual(written: str | None, language: str) -> bool:
    """True for a script that is not what the language is usually written in."""
    usual = _usual_script(language)
    same = {usual, "Hang" if usual == "Kore" else usual}
    return written is not None and written not in same


def _usual_script(language: str) -> str:
    known = _SCRIPTS.get(language)
    return known or langcodes.Language.get(language).maximize().script or "Latn"


def _named(text: str) -> langcodes.Language:
    """The language called `text` in English or in itself: what a person types for a code."""
    if not text.strip().replace(" ", "").isalpha() or len(text) < 4:
        raise LanguageError(_unknown(text))
    try:
        language = langcodes.find(text.strip())
    except LookupError as error:
        raise LanguageError(_unknown(text)) from error
    names = {language.display_name().casefold(), language.autonym().casefold()}
    if text.strip().casefold() not in names:  # it guesses: "englisch teacher" is no language
        raise LanguageError(_unknown(text))
    return language


def two(source: str, target: str) -> tuple[str, str]:
    """Both codes, normalised.

    Raises:
        LanguageError: one is unknown, or they are the same language.
    """
    first, second = normalise(source), normalise(target)
    if first == second:
        raise LanguageError(f"Source and target are both {name(first)}. Choose two languages.")
    return first, second


def _unknown(code: str) -> str:
    return (
        f"{code!r} is not a language code or name. Use an ISO 639 code such as en, de, sw (Swahili)"
        f" or bm (Bambara)."
    )


# CLDR's name where the language's community or its research field uses another.
_NAMES = {
    "zu": "isiZulu",
    "xh": "isiXhosa",
    "tn": "Setswana",
    "lg": "Luganda",
    "luo": "Luo",
    "rw": "Kinyarwanda",
    "ny": "Chichewa",
    "fa-AF": "Dari",
}


@lru_cache(maxsize=4096)
def name(code: str) -> str:
    """The language's English name, "Swahili" for "sw"."""
    code = normalise(code)
    return _NAMES.get(code) or langcodes.Language.get(code).display_name()


def nllb_members() -> dict[str, str]:
    """The languages that NLLB-200 has a code of its own kind for."""
    return dict(_NLLB_MEMBER)


@lru_cache(maxsize=4096)
def script(code: str) -> str:
    """The ISO 15924 code of the script the language is usually written in."""
    tag = langcodes.Language.get(normalise(code))
    return tag.script or _SCRIPTS.get(tag.language) or tag.maximize().script or "Latn"


def direction(code: str) -> str:
    """ "rtl" or "ltr"."""
    return "rtl" if script(code) in RTL_SCRIPTS else "ltr"


def is_unspaced(code: str) -> bool:
    """True for scripts that put no space between words."""
    return script(code) in UNSPACED_SCRIPTS


@lru_cache(maxsize=4096)
def nllb_code(code: str) -> str:
    """The FLORES-200 code NLLB uses: "sw" gives "swh_Latn", "ks-Deva" "kas_Deva"."""
    code = normalise(code)
    if code in _NLLB_MEMBER:
        return _NLLB_MEMBER[code]
    return f"{langcodes.Language.get(code).to_alpha3()}_{script(code)}"


def alpha3(code: str) -> str:
    """The three-letter ISO 639-3 code."""
    return str(langcodes.Language.get(normalise(code)).to_alpha3())


def script_of(text: str) -> str:
    """ "Latin", "Arabic", "Cjk", ...: that of the first letter; "none" where there is no letter."""
    return next((_script(c) for c in text if c.isalpha()), "none")


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    return unicodedata.name(letter, "other").split()[0].capitalize()
