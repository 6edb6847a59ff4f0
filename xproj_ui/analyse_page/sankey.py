"""The flow as plotly draws it, for a file of its own; on the page `xproj_ui.flow` does."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import Any

from xproj_core.evaluate.analysis.flow import Stream, nodes
from xproj_core.evaluate.errors.taxonomy import ABOUT
from xproj_ui.analyse_page.charts import STEP_COLOURS, ink, shade


def page(figure: Any) -> str:
    """A figure as a file of its own, with everything that draws it."""
    return str(figure.to_html(include_plotlyjs=True, config={"displaylogo": False}))


def sankey(streams: Sequence[Stream]) -> Any:
    """The flow, stage by stage; what is lost leaves in the colour of the step that lost it."""
    import plotly.graph_objects as go

    found = nodes(streams)
    colours = [shade(STEP_COLOURS[node.step]) for node in found]
    stages = {node.name: k for k, node in enumerate(found) if node.kind is None}
    losses = count(len(stages))
    ends = [stages[x.end] if x.kind is None else next(losses) for x in streams]
    names = [node.name if node.kind is None else ABOUT[node.kind].title for node in found]
    figure = go.Figure(
        go.Sankey(
            arrangement="snap",
            textfont={"color": ink(), "size": 12, "shadow": "none"},
            node={
                "label": [f"{n} {x.count:,}" for n, x in zip(names, found, strict=True)],
                "color": colours,
                "pad": 16,
                "align": "left",
                "thickness": 12,
                "line": {"width": 0},
                "hovertemplate": "%{label}<extra></extra>",
            },
            link={
                "source": [stages[x.start] for x in streams],
                "target": ends,
                "value": [x.count for x in streams],
                "color": [_faint(colours[end]) for end in ends],
                "hovertemplate": "%{value} from %{source.label}<extra></extra>",
            },
        )
    )
    figure.update_layout(
        height=max(380, 70 + 34 * (len(found) - len(stages))),
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
    )
    return figure


def _faint(colour: str) -> str:
    red, green, blue = (int(colour[k : k + 2], 16) for k in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.35)"
