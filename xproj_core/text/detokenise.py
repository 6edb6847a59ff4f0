"""One readable text from tokens."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from xproj_core.domain import Sentence, languages

_CLOSING = regex.compile(r"^[.,;:!?%)\]}»”’…、。，！？；：）」』】》،؛؟।॥]+$")
_OPENING = regex.compile(r"^[(\[{«“‘„‚¿¡（「『【《#]+$")
_CLITIC = regex.compile(r"^(?:n['’]t|['’](?:s|m|d|re|ve|ll))$", regex.IGNORECASE)
_ELIDED = regex.compile(r"^\p{L}+['’]$")
_FRENCH_SPACED = frozenset("?!;:»")
_ELIDING = frozenset({"fr", "it", "ca"})


def text_of(sentence: Sentence) -> str:
    """The sentence's own text where it has one, else its tokens joined."""
    if sentence.text is not None:
        return sentence.text
    return detokenise(sentence.tokens, sentence.language)


def detokenise(tokens: Sequence[str], language: str) -> str:
    """Tokens joined as the language writes them: no space before a comma, none in Chinese."""
    glue = "" if languages.is_unspaced(language) else " "
    parts: list[str] = []
    open_quotes: set[str] = set()
    no_space = True
    for token in tokens:
        straight = token in {'"', "'"}
        closes = straight and token in open_quotes
        low = token == "“" and "„" in open_quotes  # German: „so“
        attached = no_space or _attaches_left(token, language) or closes or low
        parts.append(token if attached else glue + token)
        no_space = _attaches_right(token, language)
        if low or token == "„":
            open_quotes.symmetric_difference_update({"„"})
            no_space = not low
        if straight:
            open_quotes.symmetric_difference_update({token})
            no_space = not closes
    return "".join(_latin_spacing(parts) if glue == "" else parts)


def _attaches_left(token: str, language: str) -> bool:
    if language == "fr" and token in _FRENCH_SPACED:
        return False
    return bool(_CLOSING.match(token)) or (language == "en" and bool(_CLITIC.match(token)))


def _attaches_right(token: str, language: str) -> bool:
    if language == "fr" and token == "«":
        return False
    if token in {"$", "£"}:
        return True
    elided = language in _ELIDING and bool(_ELIDED.match(token))
    return bool(_OPENING.match(token)) or elided


def _latin_spacing(parts: Sequence[str]) -> list[str]:
    """A space between two Latin words in an unspaced script."""
    spaced: list[str] = []
    for part in parts:
        latin = bool(spaced) and spaced[-1][-1:].isascii() and spaced[-1][-1:].isalnum()
        spaced.append(" " + part if latin and part[:1].isascii() and part[:1].isalnum() else part)
    return spaced
