"""Degradation curves, the area under them, and where one method overtakes another.

Intervals are percentile intervals of 95 % over resampled sentences and resampled seeds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from xproj_core.answers.choice import Choice
from xproj_core.answers.system import System
from xproj_core.domain.arrays import Matrix, Vector
from xproj_core.noise.base import draws
from xproj_core.robustness.counts import CLEAN, Condition, Tally, f1

LEVEL = 0.95
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Point:
    """A system at one rate of a noise.

    Attributes:
        f1: mean over the seeds.
        seeds: F1 of each seed.
        precision, recall: means over the seeds.
        gain: F1 over that of the baseline at this rate, on the same resamples; None where
            the system is the baseline or has none.
        problems: sentences without an answer, mean over the seeds.
    """

    rate: float
    f1: Estimate
    seeds: tuple[float, ...]
    precision: float
    recall: float
    gain: Estimate | None = None
    problems: float = 0.0


@dataclass(frozen=True, slots=True)
class Curve:
    """A system under a growing noise.

    Attributes:
        points: by rate, the clean one first.
        area: mean F1 over the range of rates (trapezoids).
        relative: the area in shares of the clean F1: what is kept.
    """

    noise: str
    system: str
    points: tuple[Point, ...]
    area: Estimate
    relative: Estimate


@dataclass(frozen=True, slots=True)
class Overtaking:
    """Whether and where a system overtakes its baseline.

    Attributes:
        rate: where the curves first cross, by linear interpolation, 0 where the system leads
            from the beginning; None where it never does within the rates.
        low, high: interval of that rate; None stands for never.
        share: of the resamples, in how many it happens at all.
        ahead: of the resamples, in how many it already leads without noise.
    """

    noise: str
    system: str
    baseline: str
    rate: float | None
    low: float | None
    high: float | None
    share: float
    ahead: float


def curves(tally: Tally) -> list[Curve]:
    """One per noise and system, in order."""
    all_curves = []
    for noise in _noises(tally):
        rates = _rates(tally, noise)
        for system in tally.systems:
            values = _values(tally, noise, system)
            area = np.asarray(np.trapezoid(values, rates, axis=0)) / (rates[-1] - rates[0])
            clean = np.where(values[0] > 0, values[0], np.nan)
            all_curves.append(
                Curve(
                    noise,
                    system,
                    _points(tally, noise, system, rates, values),
                    _estimate(area),
                    _estimate(np.nan_to_num(area / clean)),
                )
            )
    return all_curves


def overtakings(tally: Tally) -> list[Overtaking]:
    """For each noise and each system that has a baseline."""
    comparisons = []
    for noise in _noises(tally):
        rates = _rates(tally, noise)
        for system in tally.systems:
            base = baseline(system, tally.systems)
            if base is None:
                continue
            lead = _values(tally, noise, system) - _values(tally, noise, base)
            where = np.array([crossing(rates, lead[:, b]) for b in range(lead.shape[1])])
            low, high = _interval(where[1:])
            comparisons.append(
                Overtaking(
                    noise,
                    system,
                    base,
                    _finite(where[0]),
                    _finite(low),
                    _finite(high),
                    float(np.isfinite(where[1:]).mean()),
                    float((lead[0, 1:] > _ROUNDING).mean()),
                )
            )
    return comparisons


def baseline(system: str, systems: Sequence[str]) -> str | None:
    """The direct method with the same projector (and engine); None for that one itself."""
    direct = str(replace(System.parse(system), method=Choice("direct")))
    return direct if direct != system and direct in systems else None


def crossing(rates: Sequence[float], lead: Vector[np.float64]) -> float:
    """The rate from which `lead` is above 0 for the first time, infinity where it never is."""
    if lead[0] > _ROUNDING:
        return 0.0
    for k in range(1, len(rates)):
        if lead[k] > _ROUNDING:
            before, after = lead[k - 1], lead[k]
            share = max(0.0, -before) / (after - min(0.0, before))
            return float(rates[k - 1] + share * (rates[k] - rates[k - 1]))
    return float("inf")


def _noises(tally: Tally) -> list[str]:
    return list(dict.fromkeys(c.noise for c in tally.counts if c.noise))


def _rates(tally: Tally, noise: str) -> list[float]:
    return [0.0, *sorted({c.rate for c in tally.counts if c.noise == noise})]


def _at(tally: Tally, noise: str, rate: float) -> list[Condition]:
    if not rate:
        return [CLEAN]
    return [c for c in tally.counts if c.noise == noise and c.rate == rate]


def _values(tally: Tally, noise: str, system: str) -> Matrix[np.float64]:
    """(rates, replicates + 1) F1: means over the seeds, which are resampled as well.

    The same seeds are drawn for every system and rate, so that differences are paired.
    """
    rows = []
    for rate in _rates(tally, noise):
        each = np.stack([f1(tally.counts[c][system]) for c in _at(tally, noise, rate)])
        chosen = draws("seeds", 0, noise).randint(0, len(each), (len(each), each.shape[1] - 1))
        resampled = np.take_along_axis(each[:, 1:], chosen, axis=0).mean(axis=0)
        rows.append(np.concatenate([[each[:, 0].mean()], resampled]))
    return np.stack(rows)


def _points(
    tally: Tally, noise: str, system: str, rates: Sequence[float], values: Matrix[np.float64]
) -> tuple[Point, ...]:
    base = baseline(system, tally.systems)
    lead = None if base is None else values - _values(tally, noise, base)
    points = []
    for k, rate in enumerate(rates):
        conditions = _at(tally, noise, rate)
        raw = np.stack([tally.counts[c][system][0] for c in conditions])
        points.append(
            Point(
                rate,
                _estimate(values[k]),
                tuple(float(v) for v in f1(raw)),
                _share(raw[:, 2], raw[:, 1]),
                _share(raw[:, 2], raw[:, 0]),
                None if lead is None else _estimate(lead[k]),
                float(np.mean([tally.problems[c][system] for c in conditions])),
            )
        )
    return tuple(points)


def _share(part: Vector[np.float64], total: Vector[np.float64]) -> float:
    return float(np.divide(part, total, out=np.zeros_like(part), where=total > 0).mean())


def _estimate(values: Vector[np.float64]) -> Estimate:
    low, high = _interval(values[1:])
    return Estimate(float(values[0]), low, high)


def _interval(replicates: Vector[np.float64]) -> tuple[float, float]:
    """Percentiles, by observed values: infinities have to come through."""
    tail = (1 - LEVEL) / 2
    ordered = np.sort(replicates)
    last = len(ordered) - 1
    return float(ordered[int(np.floor(tail * last))]), float(
        ordered[int(np.ceil((1 - tail) * last))]
    )


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
