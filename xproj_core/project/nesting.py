"""Which entities of a sentence may share words of the target: those that share words in the source.

Labels nest ("University of Zurich" holds "Zurich") and sometimes cross. What overlaps in the source
may overlap on the target; entities that stand apart there stay apart here.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from xproj_core.domain import Span

Pairs = frozenset[tuple[int, int]]
NONE: Pairs = frozenset()


def sharing(spans: Sequence[Span]) -> Pairs:
    """The numbers of every two of `spans` that overlap, either way round."""
    if all(a.end <= b.start for a, b in pairwise(spans)):
        return NONE
    return frozenset(
        (a, b)
        for a, span in enumerate(spans)
        for b, other in enumerate(spans)
        if a != b and span.overlaps(other)
    )


def no_word_twice(shared: Pairs) -> str:
    """The rule as it holds for a sentence's entities, for a reader."""
    return "no word twice but in nested entities" if shared else "no word twice"
