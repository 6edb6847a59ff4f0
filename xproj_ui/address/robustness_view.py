"""What is swept on the robustness page, and what is looked at."""

from __future__ import annotations

from dataclasses import dataclass, replace

from xproj_core.answers.choice import parse_choices
from xproj_core.answers.many_items import Given
from xproj_core.domain.defaults import DEFAULT_METHODS, DEFAULT_PROJECTOR, NOISE_RATES
from xproj_core.examples import dataset as example
from xproj_core.methods import Mode
from xproj_core.robustness.plan import NOISES, SENTENCES, Plan
from xproj_core.runs.configuration import RunConfiguration

EXAMPLE = example.ID


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
    projector: str = DEFAULT_PROJECTOR
    pivot: str | None = "fr"
    translations: bool = True
    labels: bool = True
    noises: tuple[str, ...] = NOISES
    rates: tuple[float, ...] = NOISE_RATES
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


def without_look(view: View) -> View:
    """The same sweep, with nothing looked at."""
    return replace(view, at=None, sentence=None)
