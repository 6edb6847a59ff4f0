"""Entities as the conlleval script, and seqeval by default, would see them.

Those read one tag per word, so entities that share a word have to be written over one another: the
later over the earlier. What is left of the earlier then begins with an I-, which they take for an
entity of its own. Where no entities overlap, the figures are those of strict scoring.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from xproj_core.domain import Span, by_place
from xproj_core.formats import iob


def as_tagged(spans: Sequence[Span], length: int) -> Sequence[Span]:
    """The entities of a sentence of `length` words after being written as IOB2 tags."""
    ordered = sorted(spans, key=by_place)
    if all(a.end <= b.start for a, b in pairwise(ordered)):
        return ordered
    tags = ["O"] * length
    for span in ordered:
        tags[span.start : span.end] = [f"B-{span.label}"] + [f"I-{span.label}"] * (len(span) - 1)
    return iob.spans(tags, "conll")
