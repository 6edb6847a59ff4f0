"""Degradation curves as plotly figures: colour, dash and marker tell the systems apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xproj_core.drawing.colours import CURVES, faded
from xproj_core.drawing.wording import system_titles
from xproj_core.robustness.curves import Curve, Point
from xproj_core.robustness.results import Results, place

if TYPE_CHECKING:
    import plotly.graph_objects as go

_DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
_MARKERS = ("circle", "square", "diamond", "triangle-up", "x", "star", "cross", "triangle-down")


def system_title(system: str, systems: tuple[str, ...]) -> str:
    """A system's name for people, beside the others."""
    return system_titles(systems)[system]


def figure(results: Results, noise: str, *, legend: bool = True) -> go.Figure:
    """F1 in per cent by rate, a line and a band per system; points carry their place."""
    import plotly.graph_objects as go

    drawn = go.Figure()
    for k, system in enumerate(results.systems):
        for trace in _traces(
            results.curve(noise, system), k, system_title(system, results.systems)
        ):
            drawn.add_trace(trace)
    highest = max(p.f1.high for s in results.systems for p in results.curve(noise, s).points)
    top = min(100, max(20, 100 * highest + 4))
    rates = [p.rate for p in results.curve(noise, results.systems[0]).points]
    drawn.update_layout(
        height=330,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        showlegend=legend,
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "title": None},
        xaxis={
            "title": "rate of noise",
            "tickmode": "array",
            "tickvals": rates,
            "ticktext": ["clean", *(f"{r:g}" for r in rates[1:])],
            "fixedrange": True,
        },
        yaxis={"title": "F1, %", "range": [0, top], "fixedrange": True},
        hovermode="closest",
        clickmode="event+select",
    )
    return drawn


def _traces(curve: Curve, k: int, name: str) -> list[go.Scatter]:
    import plotly.graph_objects as go

    colour = CURVES[k % len(CURVES)]
    points = curve.points
    rates = [p.rate for p in points]
    high, low = ([100 * getattr(p.f1, end) for p in points] for end in ("high", "low"))
    band = go.Scatter(
        x=[*rates, *reversed(rates)],
        y=[*high, *reversed(low)],
        fill="toself",
        fillcolor=faded(colour, 0.14),
        line={"width": 0},
        hoverinfo="skip",
        showlegend=False,
        legendgroup=name,
        mode="lines",
    )
    line = go.Scatter(
        x=rates,
        y=[100 * p.f1.value for p in points],
        name=name,
        legendgroup=name,
        mode="lines+markers",
        line={"color": colour, "width": 2.5, "dash": _DASHES[k % len(_DASHES)]},
        marker={"symbol": _MARKERS[k % len(_MARKERS)], "size": 9, "color": colour},
        # A click must not make the other points pale.
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
        customdata=[place(curve.noise, p.rate, 1, curve.system) for p in points],
        text=[_hover(p) for p in points],
        hovertemplate="%{text}<extra>" + name + "</extra>",
    )
    return [band, line]


def _hover(point: Point) -> str:
    where = "clean" if not point.rate else f"rate {point.rate:g}"
    lines = [
        f"{where}: F1 {100 * point.f1.value:.1f}"
        f" [{100 * point.f1.low:.1f}, {100 * point.f1.high:.1f}]",
        f"P {100 * point.precision:.1f}, R {100 * point.recall:.1f}",
    ]
    if point.gain is not None:
        lines.append(
            f"over direct {100 * point.gain.value:+.1f}"
            f" [{100 * point.gain.low:+.1f}, {100 * point.gain.high:+.1f}]"
        )
    return "<br>".join(lines)
