"""Colours stand in one table, and style sheets get them from there."""

from __future__ import annotations

import re
from pathlib import Path

from xproj_core.drawing.colours import ADAPTIVE, DARK, LIGHT, ROLES, faded, properties
from xproj_ui import style

ROOT = Path(__file__).resolve().parents[2]
HEX = re.compile(r"(?<![&\w])#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6}|[0-9a-fA-F]{3,4})\b")
TABLE = "xproj_core/drawing/colours.py"
KINDS = {".py", ".css", ".js", ".html"}  # the logo and the icon (SVG) are pictures of their own
MADE = "bundle.js"  # made from the other scripts


def test_no_colour_is_written_anywhere_but_in_the_table() -> None:
    files = [f for d in ("xproj_core", "xproj_ui", "pages") for f in (ROOT / d).rglob("*")]
    files = [f for f in [*files, ROOT / "app.py"] if f.suffix in KINDS and f.name != MADE]
    names = {f.relative_to(ROOT).as_posix(): HEX.findall(f.read_text("utf-8")) for f in files}
    assert [name for name, colours in names.items() if colours] == [TABLE]


def test_sheets_get_the_colours_that_they_ask_for() -> None:
    assert properties(".x", "bad", "white") == (
        ".x {\n  --bad: light-dark(#b3192f,#ff8c9f);\n  --white: #ffffff;\n}\n"
    )
    for sheet, folder in (
        (style.drawing_style("editor/editor.css"), "editor"),
        (style.flow_style(), "flow"),
    ):
        variables = set(re.findall(r"--([\w-]+):", sheet))
        script = (ROOT / "xproj_ui" / folder / MADE).read_text("utf-8")
        used = {n for n in re.findall(r"var\(--([\w-]+)", sheet + script) if n in ROLES}
        assert used <= variables
        roles = set(re.findall(r"--([\w-]+)", sheet[: sheet.index("}")]))
        assert roles <= used, "and no others"


def test_palettes_are_the_two_halves_of_the_table() -> None:
    assert (LIGHT.on_label, DARK.on_label) == ROLES["on-label"]
    assert ADAPTIVE.bad == f"light-dark({LIGHT.bad},{DARK.bad})"
    assert ADAPTIVE.label("PER") == f"light-dark({LIGHT.label('PER')},{DARK.label('PER')})"


def test_a_faded_colour_is_the_same_one_with_alpha() -> None:
    assert faded("#3f7fea", 0.14) == "rgba(63,127,234,0.140)"
