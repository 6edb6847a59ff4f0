"""From the gold entities to what arrived, and where the others were lost."""

from __future__ import annotations

import streamlit as st

from xproj_core.evaluate.analysis import flow
from xproj_core.evaluate.analysis.case_questions import Cases, Reached
from xproj_core.evaluate.analysis.flow import STAGES, Node
from xproj_core.evaluate.errors.taxonomy import ABOUT, Kind
from xproj_ui.analyse_page import address, charts, sankey
from xproj_ui.analyse_page.choose import system_of
from xproj_ui.analyse_page.data import Data
from xproj_ui.analyse_page.table import table
from xproj_ui.flow import Part
from xproj_ui.flow import flow as draw


def show(found: Data) -> None:
    """The flow of one system; every stage and every loss opens its sentences."""
    system = system_of(found)
    streams = flow.flow(found.analysis, system)
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
        on_pick=lambda k: address.pick(_pick(system, nodes[k])),
    )
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
    st.download_button(
        "Sankey diagram (plotly, HTML)",
        lambda: sankey.page(sankey.sankey(streams)).encode(),
        "flow.html",
        "text/html",
        key="an_flow_html",
        type="tertiary",
        icon=":material/download:",
        on_click="ignore",
        help="A file of its own with the diagram of plotly; it needs no network.",
    )
    st.caption("Spurious entities have no gold entity to follow; they are under Errors.")


def _name(node: Node) -> str:
    return node.name if node.kind is None else ABOUT[Kind(node.kind)].title


def _pick(system: str, node: Node) -> Cases | Reached:
    if node.kind is None:
        return Reached(system, node.name)
    steps = STAGES[node.column - 1][1]
    step = steps[0].value if len(steps) == 1 else ""
    return Cases(system, node.kind.value, step, "lacking")
