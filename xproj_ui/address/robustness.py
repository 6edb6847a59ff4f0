"""The robustness page: what is swept, and the sentence that is looked at.

Its parameters begin with "r."; a parameter that makes no sense is left out and named.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from xproj_core.answers.choice import parse_choices
from xproj_core.domain import languages
from xproj_core.domain.errors import InputError
from xproj_core.domain.limits import MAX_NOISE_SEEDS
from xproj_core.methods import Mode
from xproj_core.noise import noises as known_noises
from xproj_core.project import projectors
from xproj_core.robustness.sweep import combined
from xproj_ui.address import declaration
from xproj_ui.address.declaration import QueryParameter, Reader
from xproj_ui.address.robustness_view import At, View

PREFIX = "r."
_GIVEN = {
    (True, True): "both",
    (True, False): "translations",
    (False, True): "labels",
    (False, False): "nothing",
}


def _parse_given(text: str) -> tuple[bool, bool]:
    for flags, name in _GIVEN.items():
        if name == text:
            return flags
    raise InputError(f"it is one of {', '.join(_GIVEN.values())}.")


def _methods(text: str) -> tuple[str, ...]:
    return tuple(str(choice) for choice in parse_choices(text, "method"))


def _projector(text: str) -> str:
    return projectors.usable_name(text)


def _pivot(text: str) -> str | None:
    return None if text == "none" else languages.normalise(text)


def _noises(text: str) -> tuple[str, ...]:
    names = tuple(part for part in text.split(";") if part.strip())
    for name in names:
        combined(name, 0.1, 0)
    if not names:
        raise InputError(f"it names none. There are {', '.join(known_noises.names())}.")
    return names


def _rates(text: str) -> tuple[float, ...]:
    rates = tuple(sorted({float(part) for part in text.split(",")}))
    if not all(0 < rate <= 1 for rate in rates):
        raise InputError("rates lie between 0 and 1.")
    return rates


def _write_rates(rates: tuple[float, ...]) -> str:
    return ",".join(f"{rate:g}" for rate in rates)


def _integer_parser(least: int, most: int | None = None) -> Callable[[str], int]:
    bounds = f"at least {least}" + (f" and at most {most}" if most else "")

    def parse(text: str) -> int:
        number = int(text)
        if not least <= number <= (most or 10**9):
            raise InputError(f"it must be {bounds}.")
        return number

    return parse


def _at(text: str) -> At:
    condition, seed, system = text.split("/", 2)
    noise, _, rate = condition.rpartition("=")
    combined(noise, float(rate), int(seed))
    return At(noise, float(rate), int(seed), system)


_START = View()
_TAKEN = (_START.translations, _START.labels)
DATA = QueryParameter("r.data", "“example”, or a dataset's id", _START.data)
AT = QueryParameter("r.at", "the condition and system that are looked at", None, _at)
GIVEN = QueryParameter("r.given", "taken from the data", _TAKEN, _parse_given, lambda v: _GIVEN[v])
_FIELDS: dict[str, QueryParameter] = {
    "data": DATA,
    "mode": QueryParameter("r.mode", "“label” or “translate”", _START.mode, Mode, str),
    "engine": QueryParameter("r.engine", "by its name", _START.engine),
    "methods": QueryParameter(
        "r.methods", "as on the command line", _START.methods, _methods, ",".join
    ),
    "projector": QueryParameter("r.projector", "by its name", _START.projector, _projector),
    "pivot": QueryParameter("r.via", "the pivot", _START.pivot, _pivot, lambda v: v or "none"),
    "noises": QueryParameter("r.noise", "with “;” between", _START.noises, _noises, ";".join),
    "rates": QueryParameter("r.rates", "with commas between", _START.rates, _rates, _write_rates),
    "seeds": QueryParameter(
        "r.seeds", "how many", _START.seeds, _integer_parser(1, MAX_NOISE_SEEDS)
    ),
    "sentences": QueryParameter(
        "r.n", "the first so many; 0: all", _START.sentences, _integer_parser(0)
    ),
    "at": AT,
    "sentence": QueryParameter(
        "r.s",
        "the sentence that is open, from 1",
        None,
        lambda text: _integer_parser(1)(text) - 1,
        lambda number: str(number + 1),
    ),
}
DATASET = QueryParameter("dataset", "the dataset, as other pages link here")
PARAMETERS = (*_FIELDS.values(), GIVEN, DATASET)


def encode(view: View) -> dict[str, str]:
    """The parameters of `view`; none for the start view."""
    flags = view.translations, view.labels
    return declaration.encode(
        [(GIVEN, flags), *((p, getattr(view, field)) for field, p in _FIELDS.items())]
    )


def decode(parameters: Mapping[str, str]) -> tuple[View, tuple[str, ...]]:
    """The view an address stands for, and a sentence for each parameter that was left out."""
    reader = Reader(own(parameters))
    translations, labels = reader.read(GIVEN)
    values = {field: reader.read(parameter) for field, parameter in _FIELDS.items()}
    reader.name_unknown()
    return View(**values, translations=translations, labels=labels), tuple(reader.problems)


def own(parameters: Mapping[str, str]) -> dict[str, str]:
    """Those parameters of an address that are this page's."""
    named = {name: text for name, text in parameters.items() if name.startswith(PREFIX)}
    if not named and DATASET.name in parameters:
        return {DATA.name: parameters[DATASET.name]}
    return named


def at(text: str) -> At | None:
    """The condition and system that a point of a curve names."""
    return decode({AT.name: text})[0].at
