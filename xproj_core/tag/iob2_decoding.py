"""The best valid IOB2 sequence under independent class probabilities, and its spans."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from xproj_core.domain import Span
from xproj_core.domain.arrays import Matrix, Vector

_FORBIDDEN = -1e9


def transitions(classes: Sequence[str]) -> Matrix[np.float64]:
    """(n, n) log weights, 0 where class j may follow class i, hugely negative elsewhere.

    Only I-X after anything but B-X or I-X is forbidden.
    """
    allowed = np.zeros((len(classes), len(classes)))
    for i, before in enumerate(classes):
        for j, after in enumerate(classes):
            if after[:2] == "I-" and before[2:] != after[2:]:
                allowed[i, j] = _FORBIDDEN
    return allowed


def best_path(probabilities: Matrix[np.float64], classes: Sequence[str]) -> Vector[np.intp]:
    """Class index per token of the most probable valid sequence (Viterbi).

    Args:
        probabilities: (n_tokens, n_classes).
        classes: IOB2 tags, "O" among them.
    """
    n_tokens = len(probabilities)
    path = np.zeros(n_tokens, dtype=np.intp)
    if n_tokens == 0:
        return path
    logs = np.log(np.maximum(probabilities, 1e-12))
    steps = transitions(classes)
    score = logs[0] + steps[list(classes).index("O")]
    back = np.zeros((n_tokens, len(classes)), dtype=np.intp)
    for t in range(1, n_tokens):
        options = score[:, None] + steps
        back[t] = options.argmax(axis=0)
        score = options.max(axis=0) + logs[t]
    path[-1] = int(score.argmax())
    for t in range(n_tokens - 1, 0, -1):
        path[t - 1] = back[t, path[t]]
    return path


def decode(probabilities: Matrix[np.float64], classes: Sequence[str]) -> tuple[Span, ...]:
    """Spans of the best valid sequence; a span's score is its tokens' mean class probability."""
    path = best_path(probabilities, classes)
    spans: list[Span] = []
    start = 0
    while start < len(path):
        tag = classes[path[start]]
        end = start + 1
        if tag != "O":
            while end < len(path) and classes[path[end]] == "I-" + tag[2:]:
                end += 1
            score = float(np.mean([probabilities[t, path[t]] for t in range(start, end)]))
            spans.append(Span(start, end, tag[2:], score))
        start = end
    return tuple(spans)
