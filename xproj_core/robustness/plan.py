"""What a sweep is asked for: systems as of a run, noises, rates, seeds, how many sentences."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from xproj_core.domain import codec
from xproj_core.domain.defaults import NOISE_RATES, NOISE_SEEDS
from xproj_core.domain.errors import InputError
from xproj_core.domain.item import Item
from xproj_core.models.protocols import Engine
from xproj_core.noise.labels import LABELS
from xproj_core.robustness.counts import Tally
from xproj_core.robustness.results import Results, results
from xproj_core.robustness.sweep import Sweep, combined
from xproj_core.runs import run_signature
from xproj_core.runs.configuration import RunConfiguration

SENTENCES = 200
NOISES = ("drop-links", "add-links", "miss-labels")
Load = Callable[[str], Engine]


@dataclass(frozen=True)
class Plan:
    """One sweep, whatever it is run over.

    Attributes:
        configuration: the systems, of one engine.
        noises: each written as for `sweep.combined`.
        sentences: the first so many are used; 0 for all.
    """

    configuration: RunConfiguration
    noises: tuple[str, ...] = NOISES
    rates: tuple[float, ...] = NOISE_RATES
    seeds: tuple[int, ...] = NOISE_SEEDS
    sentences: int = SENTENCES

    def checked(self) -> Plan:
        """The same in its usual form; loads nothing.

        Raises:
            XProjError: something in it cannot be run; the message says what.
        """
        if len(self.configuration.engines) != 1:
            raise InputError("A sweep runs one engine. Choose one.")
        if self.sentences < 0:
            raise InputError(f"The number of sentences cannot be {self.sentences}.")
        for noise in self.noises:
            for rate in self.rates or (0.1,):
                combined(noise, rate, 0)
        return Plan(
            self.configuration.checked(),
            tuple(dict.fromkeys(self.noises)),
            tuple(sorted({float(r) for r in self.rates if r})),
            tuple(dict.fromkeys(self.seeds)),
            self.sentences,
        )

    def items(self, items: Iterable[Item]) -> Iterator[Item]:
        """Those that are used, with the labels that count."""
        some = islice(items, self.sentences) if self.sentences else iter(items)
        return map(self.configuration.item, some)

    def sweep(
        self,
        load: Load,
        labels: Sequence[str] = LABELS,
        progress: Callable[[int], None] | None = None,
    ) -> Sweep:
        """The sweep; `labels` are the dataset's."""
        (job,) = self.configuration.jobs(load)
        known = [self.configuration.labels.get(label, label) for label in labels]
        used = tuple(dict.fromkeys(label for label in known if label)) or LABELS
        return Sweep(job, self.noises, self.rates, self.seeds, used, progress=progress)

    def signature(self, data: str) -> str:
        """What the figures were made with, in a line; `data` as of `run_signature.data_hash`."""
        signed = run_signature.as_line(run_signature.sign(self.configuration, data))
        noises = "|".join(
            (
                f"noises:{'/'.join(self.noises)}",
                f"rates:{','.join(f'{r:g}' for r in self.rates)}",
                f"seeds:{','.join(map(str, self.seeds))}",
            )
        )
        return f"{signed}|{noises}"

    def key(self, data: str) -> str:
        """12 hex digits that name this sweep over these data."""
        text = json.dumps(codec.to_json(self), sort_keys=True)
        return hashlib.sha256(f"{data}\n{text}".encode()).hexdigest()[:12]

    def results(self, tally: Tally, data: str) -> Results:
        """The figures so far."""
        return results(tally, self.signature(data))
