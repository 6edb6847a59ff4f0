"""Which source tokens correspond to which target tokens, and how strongly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from xproj_core.domain.arrays import Matrix
from xproj_core.domain.errors import ProjectionError

Link = tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Alignment:
    """How strongly each source token corresponds to each target token.

    Attributes:
        scores: (n_source, n_target), link scores in [0, 1].
        links: (n_source, n_target) bool, the links taken as holding.
    """

    scores: Matrix[np.float64]
    links: Matrix[np.bool_]

    def __post_init__(self) -> None:
        if self.scores.ndim != 2 or self.scores.shape != self.links.shape:
            raise ProjectionError(
                f"An alignment needs scores and links of one source x target shape; got"
                f" {self.scores.shape} and {self.links.shape}."
            )
        self.scores.setflags(write=False)
        self.links.setflags(write=False)

    @classmethod
    def from_links(
        cls,
        links: Iterable[Link],
        shape: tuple[int, int],
        scores: Mapping[Link, float] | None = None,
    ) -> Alignment:
        """A hard alignment from `(source, target)` index pairs.

        Raises:
            ProjectionError: a pair lies outside `shape`; the message names it.
        """
        matrix = np.zeros(shape)
        for i, j in links:
            if not (0 <= i < shape[0] and 0 <= j < shape[1]):
                raise ProjectionError(
                    f"The link {i}-{j} does not fit: the source has {shape[0]} tokens and the"
                    f" target {shape[1]} (counted from 0)."
                )
            matrix[i, j] = 1.0 if scores is None else scores[i, j]
        return cls(matrix, matrix > 0)

    @property
    def shape(self) -> tuple[int, int]:
        """(number of source tokens, number of target tokens)."""
        return self.scores.shape[0], self.scores.shape[1]

    def pairs(self) -> list[Link]:
        """The links as (source, target), sorted."""
        return [(int(i), int(j)) for i, j in np.argwhere(self.links)]

    def transposed(self) -> Alignment:
        """The same links seen from the other side: target x source."""
        return Alignment(self.scores.T.copy(), self.links.T.copy())

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Alignment):
            return NotImplemented
        return np.array_equal(self.links, other.links) and np.allclose(self.scores, other.scores)
