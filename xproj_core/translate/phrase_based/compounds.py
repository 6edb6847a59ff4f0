"""German compounds that no table has: two or three known words in one.

The split whose parts are most frequent wins (Koehn and Knight 2003, with ranks for counts).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log

import regex

from xproj_core.translate.phrase_based.words import SPECIAL, Vocabulary, begins_anew

_LINKS = ("", "s", "es", "n", "en", "e", "er")
_SHORTEST = 4
_WORD = regex.compile(r"\p{L}{8,40}")
DETERMINED = regex.compile(
    r"^(?:\p{Ll}+(?:e|er|es|en|em)|das|ein|kein|mein|dein|sein|ihr|unser|im|am|vom|zum|zur|beim)$"
)

ARTICLE = regex.compile(
    r"(?i:d(?:er|ie|as|en|em|es)|(?:k|m|d|s)?ein(?:e[rsnm]?)?|(?:ihr|unser|euer|eur)(?:e[rsnm]?)?"
    r"|dies(?:e[rsnm]?)|jede[rsnm]|all(?:e[rn]?)|im|am|vom|zum|zur|beim|ins|ans)"
)
_ENDING = regex.compile(
    r"\p{L}{4,}(?:ung|heit|keit|schaft|tion|sion|tät|ismus|nis|tum)(?:en|es|s|se|sen)?"
)
_EXCEPTIONS = frozenset({"Samsung"})
_BODY = regex.compile(
    r"(?i).*(?:kommission|union|organisation|fraktion|föderation|koalition|vereinigung|versammlung"
    r"|regierung|stiftung|zeitung|gesellschaft|gewerkschaft|ministerium|zentrum)(?:en|s)?"
)
"""What may be the name of the one that everybody knows: "die Kommission"."""
_LONG = 8
# What surnames and places end in; without an article before it, such a word is no compound.
_NAME_HEADS = (
    "berg", "burg", "stein", "dorf", "heim", "hausen", "bach", "feld", "wald", "mann", "thal",
    "tal", "furt", "hof", "stadt", "hagen", "baum", "bauer", "haus", "kirchen", "brück", "brücken",
    "hafen", "see", "au", "kopf", "stern", "wasser", "land", "wind", "mark", "meister", "müller",
)  # fmt: skip


def is_common_noun(forms: Sequence[str], i: int) -> bool:
    """True where an unknown capitalised German word is hardly a name.

    By its ending, or by an article before it, if no capitalised word follows ("die Velmora AG")
    and it does not end like a word from elsewhere ("im Kosovo").
    """
    form = forms[i]
    if not form.isalpha() or form in _EXCEPTIONS or not form[1:].islower():
        return False
    if _BODY.fullmatch(form):
        return False
    if _ENDING.fullmatch(form):
        return True
    if not i or not ARTICLE.fullmatch(forms[i - 1]) or len(form) < _LONG:
        return False
    followed = i + 1 < len(forms) and forms[i + 1][:1].isupper()
    return not followed and form[-1] not in "aiouy"


def compounds_in(
    forms: Sequence[str], ids: Sequence[int], vocabulary: Vocabulary
) -> dict[int, tuple[int, ...]]:
    """Unknown words that can be split, with the entries of their parts.

    A capitalised word must have a determiner or an adjective before it, or be long, end in no
    way that names do and stand beside no other unknown word with a capital: else it is taken for
    a name.
    """
    found = {}
    for i, form in enumerate(forms):
        if ids[i] or not _WORD.fullmatch(form):
            continue
        noun = form[0].isupper() and not begins_anew(forms, i)
        if noun and not (i and DETERMINED.match(forms[i - 1])) and _name_like(forms, ids, i):
            continue
        if form[0].isupper() and not noun:
            continue
        parts = split(form, vocabulary)
        if parts:
            found[i] = parts
    return found


def _name_like(forms: Sequence[str], ids: Sequence[int], i: int) -> bool:
    if len(forms[i]) < _LONG + 2 or forms[i].endswith(_NAME_HEADS):
        return True
    beside = [k for k in (i - 1, i + 1) if 0 <= k < len(forms)]
    return any(forms[k][:1].isupper() and not ids[k] for k in beside)


def split(form: str, vocabulary: Vocabulary) -> tuple[int, ...]:
    """The entries of the parts of `form`, empty if it cannot be split into known words."""
    return _best(form.lower(), form[0].isupper(), vocabulary, 3)[1]


def _best(
    word: str, noun: bool, vocabulary: Vocabulary, most: int
) -> tuple[float, tuple[int, ...]]:
    best: tuple[float, tuple[int, ...]] = (float("inf"), ())
    for at in range(_SHORTEST, len(word) - _SHORTEST + 1):
        head = _entry(word[at:], vocabulary, noun)
        first, modifier = _modifier(word[:at], vocabulary, most)
        if not modifier:
            continue
        if head and first + log(head) < best[0]:
            best = (first + log(head), (*modifier, head))
    return best


def _modifier(word: str, vocabulary: Vocabulary, most: int) -> tuple[float, tuple[int, ...]]:
    """A word that stands before the head, without its linking element, or a compound itself."""
    for link in _LINKS:
        stem = word[: len(word) - len(link)]
        if word.endswith(link) and len(stem) >= _SHORTEST - 1:
            entry = _entry(stem, vocabulary, None)
            if entry:
                return log(entry), (entry,)
    if most > 2 and len(word) >= 2 * _SHORTEST:
        cost, parts = _best(_unlinked(word), True, vocabulary, most - 1)
        return cost + 2.0, parts
    return float("inf"), ()


def _unlinked(word: str) -> str:
    return word[:-1] if word.endswith("s") else word


def _entry(word: str, vocabulary: Vocabulary, noun: bool | None) -> int:
    """The id of `word` as a noun, as another word, or (None) as whichever there is."""
    large = word.capitalize()
    forms = (large, word) if noun is None else (large,) if noun else (word,)
    return next((i for f in forms if (i := vocabulary.ids.get(f, 0)) >= len(SPECIAL)), 0)
