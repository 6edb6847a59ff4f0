"""From a sentence's tokens to the words that the tables know.

Numbers share one entry, so that "at 7 o'clock" also teaches "at 9 o'clock"; typographic
quotation marks and apostrophes become straight; Spanish opening marks are left out and put
back in the output.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex

# No token holds a space, so these cannot be mistaken for words.
UNKNOWN, START, END, NUMBER = " ?", " <", " >", " 0"
SPECIAL = (UNKNOWN, START, END, NUMBER)
UNKNOWN_ID, START_ID, END_ID, NUMBER_ID = range(4)

_NUMBER = regex.compile(r"\p{N}+(?:[.,:/\u066b\u066c\u2019'\u00a0-]\p{N}+)*%?")
_WITH_LETTERS = regex.compile(r"(\p{N}+(?:[.,:/]\p{N}+)*)(\p{Ll}+)")
_VERBATIM = regex.compile(
    r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|[@#]\w+|[^\p{L}\p{N}\p{P}\p{Sc}]+"
)
_SAME = str.maketrans(
    {
        "“": '"',
        "”": '"',
        "„": '"',
        "‟": '"',
        "«": '"',
        "»": '"',
        "’": "'",
        "‘": "'",
        "‚": "'",
        "ʼ": "'",
        "`": "'",
        "—": "–",
        "‐": "-",
        "‑": "-",
    }
)
_DROPPED = {"es": frozenset("¿¡")}


@lru_cache(maxsize=200_000)
def normal(token: str) -> str:
    """The form of `token` that is looked up, casing kept."""
    if _NUMBER.fullmatch(token):
        return NUMBER
    if token in {"``", "''"}:
        return '"'
    return "..." if token == "…" else token.translate(_SAME)


def dropped(token: str, language: str) -> bool:
    """True for marks that are no part of the model: Spanish ¿ and ¡."""
    return token in _DROPPED.get(language, ())


def is_verbatim(token: str) -> bool:
    """True for what no table may touch: addresses, handles, hashtags, emoji."""
    return bool(_VERBATIM.fullmatch(token))


def is_name_like(token: str) -> bool:
    """True for a word with a capital letter in it."""
    return token[:1].isalpha() and token != token.lower()


STOPS = frozenset({".", "!", "?", "...", ":"})
OPENERS = frozenset({'"', "(", "[", "–", "-", "'"})


def begins_anew(forms: Sequence[str], i: int) -> bool:
    """True where a capital letter is due to the place: after a full stop, say."""
    while i > 0 and forms[i - 1] in OPENERS:
        i -= 1
    return i == 0 or forms[i - 1] in STOPS


@dataclass(frozen=True, slots=True)
class Words:
    """What is left of a sentence, and where each word stood in it."""

    forms: tuple[str, ...]
    places: tuple[int, ...]
    surfaces: tuple[str, ...]


def words_of(tokens: Sequence[str], language: str) -> Words:
    """The normalised words of `tokens`, their token indices, and how they were written.

    A number with letters behind it ("1980s", "7.55am") is two words of one token: the tables know
    the number and the letters. With a capital ("3M", "5G") it is a name.
    """
    surfaces: list[str] = []
    places: list[int] = []
    for i, token in enumerate(tokens):
        if dropped(token, language):
            continue
        match = _WITH_LETTERS.fullmatch(token)
        parts = match.groups() if match else (token,)
        surfaces += parts
        places += [i] * len(parts)
    return Words(tuple(map(normal, surfaces)), tuple(places), tuple(surfaces))


class Vocabulary:
    """Word forms by id, most frequent first after the four special entries."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words: list[str] = list(words)
        self.ids: dict[str, int] = {word: i for i, word in enumerate(self.words)}
        self.lower: dict[str, int] = {}
        for i, word in enumerate(self.words):
            self.lower.setdefault(word.lower(), i)

    def __len__(self) -> int:
        return len(self.words)

    def usual(self, form: str) -> int:
        """The id of the most frequent casing of `form`, `UNKNOWN_ID` if there is none."""
        return self.lower.get(form.lower(), UNKNOWN_ID)


@dataclass(frozen=True, slots=True)
class Entries:
    """The words of a vocabulary that a table can translate on their own.

    `own` says for each id whether there is such an entry; None for all.
    """

    vocabulary: Vocabulary
    own: bytes | None = None

    def has(self, word: int) -> bool:
        """True where the word has an entry of its own."""
        return word >= len(SPECIAL) and (self.own is None or bool(self.own[word]))

    def find(self, form: str) -> int:
        """The id of `form`, `UNKNOWN_ID` where it has no entry."""
        word_id = self.vocabulary.ids.get(form, UNKNOWN_ID)
        return word_id if self.has(word_id) else UNKNOWN_ID
