"""Everything that defines what the robustness page shows, and how it stands in an address.

Parameters begin with "r."; nothing that equals its default is written.

r.data                  "example", or the id of a dataset
r.engine, r.methods, r.projector, r.via     the systems; methods as on the command line
r.mode                  "label" the target, or "translate" the labelled source
r.given                 what is taken from the data: "translations", "labels", "both", "nothing"
r.noise                 noises, ";" between
r.rates, r.seeds, r.n   rates with commas between, number of seeds, number of sentences
r.at, r.s               the condition and system whose sentences are looked at; the sentence
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from xproj_core.answers.choice import parse_choices
from xproj_core.answers.many_items import Given
from xproj_core.answers.one_sentence import DEFAULT_METHODS
from xproj_core.domain import languages
from xproj_core.domain.errors import InputError, XProjError
from xproj_core.examples import dataset as example
from xproj_core.methods import Mode
from xproj_core.noise import noises as known_noises
from xproj_core.project import projectors
from xproj_core.robustness.plan import NOISES, SENTENCES, Plan
from xproj_core.robustness.sweep import RATES, combined
from xproj_core.runs.configuration import RunConfiguration

EXAMPLE = example.ID
PREFIX = "r."
MOST_SEEDS = 20
_GIVEN = {
    (True, True): "both",
    (True, False): "translations",
    (False, True): "labels",
    (False, False): "nothing",
}


@dataclass(frozen=True)
class At:
    """A system under one condition."""

    noise: str
    rate: float
    seed: int
    system: str

    def __str__(self) -> str:
        return f"{self.noise}={self.rate:g}/{self.seed}/{self.system}"


@dataclass(frozen=True)
class View:
    """What is swept, and what is looked at.

    Attributes:
        translations, labels: what is taken from the data where they have it.
        seeds: how many.
        sentences: the first so many; 0 for all.
        at: the condition and system whose sentences are looked at.
        sentence: number of the one that is open.
    """

    data: str = EXAMPLE
    mode: Mode = Mode.LABEL
    engine: str = "mini"
    methods: tuple[str, ...] = DEFAULT_METHODS
    projector: str = "match-exact"
    pivot: str | None = "fr"
    translations: bool = True
    labels: bool = True
    noises: tuple[str, ...] = NOISES
    rates: tuple[float, ...] = RATES
    seeds: int = 3
    sentences: int = SENTENCES
    at: At | None = None
    sentence: int | None = None

    def plan(self, source: str, target: str) -> Plan:
        """The sweep, checked.

        Raises:
            XProjError: it cannot be run; the message says why.
        """
        configuration = RunConfiguration(
            source,
            target,
            self.pivot,
            self.mode,
            engines=(self.engine,),
            methods=parse_choices(",".join(self.methods), "method"),
            projectors=parse_choices(self.projector, "projector"),
            given=Given(self.translations or self.mode is Mode.TRANSLATE, self.labels),
        )
        seeds = tuple(range(1, self.seeds + 1))
        return Plan(configuration, self.noises, self.rates, seeds, self.sentences).checked()


def encode(view: View) -> dict[str, str]:
    """The parameters of `view`; none for the start view."""
    start = View()
    written = {
        "data": view.data,
        "mode": view.mode.value,
        "engine": view.engine,
        "methods": ",".join(view.methods),
        "projector": view.projector,
        "via": view.pivot or "none",
        "given": _GIVEN[view.translations, view.labels],
        "noise": ";".join(view.noises),
        "rates": ",".join(f"{r:g}" for r in view.rates),
        "seeds": str(view.seeds),
        "n": str(view.sentences),
        "at": str(view.at) if view.at else "",
        "s": "" if view.sentence is None else str(view.sentence + 1),
    }
    if view == start:
        return {}
    plain = encode_defaults()
    return {PREFIX + k: v for k, v in written.items() if v != plain[k]} or {
        PREFIX + "data": view.data
    }


def encode_defaults() -> dict[str, str]:
    """What each parameter is where it is not written."""
    start = View()
    return {
        "data": start.data,
        "mode": start.mode.value,
        "engine": start.engine,
        "methods": ",".join(start.methods),
        "projector": start.projector,
        "via": start.pivot or "none",
        "given": "both",
        "noise": ";".join(start.noises),
        "rates": ",".join(f"{r:g}" for r in start.rates),
        "seeds": str(start.seeds),
        "n": str(start.sentences),
        "at": "",
        "s": "",
    }


def decode(parameters: Mapping[str, str]) -> tuple[View, tuple[str, ...]]:
    """The view an address stands for, and a sentence for each parameter that was left out."""
    problems: list[str] = []
    start = View()

    def read(key: str, convert: Callable[[str], Any], default: Any) -> Any:
        text = parameters.get(PREFIX + key)
        if text is None:
            return default
        try:
            return convert(text)
        except (XProjError, ValueError) as error:
            reason = f": {error}" if isinstance(error, XProjError) else "."
            problems.append(f"The link's {PREFIX}{key}={text[:40]!r} was left out{reason}")
            return default

    given = read("given", _given, (True, True))
    view = View(
        data=read("data", str, start.data),
        mode=read("mode", Mode, start.mode),
        engine=read("engine", str, start.engine),
        methods=read("methods", _methods, start.methods),
        projector=read("projector", projectors.usable_name, start.projector),
        pivot=read("via", lambda v: None if v == "none" else languages.normalise(v), start.pivot),
        translations=given[0],
        labels=given[1],
        noises=read("noise", _noises, start.noises),
        rates=read("rates", _rates, start.rates),
        seeds=read("seeds", lambda v: _whole(v, 1, MOST_SEEDS), start.seeds),
        sentences=read("n", lambda v: _whole(v, 0), start.sentences),
        at=read("at", _at, None),
        sentence=read("s", lambda v: _whole(v, 1) - 1, None),
    )
    known = {PREFIX + k for k in encode_defaults()}
    strange = [k[:40] for k in parameters if k.startswith(PREFIX) and k not in known]
    if strange:
        problems.append(f"The link has parameters that mean nothing here: {', '.join(strange)}.")
    return view, tuple(problems)


def without_look(view: View) -> View:
    """The same sweep, with nothing looked at."""
    return replace(view, at=None, sentence=None)


def _given(text: str) -> tuple[bool, bool]:
    for key, name in _GIVEN.items():
        if name == text:
            return key
    raise InputError(f"it is one of {', '.join(_GIVEN.values())}.")


def _methods(text: str) -> tuple[str, ...]:
    return tuple(str(choice) for choice in parse_choices(text, "method"))


def _noises(text: str) -> tuple[str, ...]:
    found = tuple(part for part in text.split(";") if part.strip())
    for one in found:
        combined(one, 0.1, 0)
    if not found:
        raise InputError(f"it names none. There are {', '.join(known_noises.names())}.")
    return found


def _rates(text: str) -> tuple[float, ...]:
    found = tuple(sorted({float(part) for part in text.split(",")}))
    if not all(0 < rate <= 1 for rate in found):
        raise InputError("rates lie between 0 and 1.")
    return found


def _whole(text: str, least: int, most: int = 10**9) -> int:
    number = int(text)
    if not least <= number <= most:
        raise InputError(
            f"it must be at least {least}" + (f" and at most {most}." if most < 10**9 else ".")
        )
    return number


def _at(text: str) -> At:
    condition, seed, system = text.split("/", 2)
    noise, _, rate = condition.rpartition("=")
    combined(noise, float(rate), int(seed))
    return At(noise, float(rate), int(seed), system)
