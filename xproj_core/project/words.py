"""Which target words an entity is linked to, and the runs that they form."""

from __future__ import annotations

import string
from collections.abc import Iterable, Sequence

from xproj_core.domain import Evidence, Span
from xproj_core.domain.errors import ProjectionError

Run = tuple[int, int]  # half-open
_PUNCTUATION = frozenset(string.punctuation)


def linked(evidence: Evidence) -> list[list[int]]:
    """For each source token, the target tokens linked to it, ascending.

    All empty where the source has no entity, since nobody asks then.

    Raises:
        ProjectionError: the evidence has no alignment.
    """
    if evidence.alignment is None:
        raise ProjectionError(
            f"The method {evidence.method} gave neither an alignment nor placed entities, so"
            " there is nothing to project from."
        )
    table: list[list[int]] = [[] for _ in range(len(evidence.source))]
    if not evidence.source.spans:
        return table
    width = evidence.alignment.links.shape[1]
    for cell in evidence.alignment.links.ravel().nonzero()[0].tolist():
        table[cell // width].append(cell % width)
    return table


def words_of(span: Span, table: Sequence[Sequence[int]]) -> list[int]:
    """The target words linked to any word of `span`, ascending."""
    return sorted({j for i in range(span.start, span.end) for j in table[i]})


def runs(words: Iterable[int]) -> list[Run]:
    """Maximal runs of consecutive ones among ascending `words`."""
    word_runs: list[Run] = []
    for word in words:
        if word_runs and word_runs[-1][1] == word:
            word_runs[-1] = (word_runs[-1][0], word + 1)
        else:
            word_runs.append((word, word + 1))
    return word_runs


def merge(word_runs: Sequence[Run], distance: int, never: Iterable[int] = ()) -> list[Run]:
    """Join neighbouring runs with at most `distance` words between them, left to right.

    A run that starts on one of the words `never` is not joined to the one before it.
    """
    barred = frozenset(never)
    merged: list[Run] = []
    for run in word_runs:
        if merged and run[0] - merged[-1][1] <= distance and run[0] not in barred:
            merged[-1] = (merged[-1][0], run[1])
        else:
            merged.append(run)
    return merged


def is_punctuation(token: str) -> bool:
    """True when `token` is made of ASCII punctuation only."""
    return all(c in _PUNCTUATION for c in token)
