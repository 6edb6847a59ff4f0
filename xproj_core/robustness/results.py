"""A sweep's figures as JSON, CSV and a table for a terminal."""

from __future__ import annotations

import csv
import io
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
        place(*condition, system): tuple(found)
        for condition, systems in tally.broken.items()
        for system, found in systems.items()
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


def rows(found: Results) -> Iterator[dict[str, str | float | None]]:
    """One row per noise, system and rate."""
    for curve in found.curves:
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
                "sentences": found.sentences,
                "signature": found.signature,
            }


def as_csv(found: Results) -> str:
    """All rows, numbers to six places."""
    file = io.StringIO()
    writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for row in rows(found):
        writer.writerow(
            {
                k: f"{v:.6g}" if isinstance(v, float) else "" if v is None else v
                for k, v in row.items()
            }
        )
    return file.getvalue()


def as_table(found: Results) -> str:
    """Markdown: a table per noise, F1 in per cent with its interval, then who overtakes."""
    blocks = []
    for noise in found.noises:
        rates = [p.rate for p in found.curve(noise, found.systems[0]).points]
        lines = [
            f"### {noise}",
            "",
            "| system | "
            + " | ".join("clean" if not r else f"{r:g}" for r in rates)
            + " | area | kept |",
            "|---|" + "---|" * (len(rates) + 2),
        ]
        for system in found.systems:
            curve = found.curve(noise, system)
            cells = [percent(p.f1) for p in curve.points]
            cells += [percent(curve.area), f"{100 * curve.relative.value:.0f} %"]
            lines.append(f"| {system} | " + " | ".join(cells) + " |")
        sentences = [overtaking(o) for o in found.overtakings if o.noise == noise]
        blocks.append("\n".join([*lines, "", *sentences]).rstrip())
    return "\n\n".join([*blocks, f"{found.sentences:,} sentences. {found.signature}", ""])


def percent(estimate: Estimate) -> str:
    """ "55.0 [53.1, 57.2]"."""
    return f"{100 * estimate.value:.1f} [{100 * estimate.low:.1f}, {100 * estimate.high:.1f}]"


def overtaking(one: Overtaking) -> str:
    """A sentence about one system and its baseline, with their full names."""
    about = said(one)
    if about == _NEVER:
        return f"{one.system} never overtakes {one.baseline}."
    return f"{one.system} against {one.baseline}: {about}"


_NEVER = "never."


def said(one: Overtaking) -> str:
    """Whether and where a system overtakes its baseline, without their names."""
    sure = f"in {100 * one.share:.0f} % of the resamples"
    if one.rate is None:
        return _NEVER if one.share <= 0.025 else f"not here, though {sure} it does."
    if one.rate == 0 and one.ahead >= 0.5:
        return f"leads from the start (in {100 * one.ahead:.0f} % of the resamples)."
    low = "0" if one.low is None else f"{one.low:.2g}"
    high = "never" if one.high is None else f"{one.high:.2g}"
    where = f"at a rate of {one.rate:.2g}" if one.rate else "as soon as there is any noise"
    return f"{where} [{low}, {high}], {sure}."
