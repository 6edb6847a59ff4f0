"""One entity with its candidates, their scores, and the limits that they must exceed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from xproj_core.domain import Sentence, Span
from xproj_core.project.words import Run


@dataclass(slots=True)
class Weighed:
    """Candidates of one source entity.

    Attributes:
        words: target words linked to it, ascending.
        runs: the candidates.
        parts: for each score in use, its value for each of `runs`, unweighted.
        totals: the weighted sum for each of `runs`.
        shares: the length of each of `runs` as a part of the entity's; empty if it is not asked.
    """

    source: Span
    words: list[int]
    runs: Sequence[Run]
    parts: dict[str, list[float]] = field(default_factory=dict)
    totals: list[float] = field(init=False)
    shares: list[float] = field(default_factory=list)

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
                -self.totals[n],
                self.runs[n][1] - self.runs[n][0],
                self.runs[n][0],
            ),
        )
        return order[:most]


@dataclass(frozen=True, slots=True)
class Limits:
    """What a candidate has to exceed: a total score, and a part of the entity's length."""

    threshold: float = 0.0
    length_ratio: float = 0.0
    unit: str = "words"

    def against(self, one: Weighed, k: int) -> str:
        """Why candidate `k` is out of the question, as a sentence fragment; "" if it is not."""
        if one.totals[k] <= self.threshold:
            return f"scores no more than {self.threshold:g}"
        if one.shares and one.shares[k] <= self.length_ratio:
            size = len(one.source)
            words = "1 source word" if size == 1 else f"{size} source words"
            letters = "" if self.unit == "words" else "letters of the "
            return f"is at most {self.length_ratio:g} of the {letters}{words}"
        return ""

    def measure(self, one: Weighed, source: Sentence, target: Sentence) -> None:
        """Note the shares of `one` in words or characters, if a length is asked for."""
        if not self.length_ratio:
            return
        if self.unit == "words":
            one.shares = [(b - a) / len(one.source) for a, b in one.runs]
        else:
            size = max(1, sum(map(len, source.words(one.source))))
            one.shares = [sum(map(len, target.tokens[a:b])) / size for a, b in one.runs]
