"""The languages a person can choose from."""

from __future__ import annotations

from functools import lru_cache

from xproj_core import examples
from xproj_core.domain import languages
from xproj_core.domain.errors import LanguageError

_MORE = (
    "af ak am ar as az be bg bm bn bs ca cs cy da de ee el en eo es et eu fa ff fi fon fr ga gl gu"
    " ha he hi hr hu hy id ig is it ja ka kk km kn ko ku ky lg ln lo lt luo lv mg mi mk ml mn mos"
    " mr ms mt my nb ne nl nn nso ny om or pa pl ps pt qu rn ro ru rw sd si sk sl sn so sq sr ss st"
    " sv sw ta te tg th ti tk tl tn tr ts tt tw ug uk ur uz ve vi wo xh yi yo zh zh-Hant zu"
).split()


@lru_cache(maxsize=1)
def menu() -> tuple[str, ...]:
    """Codes by name; the page also takes any other code."""
    used = {code for example in examples.load() for code in example.marked}
    return tuple(sorted(used.union(_MORE), key=named))


def code(typed: str) -> str:
    """The code that somebody means who types a code or a name; else what was typed."""
    text = typed.strip()
    try:
        return languages.normalise(text) if text else ""
    except LanguageError:
        return _codes_by_name().get(text.casefold(), text)


@lru_cache(maxsize=1)
def _codes_by_name() -> dict[str, str]:
    return {languages.name(c).casefold(): c for c in menu()}


def named(code: str) -> str:
    """ "German (de)"; what is no code as it is."""
    if not code:
        return "none"
    try:
        return f"{languages.name(code)} ({languages.normalise(code)})"
    except LanguageError:
        return code


def name(code: str) -> str:
    """ "German"; what is no code as it is."""
    try:
        return languages.name(code)
    except LanguageError:
        return code
