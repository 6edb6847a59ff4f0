"""Noise on word links: dropped, added, shifted.

No standard exists; the definitions are those of the reference measurements that
`benchmarks/alignment_noise.py` sets its figures beside. Draws belong to cells of the matrix, so
that two alignments of one sentence pair (the translator's and the aligner's) lose the same links.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from xproj_core.domain import Alignment, Link, Sentence
from xproj_core.domain.arrays import Matrix
from xproj_core.noise.base import Change, Changes, Layer, Noise, named

Moves = list[tuple[Link | None, Link | None]]
"""(what was there, what is there now)."""


class AlignmentNoise(Noise, ABC):
    """Works on the alignment of a sentence pair, source first."""

    layer: ClassVar[Layer] = "alignment"

    def apply(
        self, source: Sentence, target: Sentence, alignment: Alignment
    ) -> tuple[Alignment, Changes]:
        """The noisy alignment and what was done to it; rate 0 gives the very same object."""
        if not self.rate or not alignment.scores.size:
            return alignment, ()
        random = self.draws(source, target)
        hit = random.random_sample(alignment.shape) < self.rate
        moves = self._moves(alignment, hit & alignment.links, random.random_sample(alignment.shape))
        if not moves:
            return alignment, ()
        noisy_alignment = _moved(alignment, moves)
        return noisy_alignment, tuple(self._change(source, target, *move) for move in moves)

    @abstractmethod
    def _moves(
        self, alignment: Alignment, hit: Matrix[np.bool_], draws: Matrix[np.float64]
    ) -> Moves:
        """What becomes of the links that are hit; `draws`, as `hit`, is source x target."""

    def _change(
        self, source: Sentence, target: Sentence, before: Link | None, after: Link | None
    ) -> Change:
        link = before or after
        assert link is not None
        return Change(
            self.name,
            self.layer,
            _message(source, target, before, after),
            source,
            (link[0],),
            other=target,
            removed=before,
            added=after,
        )


def _moved(alignment: Alignment, moves: Moves) -> Alignment:
    scores, links = alignment.scores.copy(), alignment.links.copy()
    ordinary = float(np.median(alignment.scores[alignment.links]))
    for before, _ in moves:
        if before is not None:
            scores[before], links[before] = 0.0, False
    for before, after in moves:
        if after is not None:
            strength = ordinary if before is None else float(alignment.scores[before])
            scores[after], links[after] = max(scores[after], strength), True
    return Alignment(scores, links)


def _message(source: Sentence, target: Sentence, before: Link | None, after: Link | None) -> str:
    def both(link: Link) -> str:
        return f"{named(source.tokens[link[0]])} – {named(target.tokens[link[1]])}"

    if before is None:
        assert after is not None
        return f"The link {both(after)} was added."
    if after is None:
        return f"The link {both(before)} was dropped."
    return f"The link {both(before)} was shifted to {both(after)}."


@dataclass(frozen=True)
class DropLinks(AlignmentNoise):
    """Each link is dropped with the rate as probability."""

    name = "drop-links"

    def _moves(
        self, alignment: Alignment, hit: Matrix[np.bool_], draws: Matrix[np.float64]
    ) -> Moves:
        return [((int(i), int(j)), None) for i, j in np.argwhere(hit)]


@dataclass(frozen=True)
class AddLinks(AlignmentNoise):
    """As many links as the rate times those there are, between words that have none.

    A new link is as strong as the median of the others.
    """

    name = "add-links"

    def _moves(
        self, alignment: Alignment, hit: Matrix[np.bool_], draws: Matrix[np.float64]
    ) -> Moves:
        free = np.argwhere(~alignment.links)
        order = np.argsort(draws[~alignment.links], kind="stable")[: int(hit.sum())]
        return [(None, (int(i), int(j))) for i, j in free[order]]


@dataclass(frozen=True)
class ShiftLinks(AlignmentNoise):
    """Each link moves to the next or the last word of the target, at the rate as probability."""

    name = "shift-links"

    def _moves(
        self, alignment: Alignment, hit: Matrix[np.bool_], draws: Matrix[np.float64]
    ) -> Moves:
        last = alignment.shape[1] - 1
        moves: Moves = []
        for i, j in np.argwhere(hit):
            right = (draws[i, j] < 0.5 or j == 0) and j < last
            if last:
                moves.append(((int(i), int(j)), (int(i), int(j) + (1 if right else -1))))
        return moves
