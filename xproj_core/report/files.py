"""A report's files: the HTML, and each table as CSV and LaTeX."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from xproj_core.report.html import html
from xproj_core.report.model import Report
from xproj_core.tables.csv_table import csv_text
from xproj_core.tables.latex_table import latex


def write_html(report: Report, path: Path) -> None:
    """One file, replaced as a whole."""
    write(path, html(report).encode("utf-8", "replace"))


def write_tables(report: Report, folder: Path) -> list[Path]:
    """FOLDER/<table>.csv and FOLDER/<table>.tex; gives their paths."""
    paths = []
    for name, text in tables(report):
        write(folder / name, text.encode("utf-8", "replace"))
        paths.append(folder / name)
    return paths


def tables(report: Report) -> Iterator[tuple[str, str]]:
    """File names and contents."""
    for table in report.tables():
        yield f"{table.name}.csv", csv_text(table)
        yield f"{table.name}.tex", latex(table)


def write(path: Path, content: bytes) -> None:
    """The folder is made where it is missing; whoever is killed leaves the old file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.new")
    new.write_bytes(content)
    new.replace(path)
