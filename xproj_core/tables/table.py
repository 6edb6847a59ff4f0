"""Tables of a report: written once, shown as HTML, CSV and LaTeX."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "count", "percent", "p", "plain"]
Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Column:
    """What stands under one heading.

    Attributes:
        kind: "percent" holds fractions and shows hundredths, "p" a p-value, "plain" a number.
        help: what the heading means.
        shaded: cells are tinted by their size.
    """

    name: str
    kind: Kind = "text"
    help: str = ""
    shaded: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Figures with their headings.

    Attributes:
        name: names its files ("scores" gives scores.csv), unique in a report.
        note: what a reader has to know, in a sentence or two.
        strong: (row, column) of the cells that are set in bold.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    strong: frozenset[tuple[int, int]] = frozenset()

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"{self.name}: {len(self.columns)} columns, but the row {row}")

    def headings(self) -> list[str]:
        """Names with their unit, as files have them."""
        return [f"{c.name} (%)" if c.kind == "percent" else c.name for c in self.columns]

    def shade(self, row: int, column: int) -> float:
        """How strong a cell is tinted, from 0 to 1: its share of the largest of the table."""
        value = self.rows[row][column]
        if not self.columns[column].shaded or not isinstance(value, int | float):
            return 0.0
        most = max(
            abs(v)
            for r in self.rows
            for v, c in zip(r, self.columns, strict=True)
            if c.shaded and isinstance(v, int | float)
        )
        return abs(value) / most if most else 0.0


def shown(value: Cell, kind: Kind) -> str:
    """A cell for a reader: ".5432" of kind percent is "54.3"; nothing is "–"."""
    if value is None:
        return "–"
    if isinstance(value, str):
        return value
    if kind == "percent":
        return _signed(f"{100 * value:.1f}")
    if kind == "p":
        return f"{value:.4f}" if value >= 0.0001 else "<0.0001"
    if kind == "count" or isinstance(value, int):
        return _signed(f"{value:,.0f}")
    return _signed(f"{value:.2f}")


def _signed(number: str) -> str:
    """With a real minus, and none before a zero."""
    if number.startswith("-"):
        return number.replace("-", "−") if number.strip("-0.") else number[1:]
    return number
