"""One entity with its candidates and their scores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from xproj_core.domain import Span
from xproj_core.project.words import Run


@dataclass(frozen=True, slots=True)
class Limits:
    """What a candidate has to exceed: a total score, and a part of the entity's length."""

    threshold: float = 0.0
    length_ratio: float = 0.0

    def against(self, run: Run, total: float, source: Span) -> str:
        """Why `run` is out of the question, as a sentence fragment; "" if it is not."""
        if total <= self.threshold:
            return f"scores no more than {self.threshold:g}"
        if run[1] - run[0] <= self.length_ratio * len(source):
            words = f"{len(source)} source word{'s' if len(source) > 1 else ''}"
            return f"is at most {self.length_ratio:g} of the {words}"
        return ""


@dataclass(slots=True)
class Weighed:
    """Candidates of one source entity.

    Attributes:
        words: target words linked to it, ascending.
        runs: the candidates.
        parts: for each score in use, its value for each of `runs`, unweighted.
        totals: the weighted sum for each of `runs`.
    """

    source: Span
    words: list[int]
    runs: Sequence[Run]
    parts: dict[str, list[float]] = field(default_factory=dict)
    totals: list[float] = field(init=False)

    def __post_init__(self) -> None:
        self.totals = [0.0] * len(self.runs)

    def add(self, name: str, weight: float, values: list[float]) -> None:
        """Take a score into account, unless it weighs nothing."""
        if weight:
            self.parts[name] = values
            self.totals = [t + weight * v for t, v in zip(self.totals, values, strict=True)]

    def ranked(self, most: int) -> list[int]:
        """The best of `runs` by number: highest total, then shortest, then leftmost."""
        order = sorted(
            range(len(self.runs)),
            key=lambda n: (
                -self.totals[n], self.runs[n][1] - self.runs[n][0], self.runs[n][0],
            ),
        )  # fmt: skip
        return order[:most]
