"""The editor as a Streamlit component: it is given a document and gives back commands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import streamlit as st

from xproj_ui.style import drawing_style

_HERE = files(__package__)


def script() -> str:
    """The editor's code, bundled from the modules in `js`."""
    return (_HERE / "bundle.js").read_text("utf-8")


def style() -> str:
    """The drawing's style sheet and what the editor adds to it."""
    return drawing_style("editor/editor.css")


_mount = st.components.v2.component(
    "xproj_editor", html='<div class="xp"></div>\n', css=style(), js=script()
)


@dataclass(frozen=True, slots=True)
class Command:
    """What a person did, for the document of `item` at `base_revision`.

    `op` is an operation of the review document, or "go" ({"to": "next" or "previous"}), or
    "load": show what the store has now. "done" may have {"go": "next"} beside its own argument:
    the next sentence is wanted with the confirmation.
    """

    id: str
    item: str
    base_revision: int
    op: str
    args: Mapping[str, Any]


def show(
    data: Mapping[str, object], *, key: str, on_command: Callable[[Command], None] | None = None
) -> None:
    """Draw `data` (see `payload`); keep `key` the same from run to run.

    `on_command` is called before the script runs again; the next `data` has to carry the
    command's id in `ack`, else the browser sends it again.
    """

    def report_command() -> None:
        command = _command(st.session_state[key].get("command"))
        if command is not None and on_command is not None:
            on_command(command)

    _mount(key=key, data=dict(data), on_command_change=report_command)


def _command(value: object) -> Command | None:
    """What the browser sent, if it makes sense: a page can be made to send anything."""
    if not isinstance(value, Mapping):
        return None
    id, item, op = value.get("id"), value.get("item"), value.get("op")
    base, args = value.get("base_revision"), value.get("args")
    if not (isinstance(id, str) and isinstance(item, str) and isinstance(op, str)):
        return None
    if not isinstance(base, int) or not isinstance(args, Mapping):
        return None
    return Command(id[:80], item, base, op, args)
