"""The drawing as a Streamlit component."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files

import streamlit as st

from xproj_core.drawing.payload import closed
from xproj_core.drawing.payload_types import Payload, View
from xproj_ui.style import drawing_style

_HERE = files(__package__)


def _nothing() -> None:
    """Streamlit reports a state key only when a callback for it is given."""


def script() -> str:
    """The drawing's code, bundled from the modules in `js`."""
    return (_HERE / "bundle.js").read_text("utf-8")


def style() -> str:
    """The drawing's style sheet."""
    return drawing_style()


_mount = st.components.v2.component(
    "xproj_comparison", html='<div class="xp"></div>\n', css=style(), js=script()
)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the reader did.

    Attributes:
        selected: id of the entity whose explanation is open, None for none.
        view: the view in use.
        edit: for one run, {"slot", "method"} of the sentence whose pencil was pressed.
    """

    selected: str | None
    view: View
    edit: dict[str, str] | None


def show(
    data: Payload,
    *,
    key: str,
    on_select: Callable[[], None] = _nothing,
    on_view: Callable[[], None] = _nothing,
    on_edit: Callable[[], None] = _nothing,
) -> Shown:
    """Draw `data`; keep `key` the same from run to run.

    The matrices of the heat map are sent when somebody is about to open it: the pointer or the
    focus is on its button. Call this in a fragment, so that they are there when it is pressed.

    In a callback, `st.session_state[key]` has "selected" ("" once closed), "view" and "edit".
    """
    widget_state = st.session_state.get(key) or {}
    if "heat" not in (data["view"], widget_state.get("view")) and not widget_state.get("ahead"):
        data = closed(data)
    result = _mount(
        key=key,
        data=data,
        on_selected_change=on_select,
        on_view_change=on_view,
        on_edit_change=on_edit,
        on_ahead_change=_nothing,
    )
    selected = data["selected"] if result.selected is None else result.selected or None
    return Shown(selected, result.view or data["view"], result.edit)
