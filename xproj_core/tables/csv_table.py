"""Tables as CSV, with all digits that there are: the one place that writes it.

A text that a spreadsheet would take for a formula gets an apostrophe in front, as spreadsheets
write it themselves: what somebody typed is never calculated.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

import numpy as np

from xproj_core.tables.table import Cell, Kind, Table

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_text(table: Table) -> str:
    """Headings and rows. Percentages are written as such, an empty cell is nothing."""
    kinds = [column.kind for column in table.columns]
    rows = ([_scaled(*pair) for pair in zip(row, kinds, strict=True)] for row in table.rows)
    return csv_of(table.headings(), rows)


def csv_of(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Headings and rows of texts and numbers; None and what is not a number are empty cells."""
    file = io.StringIO()
    writer = csv.writer(file)  # RFC 4180: lines end in CR LF
    writer.writerow([_text(h) for h in headings])
    for row in rows:
        writer.writerow([_cell(value) for value in row])
    return file.getvalue()


def _scaled(value: Cell, kind: Kind) -> Cell:
    if kind == "percent" and value is not None and not isinstance(value, str):
        return round(100 * value, 10)
    return value


def _cell(value: object) -> str:
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or value != value:
        return ""
    return repr(value) if isinstance(value, (bool, int, float)) else _text(str(value))


def _text(value: str) -> str:
    return f"'{value}" if value.startswith(_FORMULA) else value
