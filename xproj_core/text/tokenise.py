"""Words with their offsets, for any script.

Moses' Python port splits combining marks off their letters (Yoruba "Bọ́lá" becomes four
tokens) and gives no offsets; spaCy takes seconds to import. The Unicode properties are the
`regex` library's, the words of scripts without spaces are `unspaced`'s; the rules below are all
that is ours.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache

import regex

from xproj_core.domain import Sentence, languages
from xproj_core.domain.errors import InputError, TooLongError
from xproj_core.domain.limits import MAX_CHARACTERS, MAX_TOKENS
from xproj_core.text.unspaced import unspaced_words

_APOSTROPHE = "['\u2018\u2019\u02bc]"
_OPEN_APOSTROPHE = "['\u2019\u02bc]"  # U+2018 opens a quotation where no letter precedes it
_UNSPACED_SET = (
    r"[[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\u30fc\uff70]"
    r"&&[\p{L}\p{M}\p{Nl}]]"
)
_UNSPACED = rf"(?P<unspaced>{_UNSPACED_SET}(?:{_UNSPACED_SET}|\p{{M}}|\p{{Join_Control}})*)"
_LETTER = rf"[[\p{{L}}\p{{M}}\p{{Join_Control}}]--{_UNSPACED_SET}]"
# Neither a soft hyphen nor a word joiner parts a word; at its end they are no part of it.
_CHARACTER = rf"[{_LETTER}\p{{N}}_]"
_INNER = rf"(?:{_CHARACTER}+|[\u00ad\u2060]+(?={_CHARACTER}))"
_WORD = rf"{_LETTER}{_INNER}*"
_ALPHANUMERIC = rf"(?:{_LETTER}|\p{{N}}){_INNER}*"
_JOINER = r"[-\u2010\u2011\u00b7\u2027\u05f3\u05f4]"
_HEBREW = r"[[\p{Hebrew}]&&[\p{L}\p{M}]]"
# Typed gershayim stand before the last letters of an abbreviation, with no quotation to close.
_GERSHAYIM = (
    rf"{_HEBREW}{{2,}}\"{_HEBREW}{{1,4}}(?![\"\p{{L}}\p{{M}}])"
    rf"|(?<!\w){_HEBREW}\"{_HEBREW}{{1,2}}(?![\"\p{{L}}\p{{M}}])"
)
_TIBETAN = r"[[\p{Tibetan}]&&[\p{L}\p{M}]]+[\u0f0b\u0f0c]?"
_CLUSTER = regex.compile(r"\X")
_FIRST_MARK = "\u0300"
"""No character before it belongs to the cluster of the one that it follows."""
_OKINA = frozenset({"haw", "sm", "to", "ty", "rar", "wls"})
"""Languages whose words begin with U+2018 where it is typed for the glottal stop."""
_VOWELS = "aeiouāēīōūAEIOUĀĒĪŌŪ"
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
        rf"\p{{N}}+(?:[.,:/\u066b\u066c]\p{{N}}+)+(?:%|{_LETTER}+)?",
        _GERSHAYIM,
        _TIBETAN,
    ]
    if language == "de":
        patterns.append(r"\p{N}{1,2}\.(?=\s+\p{Lu})")
    if language == "en":
        clitic = "(?:s|m|d|re|ve|ll|S|M|D|RE|VE|LL)\\b"
        patterns += [rf"{_LETTER}+(?=n{_APOSTROPHE}t\b)", rf"(?:n{_APOSTROPHE}t\b)"]
        patterns += [rf"{_OPEN_APOSTROPHE}{clitic}|(?<=\w)\u2018{clitic}"]
        patterns += [rf"(?:{_LETTER}|\p{{N}})+(?={_APOSTROPHE}(?:s|m|d|re|ve|ll)\b)"]
        patterns += [rf"(?:[OoDL]|Mc){_APOSTROPHE}{_WORD}"]
    if language == "ha":
        patterns.append(rf"(?<!\w){_APOSTROPHE}[Yy]{_LETTER}+")
    if language == "uz":  # o‘ and g‘ are letters, at the end of a word too
        letters = rf"(?:[OoGg]{_APOSTROPHE}|{_CHARACTER})+"
        patterns.append(rf"(?=\p{{L}}){letters}(?:(?:{_APOSTROPHE}|{_JOINER})(?=\w){letters})*")
    if language in _OKINA:
        patterns.append(rf"(?<!\w)\u2018(?=[{_VOWELS}]){_WORD}(?:(?:{_APOSTROPHE}|-){_WORD})*")
    if language in _ELISION:
        patterns += [r"(?i:aujourd" + _APOSTROPHE + "hui)"]
        patterns += [rf"\b(?i:{_ELISION[language]}){_APOSTROPHE}(?={_LETTER})"]
        patterns += [rf"{_LETTER}+{_OPEN_APOSTROPHE}(?!{_LETTER})"]
        patterns += [rf"{_ALPHANUMERIC}(?:{_JOINER}{_ALPHANUMERIC})*"]
    patterns += [
        _UNSPACED,
        rf"{_ALPHANUMERIC}(?:(?:{_APOSTROPHE}|{_JOINER})(?={_LETTER}|\p{{N}}){_ALPHANUMERIC})*",
        r"\p{Sc}|\.{2,}|\u2026|-{2,}",
        r"(?=[^\s\p{C}])\X",  # emoji and flags among them
    ]
    return patterns


@lru_cache(maxsize=512)
def _token_pattern(language: str) -> regex.Pattern[str]:
    return regex.compile("|".join(_patterns(language)), regex.VERSION1)


def spans_of_words(text: str, language: str) -> list[tuple[int, int]]:
    """The code-point range of every token of `text`; control characters belong to none.

    No token ends inside a grapheme cluster, whatever the patterns say.
    """
    spans: list[tuple[int, int]] = []
    for match in _token_pattern(language).finditer(text):
        if match.lastgroup == "unspaced":
            spans += unspaced_words(text, match.start(), match.end(), language)
        else:
            spans.append(match.span())
    if any(b < len(text) and text[b] >= _FIRST_MARK for _, b in spans):
        return _whole_clusters(text, spans)
    return spans


def _whole_clusters(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans with each end moved to the end of the cluster that it lies in."""
    edges = [m.end() for m in _CLUSTER.finditer(text)]
    widened: list[tuple[int, int]] = []
    before = 0
    for start, end in spans:
        start, end = max(start, before), edges[bisect_left(edges, end)]
        if start < end:
            widened.append((start, end))
            before = end
    return widened


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
