"""Noise on source labels: missed, spurious, wrong boundary, wrong type.

What taggers do wrong, as NoiseBench (EMNLP 2024) sorts it; simulated errors are milder than real
ones, as it also shows. Draws belong to tokens: an entity's fate does not depend on the others.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import regex

from xproj_core.domain import Sentence, Span
from xproj_core.domain.arrays import Matrix
from xproj_core.noise.base import Change, Changes, Layer, Noise, pick, quoted

LABELS = ("PER", "LOC", "ORG")
"""Labels to choose from where nobody says which there are."""

Draws = Matrix[np.float64]
"""(tokens, 4) in [0, 1)."""
Moves = list[tuple[Span | None, Span | None]]
_NO_WORD = regex.compile(r"[\p{P}\p{S}]+")


class LabelNoise(Noise, ABC):
    """Works on the entities of one sentence."""

    layer: ClassVar[Layer] = "labels"

    def apply(
        self, sentence: Sentence, spans: Sequence[Span], labels: Sequence[str] = LABELS
    ) -> tuple[tuple[Span, ...], Changes]:
        """The noisy entities, sorted by place, and what was done to them."""
        entities = tuple(sorted(spans))
        if not self.rate or not entities:
            return entities, ()
        draws = self.draws(sentence).random_sample((len(sentence), 4))
        hit = [s for s in entities if draws[s.start, 0] < self.rate]
        moves = self._moves(sentence, entities, hit, draws, labels)
        noisy_entities = list(entities)
        for before, after in moves:
            if before is not None:
                noisy_entities.remove(before)
            if after is not None:
                noisy_entities.append(after)
        changes = tuple(_change(self, sentence, *move) for move in moves)
        return tuple(sorted(noisy_entities)), changes

    @abstractmethod
    def _moves(
        self,
        sentence: Sentence,
        entities: Sequence[Span],
        hit: Sequence[Span],
        draws: Draws,
        labels: Sequence[str],
    ) -> Moves:
        """What becomes of the entities that are hit."""


def _change(
    noise: LabelNoise, sentence: Sentence, before: Span | None, after: Span | None
) -> Change:
    span = after or before
    assert span is not None
    return Change(
        noise.name,
        noise.layer,
        _message(sentence, before, after),
        sentence,
        tuple(range(span.start, span.end)),
        before=before,
        after=after,
    )


def _message(sentence: Sentence, before: Span | None, after: Span | None) -> str:
    def named(span: Span) -> str:
        return f"{quoted(' '.join(sentence.words(span)))} {span.label}"

    if before is None:
        assert after is not None
        return f"The entity {named(after)} was made up."
    if after is None:
        return f"The entity {named(before)} was missed."
    return f"The entity {named(before)} became {named(after)}."


@dataclass(frozen=True)
class MissLabels(LabelNoise):
    """Each entity is missed with the rate as probability."""

    name = "miss-labels"

    def _moves(
        self,
        sentence: Sentence,
        entities: Sequence[Span],
        hit: Sequence[Span],
        draws: Draws,
        labels: Sequence[str],
    ) -> Moves:
        return [(span, None) for span in hit]


@dataclass(frozen=True)
class SpuriousLabels(LabelNoise):
    """As many made-up entities as the rate times those there are, where there are none."""

    name = "spurious-labels"

    def _moves(
        self,
        sentence: Sentence,
        entities: Sequence[Span],
        hit: Sequence[Span],
        draws: Draws,
        labels: Sequence[str],
    ) -> Moves:
        free = {
            i
            for i, token in enumerate(sentence.tokens)
            if not _NO_WORD.fullmatch(token) and not any(i in s for s in entities)
        }
        moves: Moves = []
        for span in hit:
            if not free:
                break
            start = pick(sorted(free), draws[span.start, 1])
            # Mostly one word long, seldom three, as names are.
            length = 1 + int(draws[span.start, 2] > 0.6) + int(draws[span.start, 2] > 0.9)
            end = start + 1
            while end < start + length and end in free:
                end += 1
            free -= set(range(start, end))
            moves.append((None, Span(start, end, pick(labels, draws[span.start, 3]))))
        return moves


@dataclass(frozen=True)
class MoveBoundaries(LabelNoise):
    """Each entity gains or loses a word at one end, at the rate as probability.

    Never its last word, never one of another entity.
    """

    name = "move-boundaries"

    def _moves(
        self,
        sentence: Sentence,
        entities: Sequence[Span],
        hit: Sequence[Span],
        draws: Draws,
        labels: Sequence[str],
    ) -> Moves:
        now = list(entities)
        moves: Moves = []
        for span in hit:
            others = [s for s in now if s != span]
            ways = [
                Span(start, end, span.label, span.score)
                for start, end in (
                    (span.start - 1, span.end),
                    (span.start + 1, span.end),
                    (span.start, span.end - 1),
                    (span.start, span.end + 1),
                )
                if 0 <= start < end <= len(sentence)
                and not any(start < s.end and s.start < end for s in others)
            ]
            if ways:
                moved_span = pick(ways, draws[span.start, 1])
                now = [*others, moved_span]
                moves.append((span, moved_span))
        return moves


@dataclass(frozen=True)
class ChangeLabels(LabelNoise):
    """Each entity gets another label, at the rate as probability."""

    name = "change-labels"

    def _moves(
        self,
        sentence: Sentence,
        entities: Sequence[Span],
        hit: Sequence[Span],
        draws: Draws,
        labels: Sequence[str],
    ) -> Moves:
        moves: Moves = []
        for span in hit:
            others = [label for label in labels if label != span.label]
            if others:
                label = pick(others, draws[span.start, 1])
                moves.append((span, Span(span.start, span.end, label, span.score)))
        return moves
