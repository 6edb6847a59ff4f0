"""The reliability diagram: how many entities are right, against how many were said to be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from xproj_core.drawing.colours import SYSTEMS
from xproj_core.evaluate.scores.reliability import Reliability
from xproj_ui.analyse_page.charts import ink, shade, symbol

if TYPE_CHECKING:
    import plotly.graph_objects as go

_HEIGHT = 380
_LARGEST = 26  # pixels of the bin with most entities


def diagram(curves: Mapping[str, Reliability], names: Mapping[str, str]) -> go.Figure:
    """A line per system, its dots as large as there are entities in the bin; on the dotted
    diagonal probabilities are true.

    Args:
        names: system to what it is called.
    """
    import plotly.graph_objects as go

    figure = go.Figure()
    figure.add_shape(
        type="line", x0=0, y0=0, x1=1, y1=1, line={"dash": "dot", "width": 1.4, "color": ink()}
    )
    most = max((b.entities for curve in curves.values() for b in curve.bins), default=1)
    for k, (system, curve) in enumerate(curves.items()):
        colour = shade(SYSTEMS[k % len(SYSTEMS)])
        figure.add_trace(
            go.Scatter(
                x=[b.expected for b in curve.bins],
                y=[b.right for b in curve.bins],
                name=names[system],
                mode="lines+markers",
                line={"color": colour, "width": 1.6},
                marker={
                    "symbol": symbol(k),
                    "color": colour,
                    "size": [7 + (_LARGEST - 7) * (b.entities / most) ** 0.5 for b in curve.bins],
                },
                customdata=[[system, b.entities] for b in curve.bins],
                hovertemplate="%{y:.0%} of %{customdata[1]} right, %{x:.0%} expected<extra>"
                + names[system]
                + "</extra>",
            )
        )
    figure.update_layout(
        height=_HEIGHT + 24 * (len(curves) // 3),
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        showlegend=True,
        legend={"orientation": "h", "yref": "container", "y": 0, "yanchor": "bottom", "x": 0},
    )
    ticks = {"range": [-0.03, 1.03], "tickformat": ".0%", "dtick": 0.2}
    figure.update_xaxes(title="probability", **ticks)
    figure.update_yaxes(title="right", **ticks)
    return figure
