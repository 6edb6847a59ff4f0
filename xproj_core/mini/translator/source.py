"""What the words of an input sentence are to the translator: known, numbers, names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

import regex

from xproj_core.mini.translator.compounds import split
from xproj_core.mini.translator.known_words import (
    NUMBER,
    NUMBER_ID,
    UNKNOWN_ID,
    Entries,
    Vocabulary,
    begins_anew,
    is_name_like,
    is_verbatim,
)
from xproj_core.mini.translator.name_cues import (
    DETERMINERS,
    HONORIFICS,
    JOINING,
    OFFICES,
    TITLES,
)
from xproj_core.mini.translator.nouns import Judge, NounModel
from xproj_core.mini.translator.search import LONGEST_BLOCK
from xproj_core.mini.translator.variants import variant

COMMON = 800  # the most frequent words of a language
_DETERMINED = regex.compile(
    r"^(?:\p{Ll}+(?:e|er|es|en|em)|das|ein|kein|mein|dein|sein|ihr|unser|im|am|vom|zum|zur|beim)$"
)


@dataclass(frozen=True, slots=True)
class Source:
    """A sentence ready for the tables.

    Attributes:
        surfaces: the words as they were written.
        ids: the entry each is looked up by, `UNKNOWN_ID` for none.
        copies: words that may also be carried over as they are.
        parts: words without an entry of their own, with the entries to translate in their
            place: another form of the word, or the parts of a compound.
        blocks: [start, end) of names that are carried over in one piece.
        shouted: True when the whole sentence is in capitals.
        small: unknown words that lose their capital when carried over: German nouns that are no
            names, which would look like names in another language.
        large: words with a capital of their own that the tables know without: their translations
            get one ("la Comisión", the Commission).
        genitives: names carried over with a German "s" before the noun that they own.
    """

    surfaces: tuple[str, ...]
    ids: tuple[int, ...]
    copies: tuple[bool, ...]
    parts: Mapping[int, tuple[int, ...]]
    blocks: tuple[tuple[int, int], ...]
    shouted: bool
    small: frozenset[int] = frozenset()
    large: frozenset[int] = frozenset()
    genitives: frozenset[int] = frozenset()


def analyse(
    surfaces: Sequence[str],
    forms: Sequence[str],
    entries: Entries,
    language: str,
    nouns: NounModel | None = None,
) -> Source:
    """Look up every word; see `Source`. `nouns` for languages that give them a capital."""
    vocabulary = entries.vocabulary
    shouted, headline = _casing(forms, nouns is not None)
    judge = Judge(forms, vocabulary, None if shouted else nouns)
    ids, copies, small = [], list[bool](), set[int]()
    parts: dict[int, tuple[int, ...]] = {}
    for i, form in enumerate(forms):
        loose = headline or begins_anew(forms, i)
        word_id, copy = _entry(surfaces[i], form, vocabulary, loose)
        if copy and entries.has(word_id) and i:
            copy = not _is_described(forms[i - 1], language, forms[:i], copies)
        if _copy_only(word_id, form, entries) and not shouted:
            common = judge.is_noun(i, known=False)
            known = _stand_in(form, entries, language, common, loose)
            if known:
                copy = False
            if len(known) == 1 and not word_id:
                word_id = known[0]
            elif known:
                parts[i] = known
            elif common:
                small.add(i)
        ids.append(word_id)
        copies.append(copy)
    known_as = [parts[i][-1] if i in parts else word_id for i, word_id in enumerate(ids)]
    blocks = () if shouted else tuple(_blocks(forms, known_as, language, headline, small, judge))
    inside = {i for start, stop in blocks for i in range(start, stop)}
    large = set() if headline or nouns else _with_capital(forms, ids, vocabulary)
    return Source(
        tuple(surfaces),
        tuple(ids),
        tuple(copies),
        parts,
        blocks,
        shouted,
        frozenset(small - inside),
        frozenset(large - inside),
        frozenset(i for _, stop in blocks if judge.is_genitive(i := stop - 1, known_as)),
    )


def _casing(forms: Sequence[str], nouns_have_capitals: bool) -> tuple[bool, bool]:
    """Is all in capitals; and do capitals tell nothing, as in a headline."""
    letters = [f for f in forms if f[:1].isalpha()]
    capital = sum(map(is_name_like, letters))
    shouted = len(letters) > 2 and all(f.isupper() for f in letters)
    many = len(letters) > 3 and capital > 0.7 * len(letters)
    return shouted, shouted or (many and not nouns_have_capitals)


def _copy_only(word_id: int, form: str, entries: Entries) -> bool:
    """True for a word that the table cannot translate on its own."""
    return word_id != NUMBER_ID and not entries.has(word_id) and form.replace("-", "").isalpha()


def _stand_in(
    form: str, entries: Entries, language: str, common: bool, loose: bool
) -> tuple[int, ...]:
    """What to translate in place of a word without an entry; empty for nothing."""
    if not common and not form.islower():
        return () if loose or language != "de" else _genitive(form, entries)
    for written in (form, form.lower()) if loose and common else (form,):
        other = variant(written, entries, language)
        replacement = (other,) if other else split(written, entries) if language == "de" else ()
        if replacement:
            return replacement
    return ()


def _genitive(form: str, entries: Entries) -> tuple[int, ...]:
    """The entry of "Österreich" for "Österreichs"."""
    known = entries.find(form[:-1]) if form.endswith("s") and len(form) > 5 else UNKNOWN_ID
    return (known,) if known else ()


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


def _is_described(before: str, language: str, forms: Sequence[str], copies: Sequence[bool]) -> bool:
    """True for what stands behind an article, or goes on with such: "la Comisión de Industria".

    A known word with a capital is part of the name of a body there, not a surname: it has to be
    translated.
    """
    if before.lower() in DETERMINERS.get(language, ()):
        return True
    earlier = len(forms) - 2
    return (
        before in JOINING and earlier >= 0 and is_name_like(forms[earlier]) and not copies[earlier]
    )


def _blocks(
    forms: Sequence[str],
    ids: Sequence[int],
    language: str,
    headline: bool,
    small: Set[int],
    judge: Judge,
) -> list[tuple[int, int]]:
    """Runs of capitalised words with an unknown one among them; `small` ones are in none.

    Titles before a name are left to the tables. So are, in German, nouns before a name that
    have a determiner or an adjective before them ("die Stadt Velmora").
    """
    titles = frozenset(TITLES.get(language, TITLES["en"]).split())
    blocks = []
    start = 0
    after = _honoured(forms, language, titles)
    while start < len(forms):
        if start in after:
            stop = start + 1
            while stop < len(forms) and is_name_like(forms[stop]) and stop not in small:
                stop += 1
            blocks.append((start, min(start + LONGEST_BLOCK, stop)))
            start = stop
            continue
        stop = start
        while (
            stop < len(forms)
            and stop not in small
            and stop not in after
            and _in_name(forms, ids, judge, stop, headline)
        ):
            stop += 1
        unknown = [i for i in range(start, stop) if ids[i] == UNKNOWN_ID]
        if unknown:
            begin = start
            common = language == "de" and start > 0 and bool(_DETERMINED.match(forms[start - 1]))
            while begin < unknown[0] and (common or forms[begin] in titles):
                begin += 1
            blocks += [(k, min(k + LONGEST_BLOCK, stop)) for k in range(begin, stop, LONGEST_BLOCK)]
        start = max(stop, start + 1)
    return blocks


def _honoured(forms: Sequence[str], language: str, titles: Set[str]) -> set[int]:
    """Where a surname stands, known word or not: "Herr Koch"."""
    honorifics = frozenset(HONORIFICS.get(language, "").split())
    offices = titles | frozenset(OFFICES.get(language, "").split())
    return {
        i
        for i in range(1, len(forms))
        if forms[i - 1] in honorifics
        and is_name_like(forms[i])
        and forms[i][1:].islower()
        and forms[i] not in offices
    }


def _in_name(
    forms: Sequence[str], ids: Sequence[int], judge: Judge, i: int, headline: bool
) -> bool:
    if not is_name_like(forms[i]) or ids[i] == NUMBER_ID:
        return False
    if ids[i] == UNKNOWN_ID:
        return True
    if headline or judge.is_noun(i, known=True):
        return False
    if not begins_anew(forms, i) or is_name_like(judge.vocabulary.words[ids[i]]):
        return True
    # A capital that is due to the place says little; a common word is hardly part of a name.
    name_follows = i + 1 < len(forms) and ids[i + 1] == UNKNOWN_ID and is_name_like(forms[i + 1])
    return name_follows and ids[i] > COMMON
