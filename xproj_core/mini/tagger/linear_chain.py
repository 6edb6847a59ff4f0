"""A linear chain of tags: marginals of a batch of sentences (Lafferty, McCallum & Pereira 2001)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from xproj_core.domain.arrays import Cube, Matrix, Vector
from xproj_core.tag.iob2_decoding import transitions


@dataclass(frozen=True, slots=True)
class Marginals:
    """What forward-backward finds.

    Attributes:
        tags: (batch, longest, classes), P(tag | sentence); rows past the end are 0.
        pairs: (classes, classes), expected number of each tag after each other one.
        log_total: (batch,), the logarithm of the sum over all tag sequences.
    """

    tags: Cube[np.float64]
    pairs: Matrix[np.float64]
    log_total: Vector[np.float64]


def marginals(
    scores: Cube[np.float64],
    lengths: Vector[np.int64],
    steps: Matrix[np.float64],
    classes: Sequence[str],
) -> Marginals:
    """Over valid IOB2 sequences only.

    Args:
        scores: (batch, longest, classes), of each tag at each word, sentences padded.
        lengths: (batch,) words; at least 1.
        steps: (classes, classes), of a tag after another.
        classes: IOB2 tags, "O" among them.
    """
    forbidden = transitions(classes)
    move = np.exp(steps + forbidden)
    first = np.exp(forbidden[list(classes).index("O")])
    batch, longest, _ = scores.shape
    inside = np.arange(longest)[None, :] < lengths[:, None]
    top = scores.max(axis=2, keepdims=True)
    here = np.where(inside[:, :, None], np.exp(scores - top), 1.0)
    ahead = np.empty_like(here)
    scale = np.ones((batch, longest))
    for t in range(longest):
        raw = here[:, t] * (ahead[:, t - 1] @ move if t else first)
        total = raw.sum(axis=1)
        scale[:, t] = np.where(inside[:, t], total, 1.0)
        ahead[:, t] = np.where(inside[:, t, None], raw / total[:, None], ahead[:, t - 1])
    back = np.ones((batch, here.shape[2]))
    tags = np.zeros_like(here)
    pairs = np.zeros_like(steps)
    for t in range(longest - 1, -1, -1):
        tags[:, t] = np.where(inside[:, t, None], ahead[:, t] * back, 0.0)
        if t:
            onward = here[:, t] * back / scale[:, t, None]
            onward = np.where(inside[:, t, None], onward, 0.0)
            pairs += move * (ahead[:, t - 1].T @ onward)
            back = np.where(inside[:, t, None], onward @ move.T, back)
    log_total = np.where(inside, np.log(scale) + top[:, :, 0], 0.0).sum(axis=1)
    return Marginals(tags, pairs, log_total)
