"""What noise does to the systems: saved sweeps over the same data, as curves, areas, crossings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xproj_core.drawing.wording import system_titles
from xproj_core.report.line_chart import Line, Mark, lines
from xproj_core.report.model import Block, Figure, Paragraph
from xproj_core.robustness.curves import Overtaking
from xproj_core.robustness.results import INDEPENDENT, Results, describe_crossing
from xproj_core.tables.table import Cell, Column, Table

_NOTE = (
    "Means over seeds; 95 % intervals over resampled sentences and seeds. Area: mean F1 over the"
    " range of rates; kept: that in shares of the F1 without noise."
)


def robustness(sweeps: Sequence[Results]) -> Iterator[Block]:
    """All of them, one after another."""
    for k, results in enumerate(sweeps):
        if results.curves and results.sentences:
            yield from _sweep(results, f"robustness-{k + 1}" if len(sweeps) > 1 else "robustness")


def _sweep(results: Results, name: str) -> Iterator[Block]:
    titles = system_titles(results.systems)
    rates = [p.rate for p in results.curve(results.noises[0], results.systems[0]).points]
    yield Paragraph(
        f"{results.sentences:,} sentences under {', '.join(results.noises)}, at rates of"
        f" {', '.join(f'{r:g}' for r in rates if r)}."
    )
    for noise in results.noises:
        yield _curves(results, noise, titles)
    yield Table(
        name,
        "F1 as noise grows",
        (
            Column("noise"),
            Column("system"),
            *(
                Column(f"{r:g}" if r else "clean", "percent", "F1 at this rate", shaded=True)
                for r in rates
            ),
            Column("area", "percent", "under the curve"),
            Column("area low", "percent"),
            Column("area high", "percent"),
            Column("kept", "percent"),
        ),
        tuple(
            _row(results, noise, s, titles[s]) for noise in results.noises for s in results.systems
        ),
        _NOTE,
    )
    if results.overtakings:
        yield _crossings(results, f"{name}-crossings", titles)
    yield Paragraph(f"Measured with {results.signature}")


def _curves(results: Results, noise: str, titles: Mapping[str, str]) -> Figure:
    drawn = [
        Line(
            titles[s],
            tuple(
                Mark(p.rate, p.f1.value, p.f1.low, p.f1.high)
                for p in results.curve(noise, s).points
            ),
        )
        for s in results.systems
    ]
    return Figure(
        lines(drawn, f"F1 under {noise}"), f"F1 in per cent under {noise}, by rate.", narrow=True
    )


def _row(results: Results, noise: str, system: str, title: str) -> tuple[Cell, ...]:
    curve = results.curve(noise, system)
    return (
        noise,
        title,
        *(p.f1.value for p in curve.points),
        curve.area.value,
        curve.area.low,
        curve.area.high,
        curve.relative.value,
    )


def _crossings(results: Results, name: str, titles: dict[str, str]) -> Table:
    return Table(
        name,
        "Does a detour overtake direct projection?",
        (
            Column("noise"),
            Column("system"),
            Column("against"),
            Column("rate", "plain", "where the curves first cross; none where they do not"),
            Column("rate low", "plain", "of its 95 % interval; none stands for never"),
            Column("rate high", "plain"),
            Column("happens in", "percent", "share of the resamples"),
            Column("in words"),
        ),
        tuple(_crossing(overtaking, titles) for overtaking in results.overtakings),
        f"By linear interpolation between the rates that were tried. {INDEPENDENT}",
    )


def _crossing(overtaking: Overtaking, titles: dict[str, str]) -> tuple[Cell, ...]:
    return (
        overtaking.noise,
        titles[overtaking.system],
        titles[overtaking.baseline],
        overtaking.rate,
        overtaking.low,
        overtaking.high,
        overtaking.share,
        describe_crossing(overtaking),
    )
