"""What the words of an input sentence are to the translator: known, numbers, names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from xproj_core.translate.phrase_based.compounds import (
    DETERMINED,
    compounds_in,
    is_common_noun,
)
from xproj_core.translate.phrase_based.search import LONGEST_BLOCK
from xproj_core.translate.phrase_based.variants import variant
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

_HONORIFICS = {
    "en": "Mr Mr. Mrs Mrs. Ms Ms.",
    "de": "Herr Herrn Frau",
    "fr": "M. Mme Mlle Monsieur Madame",
    "es": "Sr. Sra. Srta. Señor Señora Don Doña",
}
"""What surnames stand behind: "Herr Koch" is no cook."""
_OFFICES = {
    "de": "Abgeordnete Abgeordneter Berichterstatter Berichterstatterin Bürgermeister Direktor"
    " Direktorin General Kollege Kollegen Kollegin Kommissar Kommissarin Lehrer Lehrerin Nachbar"
    " Nachbarin Pfarrer Richter Vorsitzende Vorsitzender",
    "en": "Chairman Chairwoman Commissioner Secretary Speaker",
    "fr": "Commissaire Député Députée Directeur Directrice Juge Maire Ministre Présidente"
    " Rapporteur Secrétaire",
    "es": "Alcalde Comisario Comisaria Diputada Diputado Director Directora Juez Jueza Ministra"
    " Ministro Ponente Presidenta Profesora Secretaria Secretario Vicepresidenta Vicepresidente",
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
        small: unknown words that lose their capital when carried over: German nouns that are no
            names, which would look like names in another language.
        large: words with a capital of their own that the tables know without: their translations
            get one ("la Comisión", the Commission).
    """

    surfaces: tuple[str, ...]
    ids: tuple[int, ...]
    copies: tuple[bool, ...]
    parts: Mapping[int, tuple[int, ...]]
    blocks: tuple[tuple[int, int], ...]
    shouted: bool
    small: frozenset[int] = frozenset()
    large: frozenset[int] = frozenset()


def analyse(
    surfaces: Sequence[str], forms: Sequence[str], vocabulary: Vocabulary, language: str
) -> Source:
    """Look up every word; see `Source`."""
    letters = [f for f in forms if f[:1].isalpha()]
    capital = sum(map(is_name_like, letters))
    shouted = len(letters) > 2 and all(f.isupper() for f in letters)
    headline = shouted or (language != "de" and len(letters) > 3 and capital > 0.7 * len(letters))
    ids, copies, small = [], [], set[int]()
    for i, form in enumerate(forms):
        loose = headline or begins_anew(forms, i)
        found, copy = _entry(surfaces[i], form, vocabulary, loose)
        if not found and not shouted and form.isalpha():
            common = language == "de" and is_common_noun(forms, i)
            if common or form.islower():
                found = variant(form, vocabulary, language)
            if common and not found:
                small.add(i)
            elif language == "de" and not found and not loose:
                found = _genitive(form, vocabulary)
        ids.append(found)
        copies.append(copy)
    parts = compounds_in(forms, ids, vocabulary) if language == "de" and not shouted else {}
    known = [parts[i][-1] if i in parts else found for i, found in enumerate(ids)]
    blocks = () if shouted else tuple(_blocks(forms, known, vocabulary, language, headline, small))
    inside = {i for start, stop in blocks for i in range(start, stop)}
    large = set() if headline or language == "de" else _with_capital(forms, ids, vocabulary)
    return Source(tuple(surfaces), tuple(ids), tuple(copies), parts, blocks, shouted,
                  frozenset(small - inside), frozenset(large - inside))  # fmt: skip


def _genitive(form: str, vocabulary: Vocabulary) -> int:
    """The entry of "Österreich" for "Österreichs"."""
    known = form[:-1] if form.endswith("s") and len(form) > 5 else ""
    return vocabulary.ids.get(known, UNKNOWN_ID)


def _with_capital(forms: Sequence[str], ids: Sequence[int], vocabulary: Vocabulary) -> set[int]:
    return {
        i
        for i, form in enumerate(forms)
        if ids[i] not in (UNKNOWN_ID, NUMBER_ID)
        and is_name_like(form)
        and form[1:].islower()
        and not begins_anew(forms, i)
        and vocabulary.words[ids[i]].islower()
    }


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
    forms: Sequence[str], ids: Sequence[int], vocabulary: Vocabulary, language: str,
    headline: bool, small: Set[int],
) -> list[tuple[int, int]]:  # fmt: skip
    """Runs of capitalised words with an unknown one among them; `small` ones are in none.

    Titles before a name are left to the tables. So are, in German, nouns before a name that
    have a determiner or an adjective before them ("die Stadt Velmora").
    """
    titles = frozenset(_TITLES.get(language, _TITLES["en"]).split())
    found = []
    start = 0
    after = _honoured(forms, language, titles)
    while start < len(forms):
        if start in after:
            stop = start + 1
            while stop < len(forms) and is_name_like(forms[stop]) and stop not in small:
                stop += 1
            found.append((start, min(start + LONGEST_BLOCK, stop)))
            start = stop
            continue
        stop = start
        while (
            stop < len(forms)
            and stop not in small
            and stop not in after
            and _in_name(forms, ids, vocabulary, stop, headline)
        ):
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


def _honoured(forms: Sequence[str], language: str, titles: Set[str]) -> set[int]:
    """Where a surname stands, known word or not: "Herr Koch"."""
    honorifics = frozenset(_HONORIFICS.get(language, "").split())
    offices = titles | frozenset(_OFFICES.get(language, "").split())
    return {
        i
        for i in range(1, len(forms))
        if forms[i - 1] in honorifics
        and is_name_like(forms[i])
        and forms[i][1:].islower()
        and forms[i] not in offices
    }


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
