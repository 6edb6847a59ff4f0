"""Rows of F1 with every projector, and what differs from the first row by more than chance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from xproj_core.domain import Span
from xproj_core.evaluate.scores.significance import (
    Counts,
    f1,
    interval,
    randomised,
    resampled,
)
from xproj_core.project import projectors

Counted = dict[str, Counts]
"""Projector to (sentences, 3): right, predicted but wrong, missing."""
JUDGE = "match-exact"
AGAINST = (
    f"The last column compares `{JUDGE}` with the first row of its kind: points of F1, 95 %"
    " bootstrap interval over sentences, and p of paired approximate randomisation (not corrected"
    " for the number of rows)."
)


def tally(
    gold: Iterable[Span], predicted: Iterable[Span], ignore: Sequence[str] = ()
) -> tuple[int, int, int]:
    """Right, predicted but wrong, missing."""
    gold_spans = {s for s in gold if s.label not in ignore}
    predicted_spans = {s for s in predicted if s.label not in ignore}
    return (
        len(gold_spans & predicted_spans),
        len(predicted_spans - gold_spans),
        len(gold_spans - predicted_spans),
    )


def f1_row(counts: Counted) -> str:
    """F1 of every projector as cells."""
    return " | ".join(f"{100 * float(f1(counts[n].sum(axis=0))):.1f}" for n in projectors.names())


def head(*first: str) -> list[str]:
    """The head of a table with the projectors and the comparison."""
    names = [*first, *projectors.names(), "against the first"]
    return [f"| {' | '.join(names)} |", f"|{'---|' * len(names)}"]


def compared(where: str, ways: Sequence[tuple[str, Counted]]) -> list[str]:
    """A row for each way, the first being what the others are compared with."""
    base = ways[0][1][JUDGE]
    return [
        f"| {where} | {title} | {f1_row(counts)} | {_difference(base, counts[JUDGE], k)} |"
        for k, (title, counts) in enumerate(ways)
    ]


def _difference(base: Counts, other: Counts, place: int) -> str:
    if not place:
        return ""
    import numpy as np

    drawn = f1(resampled(np.stack([base, other], axis=1)))
    low, high = interval(drawn[:, 1] - drawn[:, 0])
    here = float(f1(other.sum(axis=0)) - f1(base.sum(axis=0)))
    p = randomised(other, base)
    p_text = "<.001" if p < 0.001 else f"{p:.3f}".removeprefix("0")
    return f"{100 * here:+.1f} ({100 * float(low):+.1f} to {100 * float(high):+.1f}), p {p_text}"
