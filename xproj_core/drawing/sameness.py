"""Where a detour changed nothing."""

from __future__ import annotations

from collections.abc import Sequence

from xproj_core.answers.one_sentence import Column, Comparison
from xproj_core.drawing import wording
from xproj_core.drawing.payload_types import ColumnView


def note_same_as_direct(comparison: Comparison, columns: Sequence[ColumnView]) -> None:
    """Say of a back-translation that its links and labels are those of the direct method."""
    direct = next((c for c in comparison.columns if c.method == "direct"), None)
    for column, view in zip(comparison.columns, columns, strict=True):
        if column.method == "back_translation" and direct is not None and _same(column, direct):
            title = wording.title(direct.method)
            view["notes"].insert(0, f"Same links, same labels as {title} here.")


def _same(one: Column, other: Column) -> bool:
    if not (one.evidence and other.evidence and one.projection and other.projection):
        return False
    links, theirs = one.evidence.alignment, other.evidence.alignment
    return (
        links is not None
        and theirs is not None
        and one.evidence.source.tokens == other.evidence.source.tokens
        and one.evidence.target.tokens == other.evidence.target.tokens
        and links.pairs() == theirs.pairs()
        and one.projection.spans == other.projection.spans
    )
