"""Alignment error rate, precision and recall (Och & Ney 2003) from sure and possible links.

    P = |A & P| / |A|     R = |A & S| / |S|     AER = 1 - (|A & S| + |A & P|) / (|A| + |S|)

with A the links found, S the sure and P the possible gold links, S a subset of P.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from xproj_core.domain import Link


@dataclass(frozen=True, slots=True)
class AlignmentScores:
    """Link counts over a corpus; the fractions follow from them.

    Attributes:
        n_found, n_sure: |A| and |S|.
        n_in_sure, n_in_possible: |A & S| and |A & P|.
    """

    n_found: int
    n_sure: int
    n_in_sure: int
    n_in_possible: int

    @property
    def precision(self) -> float:
        """Found links that are at least possible."""
        return self.n_in_possible / self.n_found if self.n_found else 0.0

    @property
    def recall(self) -> float:
        """Sure links that were found."""
        return self.n_in_sure / self.n_sure if self.n_sure else 0.0

    @property
    def aer(self) -> float:
        """Alignment error rate, 0 is best; 0 where there is nothing to find and nothing found."""
        total = self.n_found + self.n_sure
        return 1.0 - (self.n_in_sure + self.n_in_possible) / total if total else 0.0

    def as_dict(self) -> dict[str, float | int]:
        """Fractions and counts, for JSON."""
        return {
            "aer": self.aer,
            "precision": self.precision,
            "recall": self.recall,
            "n_found": self.n_found,
            "n_sure": self.n_sure,
        }


def score_links(
    predicted: Iterable[Collection[Link]],
    sure: Iterable[Collection[Link]],
    possible: Iterable[Collection[Link]] | None = None,
) -> AlignmentScores:
    """Sum the counts over sentence pairs; sure links are possible ones without being listed.

    Raises:
        ValueError: not as many sentence pairs in each argument.
    """
    sure = list(sure)
    extra = [()] * len(sure) if possible is None else possible
    counts = [0, 0, 0, 0]
    for a, s, p in zip(predicted, sure, extra, strict=True):
        links, certain = set(a), set(s)
        parts = (links, certain, links & certain, links & (certain | set(p)))
        counts = [n + len(part) for n, part in zip(counts, parts, strict=True)]
    return AlignmentScores(*counts)
