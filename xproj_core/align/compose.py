"""Joining alignments: through an intermediate sentence, and one with another.

`compose` is the posterior product of Kumar, Och and Macherey (EMNLP-CoNLL 2007,
"Improving Word Alignment with Bridge Languages"): P(t|s) = sum over p of P(t|p) P(p|s),
bridge positions including NULL.
"""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np

from xproj_core.domain import Alignment
from xproj_core.domain.arrays import Matrix
from xproj_core.domain.errors import InputError, ProjectionError

Refinement = Literal["interpolate", "intersect", "union"]
REFINEMENTS: tuple[str, ...] = get_args(Refinement)
THRESHOLD = 0.3
_ROUNDING = 1e-9


def posterior(scores: Matrix[np.float64]) -> Matrix[np.float64]:
    """Rows scaled to probabilities; a row that sums to less than 1 leaves the rest to NULL.

    A row of weak scores stays weak: dividing it by its own sum would turn a word that
    nothing corresponds to into a certain link.
    """
    totals = np.maximum(scores.sum(axis=1, keepdims=True), 1.0)
    return np.asarray(scores / totals)


def compose(first: Alignment, second: Alignment, *, threshold: float = THRESHOLD) -> Alignment:
    """Source x target from source x pivot and pivot x target.

    Both directions are composed and averaged, so that one source word standing for two
    target words is judged by the direction in which it is certain. A link holds where the
    result reaches `threshold`. Links of the two hops count for at least its square root: their
    aligner took them to hold, and a chain of two without rivals has to hold as well.

    Raises:
        ProjectionError: the two do not share a middle sentence.
    """
    if first.shape[1] != second.shape[0]:
        raise ProjectionError(
            f"Cannot join an alignment that ends in {first.shape[1]} words with one that"
            f" starts from {second.shape[0]}."
        )
    a, b = _at_least(first, threshold**0.5), _at_least(second, threshold**0.5)
    forward = posterior(a) @ posterior(b)
    backward = (posterior(b.T) @ posterior(a.T)).T
    scores = np.clip((forward + backward) / 2, 0.0, 1.0)
    return Alignment(scores, scores >= threshold - _ROUNDING)


def _at_least(alignment: Alignment, floor: float) -> Matrix[np.float64]:
    return np.where(alignment.links, np.maximum(alignment.scores, floor), alignment.scores)


def interpolate(
    first: Alignment, second: Alignment, weight: float = 0.5, *, threshold: float = THRESHOLD
) -> Alignment:
    """`weight` times the first plus the rest times the second.

    A link holds where both have it, or where one has it and the mixture reaches `threshold`.
    With all the weight on one of them, the result is that one.
    """
    if not 0 <= weight <= 1:
        raise InputError(f"The interpolation weight must lie between 0 and 1, not {weight}.")
    _same_shape(first, second)
    if weight in (0, 1):
        return first if weight else second
    scores = weight * first.scores + (1 - weight) * second.scores
    both, either = first.links & second.links, first.links | second.links
    return Alignment(scores, both | (either & (scores >= threshold)))


def intersect(first: Alignment, second: Alignment) -> Alignment:
    """Only the links that both have; the weaker score of the two."""
    _same_shape(first, second)
    return Alignment(np.minimum(first.scores, second.scores), first.links & second.links)


def union(first: Alignment, second: Alignment) -> Alignment:
    """The links of either; the stronger score of the two."""
    _same_shape(first, second)
    return Alignment(np.maximum(first.scores, second.scores), first.links | second.links)


def refine(
    direct: Alignment,
    composed: Alignment,
    how: Refinement = "interpolate",
    *,
    weight: float = 0.5,
    threshold: float = THRESHOLD,
) -> Alignment:
    """The direct alignment combined with the one through an intermediate sentence.

    Args:
        how: interpolate, intersect or union.
        weight: the direct alignment's share when interpolating.
    """
    if how == "interpolate":
        return interpolate(direct, composed, weight, threshold=threshold)
    if how == "intersect":
        return intersect(direct, composed)
    if how == "union":
        return union(direct, composed)
    raise InputError(f"Cannot refine by {how!r}. Choose one of: {', '.join(REFINEMENTS)}.")


def _same_shape(first: Alignment, second: Alignment) -> None:
    if first.shape != second.shape:
        raise ProjectionError(
            f"Cannot combine alignments of {first.shape} and {second.shape} words: they are not"
            " of the same two sentences."
        )
