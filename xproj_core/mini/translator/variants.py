"""A known word in place of one that no table has: another ending, another spelling.

"Beschlüsse" is looked up as "Beschluss", "daß" as "dass". What is found is a guess, made only
where the word would else be carried over untranslated.
"""

from __future__ import annotations

from collections.abc import Iterator

from xproj_core.mini.translator.known_words import UNKNOWN_ID, Entries

_ENDINGS: dict[str, tuple[str, ...]] = {
    "de": ("e", "en", "es", "er", "em", "n", "s", "ns"),
    "es": ("s", "es"),
    "fr": ("s", "x", "e", "es"),
    "en": ("s", "es", "'s"),
}
"""Of inflected forms: taken off, or (German) put on. Derivations are other words."""
_PLAIN = str.maketrans("äöü", "aou")
_SHORTEST = 4


def variant(form: str, entries: Entries, language: str) -> int:
    """The entry of a known word that `form` is likely a form of, `UNKNOWN_ID` for none.

    A capitalised word has to be known with its capital; a language without an entry here has
    no variants.
    """
    for other in _candidates(form, language):
        entry = entries.find(other)
        if entry:
            return entry
    return UNKNOWN_ID


def _candidates(form: str, language: str) -> Iterator[str]:
    endings = _ENDINGS.get(language, ())
    spellings = [form]
    if language == "de" and "ß" in form:
        spellings.append(form.replace("ß", "ss"))
        yield spellings[1]
    for word in spellings:
        stems = [word, *(word[: -len(e)] for e in endings if word.endswith(e))]
        for stem in stems:
            if len(stem) < _SHORTEST:
                continue
            if stem != word:
                yield stem
            if language != "de":
                continue
            yield from (stem + e for e in endings if stem + e != form)
            plain = stem[:1] + stem[1:].translate(_PLAIN)
            if plain != stem and stem != word:
                yield plain
