"""Corpora whose files hold one JSON object a line."""

from __future__ import annotations

from collections.abc import Callable

from xproj_core.datasets.layout import content
from xproj_core.datasets.tree import Tree
from xproj_core.domain.codec import RawJson
from xproj_core.domain.errors import FormatError, InputError
from xproj_core.domain.item import Item
from xproj_core.formats.base import Outcomes, Report
from xproj_core.formats.jsonl import parsed


def first_row(tree: Tree, name: str) -> RawJson | None:
    """The first object of a .jsonl file; empty for another file, None for one that is none."""
    first = content(tree.first_lines(name, 2)) if name.endswith(".jsonl") else []
    try:
        return parsed(first[0], 1, Report()) if first else {}
    except FormatError:
        return None


def items(
    tree: Tree,
    name: str,
    report: Report,
    make: Callable[[RawJson, int, Report], Item],
    expected: str,
) -> Outcomes:
    """The item that `make` makes of each object, its line's number and the file's report.

    Args:
        expected: what an object has to hold, for whoever wrote one that does not.
    """
    part = report.part(tree.display_name(name))
    lines, notes = tree.lines(name)
    part.notes += notes
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield make(parsed(line, number, part), number, part)
            except FormatError as error:
                yield error
            except (InputError, KeyError, TypeError, ValueError) as error:
                yield part.error(f"expected {expected}: {error}.", number)
