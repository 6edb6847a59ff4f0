"""From the gold entities to what arrived, and where the others were lost."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import TYPE_CHECKING

import streamlit as st

from xproj_core.drawing.colours import faded
from xproj_core.evaluate.analysis import flow
from xproj_core.evaluate.analysis.case_questions import Cases, Reached
from xproj_core.evaluate.analysis.flow import STAGES, Node, Stream
from xproj_core.evaluate.errors.taxonomy import ABOUT, Kind
from xproj_ui.analyse_page import charts, state
from xproj_ui.analyse_page.choose import system_of
from xproj_ui.analyse_page.data import Data
from xproj_ui.analyse_page.table import table
from xproj_ui.flow import Part
from xproj_ui.flow import flow as draw

if TYPE_CHECKING:
    import plotly.graph_objects as go


def show(evaluation: Data) -> None:
    """The flow of one system; every stage and every loss opens its sentences."""
    system = system_of(evaluation)
    streams = flow.flow(evaluation.analysis, system)
    nodes = flow.nodes(streams)
    if not nodes:
        st.info("There are no gold entities to follow.")
        return
    draw(
        [
            Part(_name(n), n.column, n.count, charts.STEP_COLOURS[n.step] if n.kind else None)
            for n in nodes
        ],
        key="an_flow",
        on_pick=lambda k: state.open_list(_pick(system, nodes[k])),
    )
    _table(system, nodes)
    _download(streams)
    st.caption("Spurious entities have no gold entity to follow; they are under Errors.")


def _table(system: str, nodes: Sequence[Node]) -> None:
    """The same in figures, stage by stage."""
    along = sorted(nodes, key=lambda n: (n.column, n.kind is None))
    rows = [
        {
            "stage": STAGES[n.column - 1][0] if n.kind else n.name,
            "what became of them": _name(n) if n.kind else "reached",
            "gold entities": n.count,
            "share": n.count / nodes[0].count,
        }
        for n in along
    ]
    table(
        "flow",
        rows,
        lambda row, _: _pick(system, along[row]),
        percent=("share",),
        alt="Gold entities that came to each stage, and that were lost on the way",
    )


def _download(streams: Sequence[Stream]) -> None:
    st.download_button(
        "Sankey diagram (plotly, HTML)",
        lambda: html_file(sankey(streams)).encode(),
        "flow.html",
        "text/html",
        key="an_flow_html",
        type="tertiary",
        icon=":material/download:",
        on_click="ignore",
        help="A file of its own with the diagram of plotly; it needs no network.",
    )


def _name(node: Node) -> str:
    return node.name if node.kind is None else ABOUT[Kind(node.kind)].title


def _pick(system: str, node: Node) -> Cases | Reached:
    if node.kind is None:
        return Reached(system, node.name)
    steps = STAGES[node.column - 1][1]
    step = steps[0].value if len(steps) == 1 else ""
    return Cases(system, node.kind.value, step, "lacking")


# -- as plotly draws it, for a file ----------------------------------------------------------------


def html_file(figure: go.Figure) -> str:
    """A figure as a file of its own, with everything that draws it."""
    return str(figure.to_html(include_plotlyjs=True, config={"displaylogo": False}))


def sankey(streams: Sequence[Stream]) -> go.Figure:
    """The flow, stage by stage; what is lost leaves in the colour of the step that lost it."""
    import plotly.graph_objects as go

    nodes = flow.nodes(streams)
    colours = [charts.shade(charts.STEP_COLOURS[node.step]) for node in nodes]
    stages = {node.name: k for k, node in enumerate(nodes) if node.kind is None}
    losses = count(len(stages))
    ends = [stages[x.end] if x.kind is None else next(losses) for x in streams]
    figure = go.Figure(
        go.Sankey(
            arrangement="snap",
            textfont={"color": charts.ink(), "size": 12, "shadow": "none"},
            node={
                "label": [f"{_name(node)} {node.count:,}" for node in nodes],
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
                "color": [faded(colours[end], 0.35) for end in ends],
                "hovertemplate": "%{value} from %{source.label}<extra></extra>",
            },
        )
    )
    figure.update_layout(
        height=max(380, 70 + 34 * (len(nodes) - len(stages))),
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
    )
    return figure
