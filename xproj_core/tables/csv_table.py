"""A table as CSV, with all digits that there are."""

from __future__ import annotations

import csv
import io

from xproj_core.tables.table import Cell, Kind, Table

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_text(table: Table) -> str:
    """Headings and rows. Percentages are written as such, an empty cell is nothing.

    A text that a spreadsheet would take for a formula gets an apostrophe in front, as
    spreadsheets write it themselves: what somebody typed is never calculated.
    """
    file = io.StringIO()
    writer = csv.writer(file)  # RFC 4180: lines end in CR LF
    writer.writerow([_text(h) for h in table.headings()])
    for row in table.rows:
        writer.writerow([_cell(v, c.kind) for v, c in zip(row, table.columns, strict=True)])
    return file.getvalue()


def _cell(value: Cell, kind: Kind) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return _text(value)
    return repr(round(100 * value, 10)) if kind == "percent" else repr(value)


def _text(value: str) -> str:
    return f"'{value}" if value.startswith(_FORMULA) else value
