"""From two one-directional word alignments to one."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal, get_args

from xproj_core.domain import Link
from xproj_core.domain.errors import InputError

Heuristic = Literal["intersection", "union", "grow-diag-final-and"]
_AROUND = ((-1, 0), (0, -1), (1, 0), (0, 1), (-1, -1), (-1, 1), (1, -1), (1, 1))


def symmetrise(
    forward: Collection[Link],
    reverse: Collection[Link],
    heuristic: Heuristic = "grow-diag-final-and",
) -> list[Link]:
    """One sorted list of (source, target) links.

    intersection: links in both; union: links in either; grow-diag-final-and: the
    intersection, grown by neighbouring links of the union while one side is still free,
    then by links of either direction whose both sides are free (Koehn, Och & Marcu 2003).

    Raises:
        InputError: `heuristic` is none of the three.
    """
    if heuristic not in get_args(Heuristic):
        known = ", ".join(get_args(Heuristic))
        raise InputError(f"There is no symmetrisation {heuristic!r}. Choose one of: {known}.")
    both = set(forward) & set(reverse)
    if heuristic == "intersection":
        return sorted(both)
    either = set(forward) | set(reverse)
    if heuristic == "union":
        return sorted(either)
    return _grow_diag_final_and(both, either, forward, reverse)


def _grow_diag_final_and(
    both: set[Link], either: set[Link], forward: Collection[Link], reverse: Collection[Link]
) -> list[Link]:
    links = set(both)
    sources = {i for i, _ in links}
    targets = {j for _, j in links}
    waiting = sorted(links)
    # A word once covered stays covered, so only the neighbours of a new link can be new.
    while waiting:
        grown = []
        for i, j in waiting:
            for di, dj in _AROUND:
                link = (i + di, j + dj)
                if link not in either or link in links:
                    continue
                if link[0] not in sources or link[1] not in targets:
                    links.add(link)
                    sources.add(link[0])
                    targets.add(link[1])
                    grown.append(link)
        waiting = grown
    for direction in (forward, reverse):
        for i, j in sorted(direction):
            if i not in sources and j not in targets:
                links.add((i, j))
                sources.add(i)
                targets.add(j)
    return sorted(links)
