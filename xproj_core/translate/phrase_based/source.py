"""What the words of an input sentence are to the translator: known, numbers, names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xproj_core.translate.phrase_based.compounds import DETERMINED, compounds_in
from xproj_core.translate.phrase_based.search import LONGEST_BLOCK
from xproj_core.translate.phrase_based.words import (
    NUMBER,
    NUMBER_ID,
    UNKNOWN_ID,
    Vocabulary,
    begins_anew,
    is_name_like,
    is_verbatim,
)

COMMON = 800  # the most frequent words of a language
_TITLES = {
    "en": "Mr Mr. Mrs Mrs. Ms Ms. Miss Dr Dr. Prof Prof. Professor Doctor President King Queen"
    " Prince Princess Captain General Minister Sir Lady Lord Uncle Aunt Judge Senator",
    "de": "Herr Frau Herrn Dr. Prof. Professor Doktor Präsident Präsidentin"
    " König Königin Onkel Tante Kanzler Kanzlerin Minister Ministerin Firma Familie Stadt",
    "fr": "M. Mme Mlle Dr Dr. Monsieur Madame Mademoiselle Président Docteur Professeur",
    "es": "Sr. Sra. Srta. Dr. Dra. Señor Señora Don Doña Presidente Doctor Profesor",
}


@dataclass(frozen=True, slots=True)
class Source:
    """A sentence ready for the tables.

    Attributes:
        surfaces: the words as they were written.
        ids: the entry each is looked up by, `UNKNOWN_ID` for none.
        copies: words that may also be carried over as they are.
        parts: unknown words that are compounds, with the entries of their parts.
        blocks: [start, end) of names that are carried over in one piece.
        shouted: True when the whole sentence is in capitals.
    """

    surfaces: tuple[str, ...]
    ids: tuple[int, ...]
    copies: tuple[bool, ...]
    parts: Mapping[int, tuple[int, ...]]
    blocks: tuple[tuple[int, int], ...]
    shouted: bool


def analyse(
    surfaces: Sequence[str], forms: Sequence[str], vocabulary: Vocabulary, language: str
) -> Source:
    """Look up every word; see `Source`."""
    letters = [f for f in forms if f[:1].isalpha()]
    capital = sum(map(is_name_like, letters))
    shouted = len(letters) > 2 and all(f.isupper() for f in letters)
    headline = shouted or (language != "de" and len(letters) > 3 and capital > 0.7 * len(letters))
    ids, copies = [], []
    for i, form in enumerate(forms):
        loose = headline or begins_anew(forms, i)
        found, copy = _entry(surfaces[i], form, vocabulary, loose)
        ids.append(found)
        copies.append(copy)
    parts = compounds_in(forms, ids, vocabulary) if language == "de" and not shouted else {}
    known = [parts[i][-1] if i in parts else found for i, found in enumerate(ids)]
    blocks = () if shouted else tuple(_blocks(forms, known, vocabulary, language, headline))
    return Source(tuple(surfaces), tuple(ids), tuple(copies), parts, blocks, shouted)


def _entry(surface: str, form: str, vocabulary: Vocabulary, loose: bool) -> tuple[int, bool]:
    """The entry for one word, and whether it may be copied as well."""
    if form == NUMBER:
        return NUMBER_ID, False
    if is_verbatim(surface):
        return UNKNOWN_ID, True
    usual = vocabulary.usual(form)
    known = vocabulary.ids.get(form, UNKNOWN_ID)
    if known and not loose:
        return known, False
    if loose or not is_name_like(form):
        return usual, usual == UNKNOWN_ID
    return usual, True


def _blocks(
    forms: Sequence[str], ids: Sequence[int], vocabulary: Vocabulary, language: str, headline: bool
) -> list[tuple[int, int]]:
    """Runs of capitalised words with an unknown one among them.

    Titles before a name are left to the tables. So are, in German, nouns before a name that
    have a determiner or an adjective before them ("die Stadt Velmora").
    """
    titles = frozenset(_TITLES.get(language, _TITLES["en"]).split())
    found = []
    start = 0
    while start < len(forms):
        stop = start
        while stop < len(forms) and _in_name(forms, ids, vocabulary, stop, headline):
            stop += 1
        unknown = [i for i in range(start, stop) if ids[i] == UNKNOWN_ID]
        if unknown:
            begin = start
            common = language == "de" and start > 0 and bool(DETERMINED.match(forms[start - 1]))
            while begin < unknown[0] and (common or forms[begin] in titles):
                begin += 1
            found += [(k, min(k + LONGEST_BLOCK, stop)) for k in range(begin, stop, LONGEST_BLOCK)]
        start = max(stop, start + 1)
    return found


def _in_name(
    forms: Sequence[str], ids: Sequence[int], vocabulary: Vocabulary, i: int, headline: bool
) -> bool:
    if not is_name_like(forms[i]) or ids[i] == NUMBER_ID:
        return False
    if ids[i] == UNKNOWN_ID:
        return True
    if headline:
        return False
    if not begins_anew(forms, i) or is_name_like(vocabulary.words[ids[i]]):
        return True
    # A capital that is due to the place says little; a common word is hardly part of a name.
    name_follows = i + 1 < len(forms) and ids[i + 1] == UNKNOWN_ID and is_name_like(forms[i + 1])
    return name_follows and ids[i] > COMMON
