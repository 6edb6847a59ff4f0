"""Questions about several systems: which is better on a sentence, which have an entity right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from xproj_core.evaluate.analysis.analysis import Analysis
from xproj_core.evaluate.analysis.disagreement import mistakes
from xproj_core.evaluate.analysis.question import (
    Mask,
    Names,
    Question,
    join_names,
    no_sentence,
    rows_of,
)
from xproj_core.evaluate.analysis.sentence_features import FEATURES

ANY = "any"


@dataclass(frozen=True, slots=True)
class Won(Question):
    """Sentences on which one system makes fewer mistakes than another.

    Attributes:
        better: `ANY` is whichever other system makes the fewest.
        sort: one of `sentence_features.FEATURES`, by which the sentences are sorted; with a "-"
            before it the largest comes first.
    """

    better: str
    worse: str
    sort: str = ""

    @property
    def system(self) -> str:
        """The one whose labels are shown."""
        return self.worse if self.better == ANY else self.better

    @property
    def feature(self) -> str:
        """What the sentences are sorted by; "" where by their place."""
        name = self.sort.removeprefix("-")
        return name if name in FEATURES else ""

    def rows(self, analysis: Analysis) -> list[int]:
        if not {self.better, self.worse} <= {*analysis.systems, ANY} or self.worse == ANY:
            return []
        counted, k = mistakes(analysis.counts()), analysis.systems.index(self.worse)
        if self.better == ANY:
            others = np.delete(counted, k, axis=1)
            best = others.min(axis=1) if others.shape[1] else counted[:, k]
        else:
            best = counted[:, analysis.systems.index(self.better)]
        rows = rows_of(_of_scored(analysis, best < counted[:, k]))
        if not self.feature:
            return rows
        values = analysis.sentences[self.feature].iloc[rows]
        order = values.sort_values(ascending=self.sort[0] != "-", kind="stable")
        return [int(row) for row in order.index]

    def words(self, names: Names) -> Iterator[str]:
        better = "some other system" if self.better == ANY else names.get(self.better, self.better)
        yield f"{better} better than {names.get(self.worse, self.worse)}"
        if self.feature:
            first = "largest" if self.sort.startswith("-") else "smallest"
            yield f"{first} first: {FEATURES[self.feature]}"


@dataclass(frozen=True, slots=True)
class Tied(Question):
    """Sentences on which two systems make the same number of mistakes, or not the same.

    Attributes:
        systems: two; with any other number there are no such sentences.
    """

    systems: tuple[str, ...]
    tied: bool = True

    @property
    def system(self) -> str:
        """The one whose labels are shown."""
        return self.systems[0]

    def rows(self, analysis: Analysis) -> list[int]:
        if len(self.systems) != 2 or not {*self.systems} <= {*analysis.systems}:
            return []
        counted = mistakes(analysis.counts())
        first, second = (counted[:, analysis.systems.index(s)] for s in self.systems)
        return rows_of(_of_scored(analysis, (first == second) == self.tied))

    def words(self, names: Names) -> Iterator[str]:
        yield f"{join_names(self.systems, names)}{'' if self.tied else ' not'} equally good"


@dataclass(frozen=True, slots=True)
class RightFor(Question):
    """Sentences with a gold entity that these systems have right, and no other system."""

    systems: tuple[str, ...]

    @property
    def system(self) -> str:
        """No system's labels are to be shown before another's."""
        return ""

    def rows(self, analysis: Analysis) -> list[int]:
        if not {*self.systems} <= {*analysis.systems}:
            return []
        right, sentences = analysis.recalled
        pattern = np.array([s in self.systems for s in analysis.systems])
        return [int(row) for row in np.unique(sentences[(right == pattern).all(axis=1)])]

    def words(self, names: Names) -> Iterator[str]:
        some = f"right for {join_names(self.systems, names)} only"
        yield some if self.systems else "right for no system"


def _of_scored(analysis: Analysis, mask: Mask) -> Mask:
    """A mask over the scored sentences, over all."""
    full_mask = no_sentence(analysis)
    full_mask[np.flatnonzero(np.asarray(analysis.sentences.gold, dtype=bool))[mask]] = True
    return full_mask
