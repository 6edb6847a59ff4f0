"""Charts: colours for light and dark, patterns and text beside every colour."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import streamlit as st

from xproj_core.domain.codec import RawJson
from xproj_core.drawing.colours import ROLES, STEPS, SYSTEMS
from xproj_core.evaluate.analysis.selection import Pick
from xproj_core.evaluate.analysis.slices import Figure
from xproj_core.evaluate.errors.taxonomy import ABOUT, Kind, Step
from xproj_core.evaluate.errors.taxonomy import STEPS as STEPS_BY_KIND
from xproj_core.evaluate.literature import Reference
from xproj_ui.analyse_page import state

if TYPE_CHECKING:
    import plotly.graph_objects as go

STEP_COLOURS = {step: STEPS[step.value or "none"] for step in Step}
"""(on light, on dark)"""
_PATTERNS = ("", "/", ".", "x", "-", "\\", "+", "|")
_SYMBOLS = ("circle", "square", "diamond", "cross", "x", "triangle-up", "star", "hexagon")
_BAR = 34  # pixels


def dark() -> bool:
    """The page is shown in dark colours."""
    return st.context.theme.type == "dark"


def shade(pair: tuple[str, str]) -> str:
    """The colour of a pair that suits the page."""
    return pair[dark()]


def ink() -> str:
    """The colour of text."""
    return shade(ROLES["text"])


def symbol(number: int) -> str:
    """The shape of the dots of the `number`th system."""
    return _SYMBOLS[number % len(_SYMBOLS)]


def _layout(height: int, **more: object) -> dict[str, object]:
    return {
        "height": height,
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "bargap": 0.35,
        "legend": {"orientation": "h", "yref": "container", "y": 0, "yanchor": "bottom", "x": 0},
        **more,
    }


def show(
    figure: go.Figure,
    key: str,
    alt: str,
    opens: Callable[[Sequence[Any]], Pick | None] | None = None,
) -> None:
    """Draw a figure; a click on what carries `customdata` lists the sentences behind it."""
    key = f"{key}_{state.times_closed()}"

    def chosen() -> None:
        points = st.session_state[key].selection.points
        data = points[0].get("customdata") if points else None
        pick = opens(data) if opens is not None and data is not None else None
        if pick is not None:
            state.open_list(pick)

    more: RawJson = {"on_select": chosen, "selection_mode": "points"} if opens is not None else {}
    config = {"displaylogo": False, "displayModeBar": False, "scrollZoom": False}
    st.plotly_chart(figure, key=key, config=config, alt=alt, **more)


@dataclass(frozen=True, slots=True)
class Dot:
    """A measured value with its interval, on a line of the chart."""

    line: str
    system: str
    figure: Figure


def dots(
    values: Sequence[Dot],
    systems: Mapping[str, str],
    lines: Sequence[Reference] = (),
    customdata: Callable[[Dot], Sequence[object]] | None = None,
) -> go.Figure:
    """Values in per cent from left to right; published ones are dotted lines with their names.

    Args:
        systems: to what they are called.
    """
    import plotly.graph_objects as go

    figure = go.Figure()
    for k, system in enumerate(systems):
        own = [v for v in values if v.system == system]
        if own:  # else it answered nothing
            figure.add_trace(_dots_of(own, system, systems[system], k, customdata))
    for n, reference in enumerate(lines):
        _add_published(figure, reference, n)
    kinds = list(dict.fromkeys(v.line for v in values))
    legend = 26 * (1 + len(systems) // 3) if len(kinds) < len(values) else 0
    row = max(_BAR, 14 * len(systems) + 14) if legend else _BAR
    height = 80 + row * len(kinds) + legend + 16 * len(lines)
    margin = {"l": 8, "r": 8, "t": 8 + 16 * len(lines), "b": 8}
    figure.update_layout(
        **(_layout(height) | {"margin": margin}),
        scattergap=0.4,
        # side by side only where one line holds several systems
        scattermode="group" if legend else "overlay",
        showlegend=len(kinds) < len(values),
    )
    figure.update_xaxes(title="F1, per cent", rangemode="tozero" if len(values) > 12 else "normal")
    figure.update_yaxes(autorange="reversed", categoryorder="array", categoryarray=kinds)
    return figure


def _dots_of(
    values: Sequence[Dot],
    system: str,
    name: str,
    number: int,
    customdata: Callable[[Dot], Sequence[object]] | None,
) -> go.Scatter:
    """The dots of one system, with their intervals."""
    import plotly.graph_objects as go

    colour = shade(SYSTEMS[number % len(SYSTEMS)])
    return go.Scatter(
        x=[v.figure.value * 100 for v in values],
        y=[v.line for v in values],
        name=name,
        mode="markers",
        marker={"symbol": symbol(number), "size": 11, "color": colour},
        error_x={
            "type": "data",
            "symmetric": False,
            "thickness": 1.6,
            "width": 5,
            "color": colour,
            "array": [(v.figure.high - v.figure.value) * 100 for v in values],
            "arrayminus": [(v.figure.value - v.figure.low) * 100 for v in values],
        },
        customdata=[customdata(v) for v in values] if customdata else None,
        hovertemplate="%{x:.1f}<extra>" + name + "</extra>",
        offsetgroup=system,
        orientation="h",
    )


def _add_published(figure: go.Figure, reference: Reference, number: int) -> None:
    """A published value as a dotted line, its name above the chart."""
    x = reference.value * 100
    figure.add_vline(x=x, line={"dash": "dot", "width": 1.4, "color": ink()}, opacity=0.7)
    figure.add_annotation(
        x=x,
        y=1,
        yref="paper",
        yanchor="bottom",
        yshift=4 + 15 * number,
        text=_published(reference),
        showarrow=False,
        xanchor="right",
        font={"size": 11, "color": ink()},
    )


def _published(reference: Reference) -> str:
    setting = reference.setting.partition(":")[0]
    return f"published, {setting}: {reference.system} {reference.value * 100:.1f}"


Counts = Mapping[str, Mapping[tuple[Step, Kind], int]]


def errors(counts: Counts, names: Mapping[str, str]) -> go.Figure:
    """A bar per system, in pieces: what went wrong, coloured by the step, patterned by kind."""
    import plotly.graph_objects as go

    error_classes = sorted(
        {piece for kinds in counts.values() for piece in kinds},
        key=lambda p: (list(Step).index(p[0]), list(Kind).index(p[1])),
    )
    figure, within = go.Figure(), dict.fromkeys(Step, 0)
    for step, kind in error_classes:
        figure.add_trace(_piece(counts, names, step, kind, within[step]))
        within[step] += 1
    height = 90 + 2 * _BAR * len(counts) + 24 * (1 + len(error_classes) // 3)
    figure.update_layout(
        **_layout(height), barmode="stack", legend_traceorder="normal", showlegend=True
    )
    figure.update_yaxes(autorange="reversed")
    most = max((sum(kinds.values()) for kinds in counts.values()), default=0)
    figure.update_xaxes(title="wrong, missed and spurious entities", dtick=_tick_step(most))
    return figure


def _piece(counts: Counts, names: Mapping[str, str], step: Step, kind: Kind, number: int) -> go.Bar:
    """The pieces of all bars for one step and kind, its `number`th one."""
    import plotly.graph_objects as go

    title, contrast = ABOUT[kind].title, shade(ROLES["on-bar"])
    values = [kinds.get((step, kind), 0) for kinds in counts.values()]
    legible = 0.03 * max(sum(kinds.values()) for kinds in counts.values())
    pattern = {
        "shape": _PATTERNS[number % len(_PATTERNS)],
        "fgcolor": contrast,
        "fgopacity": 0.4,
        "size": 7,
        "fillmode": "overlay",
    }
    return go.Bar(
        x=values,
        y=[names[system] for system in counts],
        orientation="h",
        name=title if kind in STEPS_BY_KIND else f"{title} ({step.value})",
        legendgroup=step.value,
        marker={
            "color": shade(STEP_COLOURS[step]),
            "pattern": pattern,
            "line": {"width": 1, "color": contrast},
        },
        text=[str(v) if v > legible else "" for v in values],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        constraintext="none",
        textfont={"color": contrast},
        customdata=[[system, step.value, kind.value] for system in counts],
        hovertemplate="%{x} " + title + "<extra>%{y}</extra>",
    )


def bars(
    names: Sequence[str], values: Sequence[int], title: str, data: Sequence[object]
) -> go.Figure:
    """One bar per name, from left to right."""
    import plotly.graph_objects as go

    figure = go.Figure(
        go.Bar(
            x=list(values),
            y=list(names),
            orientation="h",
            text=[f"{v:,}" for v in values],
            textposition="auto",
            customdata=list(data),
            textangle=0,
            marker={"color": shade(SYSTEMS[0])},
            hovertemplate="%{x}<extra>%{y}</extra>",
        )
    )
    figure.update_layout(**_layout(70 + _BAR * len(names)))
    figure.update_yaxes(autorange="reversed")
    figure.update_xaxes(title=title, dtick=_tick_step(max(values, default=0)))
    return figure


def _tick_step(most: int) -> int | None:
    """Ticks at whole numbers, where plotly would put some between."""
    return 1 if most < 8 else None
