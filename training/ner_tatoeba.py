"""Tatoeba sentences as training data: the few names they hold are known, and get replaced.

A sentence is used when every capital letter in its English side is explained, by the sentence
start, by a word that is no entity ("I", "Monday", "French"), or by one of the few first names and
places that Tatoeba uses over and over. Those names become slots; a sentence without any is a
sentence without entities. The other language's side then has the same names and no more.
"""

from __future__ import annotations

import json
import zipfile
from functools import cache
from pathlib import Path

from xproj_core.text.tokenise import tokenise

Slots = tuple[str, ...]
"""Words of a sentence, a name being `{PER}` or `{LOC}`."""

ARCHIVES = {"de": "deu-eng.zip", "fr": "fra-eng.zip", "es": "spa-eng.zip"}

_KNOWN = json.loads((Path(__file__).parent / "names/tatoeba.json").read_text(encoding="utf-8"))
_PEOPLE = frozenset(_KNOWN["people"].split())
_PLACES = {language: frozenset(names.split()) for language, names in _KNOWN["places"].items()}
_NO_ENTITY = frozenset(_KNOWN["no_entity"].split())


def load(folder: Path, language: str, limit: int) -> list[Slots]:
    """Sentences with slots in `language` ("en" reads the German archive's English side).

    Sentences come in file order, thinned evenly to `limit`.
    """
    pairs = _pairs(folder / ARCHIVES.get(language, ARCHIVES["de"]))
    lines: dict[str, None] = {}
    for english, other in pairs:
        lines.setdefault(english if language == "en" else f"{english}\t{other}")
    rows = list(lines)
    step = max(1, len(rows) // (limit * 2))
    sentences: list[Slots] = []
    for row in rows[::step]:
        english, _, other = row.partition("\t")
        source = _english_slots(english)
        slots = source if language == "en" else _other_slots(other, language, source)
        if slots is not None:
            sentences.append(slots)
    return sentences[:limit]


def _pairs(archive: Path) -> list[tuple[str, str]]:
    with zipfile.ZipFile(archive) as zipped:
        name = next(
            n
            for n in zipped.namelist()
            if n.endswith(".txt") and not Path(n).name.startswith("_") and "__MACOSX" not in n
        )
        lines = zipped.read(name).decode("utf-8").splitlines()
    cells = [line.split("\t") for line in lines]
    return [(c[0], c[1]) for c in cells if len(c) > 1]


@cache
def _english_slots(text: str) -> Slots | None:
    words = tokenise(text, "en").tokens
    slots: list[str] = []
    start = True
    for word in words:
        if word in _PEOPLE:
            slots.append("{PER}")
        elif word in _PLACES["en"]:
            slots.append("{LOC}")
        elif word[0].isupper() and not start and word not in _NO_ENTITY:
            return None
        else:
            slots.append(word)
        start = not word[0].isalnum() and word != ","
    return tuple(slots)


def _other_slots(text: str, language: str, english: Slots | None) -> Slots | None:
    if english is None:
        return None
    words = tokenise(text, language).tokens
    slots = tuple(
        "{PER}" if w in _PEOPLE else "{LOC}" if w in _PLACES[language] else w for w in words
    )
    same = all(slots.count(s) == english.count(s) for s in ("{PER}", "{LOC}"))
    return slots if same else None
