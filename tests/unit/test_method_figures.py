"""The figures that the project page shows are those of the benchmarks' tables."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from xproj_ui.project_page.method_figures import DUELS, Cited

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
CITED = [c for duel in DUELS for m in duel.figures for c in (m.direct, m.other)]


def rows(cited: Cited) -> Iterator[str]:
    """The rows of the tables under the heading, without the outer bars."""
    heading = ""
    for line in (BENCHMARKS / f"{cited.file}.md").read_text("utf-8").splitlines():
        if line.startswith("#"):
            heading = line.lstrip("# ")
        elif heading == cited.section and line.startswith("| "):
            yield line.strip("| ")


def figures(row: str) -> set[str]:
    """A row's cells; of "84.3 → 76.0" the second, of "+1.1 [+0.4, +1.8]" the first."""
    cells = (cell.strip().strip("*") for cell in row.split("|"))
    return {cell.rpartition("→ ")[2].partition(" [")[0] for cell in cells}


@pytest.mark.parametrize("cited", CITED, ids=lambda c: f"{c.file}: {c.row}: {c.text}")
def test_every_figure_stands_in_the_table_that_it_names(cited: Cited) -> None:
    (row, *others) = [r for r in rows(cited) if r.startswith(f"{cited.row} |")]
    assert not others
    assert cited.text in figures(row)
