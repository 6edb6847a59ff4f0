"""The flow of gold entities as a Streamlit component: each stream can be clicked.

Streamlit 1.67 passes no clicks on plotly's Sankey diagrams on, and plotly draws them sideways
however narrow the screen is. This one can be used by keyboard and runs downwards on a phone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from importlib.resources import files

import streamlit as st

from xproj_ui.style import flow_style

_HERE = files(__package__)


@dataclass(frozen=True, slots=True)
class Part:
    """A stage, or a loss.

    Attributes:
        name: for a reader.
        column: how many steps along the way.
        count: entities.
        colours: on light and on dark; None for a stage.
    """

    name: str
    column: int
    count: int
    colours: tuple[str, str] | None = None


_mount = st.components.v2.component(
    "xproj_flow",
    html='<div class="flow"></div>\n',
    css=flow_style(),
    js=(_HERE / "bundle.js").read_text("utf-8"),
)


def flow(parts: Sequence[Part], *, key: str, on_pick: Callable[[int], None]) -> None:
    """Draw the parts, stages first; `on_pick` is told the number of one that is clicked."""

    def report_pick() -> None:
        chosen = st.session_state[key].get("pick")
        if isinstance(chosen, int) and 0 <= chosen < len(parts):
            on_pick(chosen)

    _mount(key=key, data={"parts": [asdict(part) for part in parts]}, on_pick_change=report_pick)
