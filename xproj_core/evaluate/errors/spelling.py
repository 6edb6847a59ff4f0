"""Which names are the same, by how they are spelt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from xproj_core.domain import Sentence, Span
from xproj_core.evaluate.errors.pairing import pairs

SIMILAR = 0.75
"""Similarity of spelling, in [0, 1], from which two strings are taken for one name."""


def likeness(a: Iterable[str], b: Iterable[str]) -> float:
    """How alike two strings of words are spelt, in [0, 1]."""
    return fuzz.ratio(" ".join(a).casefold(), " ".join(b).casefold()) / 100


def names(
    gold: Sequence[Span], target: Sentence, parallel: Sentence
) -> dict[Span, tuple[str, ...]]:
    """What `parallel`, which people labelled, has for gold entities of the target.

    By spelling; then by elimination, where one entity of a label is left on each side. Those for
    which that does not tell are left out.
    """

    def alike(here: Span, there: Span) -> float:
        spelt = likeness(target.words(here), parallel.words(there))
        return spelt if spelt >= SIMILAR else 0.0

    known = dict(pairs(gold, parallel.spans, alike))
    rest = [s for s in parallel.spans if s not in set(known.values())]
    left = [g for g in gold if g not in known]
    for here in left:
        same = [s for s in rest if s.label == here.label]
        if len(same) == 1 == sum(g.label == here.label for g in left):
            known[here] = same[0]
    return {here: parallel.words(there) for here, there in known.items()}
