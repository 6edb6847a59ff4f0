"""Tatoeba sentences as training data: the few names they hold are known, and get replaced.

A sentence is used when every capital letter in its English side is explained, by the sentence
start, by a word that is no entity ("I", "Monday", "French"), or by one of the few first names and
places that Tatoeba uses over and over. Those names become slots; a sentence without any is a
sentence without entities. The other language's side then has the same names and no more.
"""

from __future__ import annotations

import zipfile
from functools import cache
from pathlib import Path

from xproj_core.text.tokenise import tokenise

Slots = tuple[str, ...]
"""Words of a sentence, a name being `{PER}` or `{LOC}`."""

ARCHIVES = {"de": "deu-eng.zip", "fr": "fra-eng.zip", "es": "spa-eng.zip"}

_PEOPLE = frozenset(
    [
        "Tom",
        "Mary",
        "John",
        "Bob",
        "Jim",
        "Bill",
        "Ken",
        "Jack",
        "Kate",
        "Mike",
        "Jane",
        "Nancy",
        "Alice",
        "Susan",
        "George",
        "Tony",
        "Emily",
        "Ann",
        "Jean",
        "Jackson",
        "Maria",
        "Marie",
        "María",
        "Johannes",
        "Jean",
        "Juan",
        "Thomas",
        "Tomás",
        "Linda",
        "Betty",
        "Peter",
        "Paul",
    ]
)
_PLACES_EN = frozenset(
    [
        "Boston",
        "Australia",
        "Japan",
        "Tokyo",
        "London",
        "Paris",
        "Germany",
        "France",
        "America",
        "Canada",
        "China",
        "Italy",
        "Chicago",
        "Osaka",
        "Kyoto",
        "Berlin",
        "Europe",
        "Spain",
        "England",
        "Russia",
        "Rome",
        "Africa",
        "India",
        "Mexico",
        "Brazil",
        "Egypt",
        "Greece",
        "Switzerland",
        "Austria",
        "Korea",
        "Moscow",
        "Vienna",
        "Hawaii",
        "California",
        "Texas",
        "Kobe",
        "Nagoya",
        "Madrid",
    ]
)
_PLACES = {
    "en": _PLACES_EN,
    "de": frozenset(
        [
            "Boston",
            "Australien",
            "Japan",
            "Tokio",
            "Tokyo",
            "London",
            "Paris",
            "Deutschland",
            "Frankreich",
            "Amerika",
            "Kanada",
            "China",
            "Italien",
            "Chicago",
            "Osaka",
            "Kyoto",
            "Kyōto",
            "Ōsaka",
            "Berlin",
            "Europa",
            "Spanien",
            "England",
            "Russland",
            "Rom",
            "Afrika",
            "Indien",
            "Mexiko",
            "Brasilien",
            "Ägypten",
            "Griechenland",
            "Österreich",
            "Korea",
            "Moskau",
            "Wien",
            "Hawaii",
            "Kalifornien",
            "Texas",
            "Kobe",
            "Nagoya",
            "Madrid",
        ]
    ),
    "fr": frozenset(
        [
            "Boston",
            "Australie",
            "Japon",
            "Tokyo",
            "London",
            "Londres",
            "Paris",
            "Allemagne",
            "France",
            "Amérique",
            "Canada",
            "Chine",
            "Italie",
            "Chicago",
            "Osaka",
            "Kyoto",
            "Berlin",
            "Europe",
            "Espagne",
            "Angleterre",
            "Russie",
            "Rome",
            "Afrique",
            "Inde",
            "Mexique",
            "Brésil",
            "Égypte",
            "Grèce",
            "Suisse",
            "Autriche",
            "Corée",
            "Moscou",
            "Vienne",
            "Hawaï",
            "Californie",
            "Texas",
            "Kobe",
            "Nagoya",
            "Madrid",
        ]
    ),
    "es": frozenset(
        [
            "Boston",
            "Australia",
            "Japón",
            "Tokio",
            "Londres",
            "París",
            "Alemania",
            "Francia",
            "América",
            "Canadá",
            "China",
            "Italia",
            "Chicago",
            "Osaka",
            "Kioto",
            "Kyoto",
            "Berlín",
            "Europa",
            "España",
            "Inglaterra",
            "Rusia",
            "Roma",
            "África",
            "India",
            "México",
            "Brasil",
            "Egipto",
            "Grecia",
            "Suiza",
            "Austria",
            "Corea",
            "Moscú",
            "Viena",
            "Hawái",
            "California",
            "Texas",
            "Kobe",
            "Nagoya",
            "Madrid",
        ]
    ),
}
_NO_ENTITY = frozenset(
    [
        "I",
        "I'm",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Christmas",
        "Easter",
        "English",
        "French",
        "German",
        "Japanese",
        "Spanish",
        "Chinese",
        "Italian",
        "Russian",
        "American",
        "Americans",
        "Latin",
        "Greek",
        "Internet",
        "TV",
        "CD",
        "DVD",
        "OK",
        "Mr",
        "Mrs",
        "Miss",
        "Mr.",
        "Mrs.",
        "Ms.",
        "Dr.",
        "Dr",
        "God",
        "Bible",
        "Halloween",
        "Korean",
        "British",
        "Canadian",
        "Australian",
        "European",
        "PC",
        "Esperanto",
        "Catholic",
        "Muslim",
        "Christian",
        "Jewish",
        "DNA",
        "UFO",
        "ATM",
    ]
)


def load(folder: Path, language: str, limit: int) -> list[Slots]:
    """Sentences with slots in `language` ("en" reads the German archive's English side).

    Sentences come in file order, thinned evenly to `limit`.
    """
    pairs = _pairs(folder / ARCHIVES.get(language, ARCHIVES["de"]))
    seen: dict[str, None] = {}
    for english, other in pairs:
        seen.setdefault(english if language == "en" else f"{english}\t{other}")
    rows = list(seen)
    step = max(1, len(rows) // (limit * 2))
    found: list[Slots] = []
    for row in rows[::step]:
        english, _, other = row.partition("\t")
        source = _english_slots(english)
        slots = source if language == "en" else _other_slots(other, language, source)
        if slots is not None:
            found.append(slots)
    return found[:limit]


def _pairs(archive: Path) -> list[tuple[str, str]]:
    with zipfile.ZipFile(archive) as zipped:
        name = next(
            n for n in zipped.namelist() if n.endswith(".txt") and not Path(n).name.startswith("_")
            and "__MACOSX" not in n
        )  # fmt: skip
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
        elif word in _PLACES_EN:
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
