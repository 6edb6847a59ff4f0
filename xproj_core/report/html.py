"""A report as one HTML file: no script, no font, no address but its own.

The file forbids itself everything else (Content-Security-Policy), so that whatever a sentence, a
label or a name may hold, a browser runs nothing and asks nobody.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING
from urllib.parse import quote

from xproj_core.drawing.colours import properties
from xproj_core.report.model import Block, Figure, Listed, Paragraph, Picked, Report
from xproj_core.tables.csv_table import csv_text
from xproj_core.tables.latex_table import latex
from xproj_core.tables.table import Table, shown

if TYPE_CHECKING:
    from jinja2 import Environment, Template
    from markupsafe import Markup


def html(report: Report) -> str:
    """The whole file."""
    page = _environment().get_template("report.html")
    sheet = (files(__package__) / "report.css").read_text("utf-8")
    style = properties(":root", "ink", "soft", "page", "line", "panel", "accent") + sheet
    return page.render(report=report, style=style, draw=_draw)


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("xproj_core.report", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _draw(block: Block) -> Markup:
    module: Template = _environment().get_template("blocks.html")
    macros = module.module
    markup: Markup
    if isinstance(block, Table):
        addresses = (
            _data("text/csv", csv_text(block)),
            _data("application/x-tex", latex(block)),
        )
        markup = macros.table(block, block.shade, shown, *addresses)  # type: ignore[attr-defined]
    elif isinstance(block, Figure):
        markup = macros.figure(block)  # type: ignore[attr-defined]
    elif isinstance(block, Paragraph):
        markup = macros.paragraph(block)  # type: ignore[attr-defined]
    elif isinstance(block, Listed):
        markup = macros.listed(block)  # type: ignore[attr-defined]
    else:
        assert isinstance(block, Picked)
        markup = macros.picked(block)  # type: ignore[attr-defined]
    return markup


def _data(kind: str, text: str) -> str:
    return f"data:{kind};charset=utf-8,{quote(text.encode('utf-8', 'replace'))}"
