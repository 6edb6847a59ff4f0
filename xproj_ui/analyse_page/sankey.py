"""The flow as plotly draws it, for a file of its own; on the page `xproj_ui.flow` does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xproj_core.evaluate.flow import STAGES, Stream
from xproj_core.evaluate.kinds import ABOUT, STEPS, Kind, Step
from xproj_ui.analyse_page.charts import STEP_COLOURS, ink, shade


def page(figure: Any) -> str:
    """A figure as a file of its own, with everything that draws it."""
    return str(figure.to_html(include_plotlyjs=True, config={"displaylogo": False}))


def sankey(streams: Sequence[Stream]) -> Any:
    """The flow, stage by stage; what is lost leaves in the colour of the step that lost it."""
    import plotly.graph_objects as go

    stages = [stage for stage, _ in STAGES]
    used = [s for s in stages if any(s in (x.start, x.end) for x in streams)]
    lost = [x for x in streams if x.kind is not None]
    nodes = [*used, *(x.end for x in lost)]
    place = {name: k for k, name in enumerate(nodes)}
    step_of = {kind: step for _, steps in STAGES for step in steps for kind in Kind
               if STEPS.get(kind) == step}  # fmt: skip
    leaves_after = {stage: steps[-1] for stage, steps in STAGES if steps}

    def colour(stream: Stream) -> str:
        if stream.kind is None:
            return shade(STEP_COLOURS[Step.NONE])
        return shade(STEP_COLOURS[step_of.get(stream.kind, leaves_after[stream.start])])

    arrived = {x.end: x.count for x in streams}
    total = sum(x.count for x in streams if x.start == stages[0])
    arrived.setdefault(stages[0], total)
    names = [ABOUT[Kind(n)].title if n not in stages else n for n in nodes]
    colours = [shade(STEP_COLOURS[Step.NONE])] * len(used) + [colour(x) for x in lost]
    figure = go.Figure(
        go.Sankey(
            arrangement="snap",
            textfont={"color": ink(), "size": 12, "shadow": "none"},
            node={
                "label": [f"{n} {arrived.get(k, 0):,}" for n, k in zip(names, nodes, strict=True)],
                "color": colours, "pad": 16, "align": "left", "thickness": 12, "line": {"width": 0},
                "hovertemplate": "%{label}<extra></extra>",
            },
            link={
                "source": [place[x.start] for x in streams],
                "target": [place[x.end] for x in streams],
                "value": [x.count for x in streams],
                "color": [_faint(colour(x)) for x in streams],
                "hovertemplate": "%{value} from %{source.label}<extra></extra>",
            },
        )
    )  # fmt: skip
    figure.update_layout(height=max(380, 70 + 34 * len(lost)),
                         margin={"l": 8, "r": 8, "t": 8, "b": 8})  # fmt: skip
    return figure


def _faint(colour: str) -> str:
    red, green, blue = (int(colour[k : k + 2], 16) for k in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.35)"
