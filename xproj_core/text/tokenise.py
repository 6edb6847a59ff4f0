"""Words with their offsets, for any script.

Moses' Python port splits combining marks off their letters (Yoruba "Bọ́lá" becomes four
tokens) and gives no offsets; spaCy takes seconds to import. The Unicode properties are the
`regex` library's; the rules below are all that is ours.
"""

from __future__ import annotations

from functools import lru_cache

import regex

from xproj_core.domain import Sentence, languages
from xproj_core.domain.errors import InputError, TooLongError

MAX_TOKENS = 1000
MAX_CHARACTERS = 20_000

_APOSTROPHE = "['\u2019\u02bc]"
_UNSPACED_SET = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"
_UNSPACED = rf"{_UNSPACED_SET}\p{{M}}*"
_LETTER = rf"[[\p{{L}}\p{{M}}\p{{Join_Control}}]--{_UNSPACED_SET}]"
_WORD = rf"{_LETTER}(?:{_LETTER}|\p{{N}}|_)*"
_ABBREVIATIONS = {
    "en": "Mr Mrs Ms Dr Prof St Jr Sr Gen Gov Sen Rep Inc Ltd Co Corp vs etc No Vol Lt Col Capt",
    "de": "Dr Prof Hr Fr Nr St bzw ca usw evtl Mio Mrd Tel Str",
    "fr": "M MM Mme Mlle Dr Pr St Ste etc",
    "es": "Sr Sra Srta Dr Dra Ud Uds etc D Dña",
}
_ELISION = {
    "fr": r"(?:[cdjlmnst]|qu|lorsqu|puisqu|jusqu|quoiqu)",
    "it": r"(?:[cdlmnstv]|dell|nell|all|dall|sull|un|quest|quell|gl|sant|bell|dov|com)",
    "ca": r"(?:[dlmnst])",
}


def _patterns(language: str) -> list[str]:
    """The alternatives of the token pattern, most specific first."""
    short = "|".join(_ABBREVIATIONS.get(language, _ABBREVIATIONS["en"]).split())
    patterns = [
        r"(?:https?://|www\.)\S*[^\s\p{P}]/?",
        r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+",  # bounded: "+a+a+a…" would cost its square
        r"[@#][\p{L}\p{M}\p{N}_]+",
        rf"(?:{_LETTER}\.){{2,}}",
        rf"\b(?:{short})\.(?=\s)",
        r"\p{N}+(?:[.,:/\u066b\u066c]\p{N}+)+(?:%)?|\p{N}+(?:st|nd|rd|th)\b",
    ]
    if language == "de":
        patterns.append(r"\p{N}{1,2}\.(?=\s+\p{Lu})")
    if language == "en":
        patterns += [rf"{_LETTER}+(?=n{_APOSTROPHE}t\b)", rf"(?:n{_APOSTROPHE}t\b)"]
        patterns += [rf"{_APOSTROPHE}(?:s|m|d|re|ve|ll|S|M|D|RE|VE|LL)\b"]
        patterns += [rf"(?:{_LETTER}|\p{{N}})+(?={_APOSTROPHE}(?:s|m|d|re|ve|ll)\b)"]
        patterns += [rf"(?:[OoDL]|Mc){_APOSTROPHE}{_WORD}"]
    if language == "ha":
        patterns.append(rf"(?<!\w){_APOSTROPHE}[Yy]{_LETTER}+")
    if language in _ELISION:
        patterns += [r"(?i:aujourd" + _APOSTROPHE + "hui)"]
        patterns += [rf"\b(?i:{_ELISION[language]}){_APOSTROPHE}(?={_LETTER})"]
        patterns += [rf"{_LETTER}+{_APOSTROPHE}(?!{_LETTER})|" + rf"{_WORD}(?:-{_WORD})*"]
    patterns += [
        _UNSPACED,
        rf"(?:{_WORD}|\p{{N}}+)(?:(?:{_APOSTROPHE}|[-\u2010\u2011\u00b7\u05f3\u05f4])"
        rf"(?={_LETTER}|\p{{N}})(?:{_WORD}|\p{{N}}+))*",
        r"\p{Sc}|\.{2,}|\u2026|-{2,}",
        r"\p{Extended_Pictographic}(?:\p{M}|\u200d\p{Extended_Pictographic}|\p{Emoji_Modifier})*",
        r"\p{Regional_Indicator}{2}",
        r"[^\s\p{C}]\p{M}*",
    ]
    return patterns


@lru_cache(maxsize=512)
def _token_pattern(language: str) -> regex.Pattern[str]:
    return regex.compile("|".join(_patterns(language)), regex.VERSION1)


def spans_of_words(text: str, language: str) -> list[tuple[int, int]]:
    """The code-point range of every token of `text`; control characters belong to none."""
    return [m.span() for m in _token_pattern(language).finditer(text)]


def tokenise(text: str, language: str) -> Sentence:
    """`text` as a sentence of tokens with offsets.

    Raises:
        InputError: there is no token in `text`.
        TooLongError: over `MAX_CHARACTERS` or `MAX_TOKENS`.
        LanguageError: `language` is not a language code.
    """
    language = languages.normalise(language)
    if len(text) > MAX_CHARACTERS:
        raise TooLongError(
            f"The text has {len(text):,} characters; one sentence may have {MAX_CHARACTERS:,}."
            " Split it into sentences, or use a dataset."
        )
    offsets = spans_of_words(text, language)
    if not offsets:
        raise InputError("There is no word in the text. Type a sentence.")
    if len(offsets) > MAX_TOKENS:
        raise TooLongError(
            f"The text has {len(offsets):,} tokens; one sentence may have {MAX_TOKENS:,}."
            " Split it into sentences, or use a dataset."
        )
    tokens = tuple(text[start:end] for start, end in offsets)
    return Sentence(tokens, language, text=text, offsets=tuple(offsets))
