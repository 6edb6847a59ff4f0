"""Sentences and the spans over their tokens."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from operator import attrgetter

from xproj_core.domain.errors import InputError


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Tokens `start` up to, not including, `end`, with a label.

    `score` is the confidence in [0, 1] of whoever made the span, None for a person's.
    It does not take part in comparison.
    """

    start: int
    end: int
    label: str
    score: float | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise InputError(
                f"A span must cover at least one token; got [{self.start}, {self.end})"
                f" labelled {self.label!r}."
            )

    def __len__(self) -> int:
        return self.end - self.start

    def __contains__(self, token: int) -> bool:
        return self.start <= token < self.end

    def overlaps(self, other: Span) -> bool:
        """True when the two share a token."""
        return self.start < other.end and other.start < self.end

    def same_place(self, other: Span) -> bool:
        """True when the two cover the same tokens."""
        return (self.start, self.end) == (other.start, other.end)


by_place = attrgetter("start", "end", "label")
"""The key that sorts spans as they compare, several times faster."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens of one language, with entity spans over them.

    `text` is what was typed, when the tokens came from text; `offsets` are then the
    tokens' code-point ranges in it. Both are None for pre-tokenised input.
    """

    tokens: tuple[str, ...]
    language: str
    spans: tuple[Span, ...] = ()
    text: str | None = None
    offsets: tuple[tuple[int, int], ...] | None = None

    def __post_init__(self) -> None:
        for span in self.spans:
            if span.end > len(self.tokens):
                raise InputError(
                    f"The span [{span.start}, {span.end}) {span.label} ends after the last"
                    f" of {len(self.tokens)} tokens."
                )

    def __len__(self) -> int:
        return len(self.tokens)

    def words(self, span: Span) -> tuple[str, ...]:
        """The tokens that `span` covers."""
        return self.tokens[span.start : span.end]

    def labelled(self, spans: Iterable[Span]) -> Sentence:
        """The same sentence with other spans, sorted by place."""
        return replace(self, spans=tuple(sorted(spans)))
