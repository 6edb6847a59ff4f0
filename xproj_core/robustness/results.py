"""A sweep's figures as JSON, CSV and a table for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from xproj_core.robustness.counts import Changed, Tally
from xproj_core.robustness.curves import (
    Curve,
    Estimate,
    Overtaking,
    curves,
    overtakings,
)
from xproj_core.tables.csv_table import csv_of

INDEPENDENT = (
    "Every alignment gets noise of its own, so a detour is an independent second look. A real"
    " aligner repeats its errors: what a detour gains here is an upper bound."
)
"""What a reader has to know of every crossing."""


@dataclass(frozen=True, slots=True)
class Results:
    """What a sweep found.

    Attributes:
        signature: what it was made with, in a line.
        sentences: how many were scored.
        broken: the first sentences that noise changed, by `place`, as of `Tally.broken`.
    """

    signature: str
    sentences: int
    curves: tuple[Curve, ...]
    overtakings: tuple[Overtaking, ...]
    broken: Mapping[str, tuple[Changed, ...]] = field(default_factory=dict)

    @property
    def noises(self) -> tuple[str, ...]:
        """In order."""
        return tuple(dict.fromkeys(c.noise for c in self.curves))

    @property
    def systems(self) -> tuple[str, ...]:
        """In order."""
        return tuple(dict.fromkeys(c.system for c in self.curves))

    def curve(self, noise: str, system: str) -> Curve:
        """One of them."""
        return next(c for c in self.curves if (c.noise, c.system) == (noise, system))


def results(tally: Tally, signature: str) -> Results:
    """The figures of a tally."""
    broken = {
        place(*condition, system): tuple(changes)
        for condition, systems in tally.broken.items()
        for system, changes in systems.items()
    }
    return Results(
        signature, tally.sentences, tuple(curves(tally)), tuple(overtakings(tally)), broken
    )


def place(noise: str, rate: float, seed: int, system: str) -> str:
    """The name of a system under one condition."""
    return f"{noise}={rate:g}/{seed}/{system}"


COLUMNS = (
    "noise",
    "system",
    "rate",
    "f1",
    "f1_low",
    "f1_high",
    "precision",
    "recall",
    "gain",
    "gain_low",
    "gain_high",
    "area",
    "area_low",
    "area_high",
    "problems",
    "sentences",
    "signature",
)


def rows(results: Results) -> Iterator[dict[str, str | float | None]]:
    """One row per noise, system and rate."""
    for curve in results.curves:
        for p in curve.points:
            gain = p.gain
            yield {
                "noise": curve.noise,
                "system": curve.system,
                "rate": p.rate,
                "f1": p.f1.value,
                "f1_low": p.f1.low,
                "f1_high": p.f1.high,
                "precision": p.precision,
                "recall": p.recall,
                "gain": None if gain is None else gain.value,
                "gain_low": None if gain is None else gain.low,
                "gain_high": None if gain is None else gain.high,
                "area": curve.area.value,
                "area_low": curve.area.low,
                "area_high": curve.area.high,
                "problems": p.problems,
                "sentences": results.sentences,
                "signature": results.signature,
            }


def as_csv(results: Results) -> str:
    """All rows."""
    return csv_of(COLUMNS, ([row[name] for name in COLUMNS] for row in rows(results)))


def as_table(results: Results) -> str:
    """Markdown: a table per noise, F1 in per cent with its interval, then who overtakes."""
    blocks = []
    for noise in results.noises:
        rates = [p.rate for p in results.curve(noise, results.systems[0]).points]
        lines = [
            f"### {noise}",
            "",
            "| system | "
            + " | ".join("clean" if not r else f"{r:g}" for r in rates)
            + " | area | kept |",
            "|---|" + "---|" * (len(rates) + 2),
        ]
        for system in results.systems:
            curve = results.curve(noise, system)
            cells = [percent(p.f1) for p in curve.points]
            cells += [percent(curve.area), f"{100 * curve.relative.value:.0f} %"]
            lines.append(f"| {system} | " + " | ".join(cells) + " |")
        sentences = [overtaking(o) for o in results.overtakings if o.noise == noise]
        caveat = [INDEPENDENT] if sentences else []
        blocks.append("\n".join([*lines, "", *sentences, *caveat]).rstrip())
    return "\n\n".join([*blocks, f"{results.sentences:,} sentences. {results.signature}", ""])


def percent(estimate: Estimate) -> str:
    """ "55.0 [53.1, 57.2]"."""
    return f"{100 * estimate.value:.1f} [{100 * estimate.low:.1f}, {100 * estimate.high:.1f}]"


def overtaking(crossing: Overtaking) -> str:
    """A sentence about one system and its baseline, with their full names."""
    about = describe_crossing(crossing)
    if about == _NEVER:
        return f"{crossing.system} never overtakes {crossing.baseline}."
    return f"{crossing.system} against {crossing.baseline}: {about}"


_NEVER = "never."


def describe_crossing(crossing: Overtaking) -> str:
    """Whether and where a system overtakes its baseline, without their names."""
    sure = f"in {100 * crossing.share:.0f} % of the resamples"
    if crossing.rate is None:
        return _NEVER if crossing.share <= 0.025 else f"not here, though {sure} it does."
    if crossing.rate == 0 and crossing.ahead >= 0.5:
        return f"leads from the start (in {100 * crossing.ahead:.0f} % of the resamples)."
    low = "0" if crossing.low is None else f"{crossing.low:.2g}"
    high = "never" if crossing.high is None else f"{crossing.high:.2g}"
    where = (
        f"at a rate of {crossing.rate:.2g}" if crossing.rate else "as soon as there is any noise"
    )
    return f"{where} [{low}, {high}], {sure}."
