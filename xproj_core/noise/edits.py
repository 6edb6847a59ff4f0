"""A sentence whose tokens were changed in number, and what becomes of spans and links over it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from xproj_core.domain import Alignment, Link, Sentence, Span
from xproj_core.domain.item import Links


@dataclass(frozen=True, slots=True)
class Edited:
    """Tokens, each with the old tokens that it was made of.

    Attributes:
        sentence: the new tokens, without spans.
        origins: for each of them the old tokens (none: it came from elsewhere).
    """

    sentence: Sentence
    origins: tuple[tuple[int, ...], ...]

    def places(self, start: int, end: int) -> list[int]:
        """The new tokens that have any of the old tokens [start, end) in them."""
        return [n for n, old in enumerate(self.origins) if any(start <= k < end for k in old)]

    def span(self, span: Span) -> Span | None:
        """Where an entity is now: its longest unbroken run (the first of equals), or nowhere."""
        places = self.places(span.start, span.end)
        if not places:
            return None
        runs = [
            [n for _, n in run]
            for _, run in groupby(enumerate(places), lambda pair: pair[1] - pair[0])
        ]
        best = max(runs, key=len)
        return Span(best[0], best[-1] + 1, span.label, span.score)

    def spans(self, spans: Iterable[Span]) -> tuple[Span, ...]:
        """Those entities that are left, sorted by place, each once."""
        return tuple(sorted({span for s in spans if (span := self.span(s)) is not None}))

    def torn(self, spans: Iterable[Span]) -> list[Span]:
        """Entities with a boundary inside a new token."""
        mixed = [old for old in self.origins if len(old) > 1]
        return [
            s
            for s in sorted(spans)
            if any(0 < sum(k in s for k in old) < len(old) for old in mixed)
        ]

    def columns(self, alignment: Alignment) -> Alignment:
        """The same alignment where the second sentence is the edited one."""
        shape = (alignment.shape[0], len(self.origins))
        scores, links = np.zeros(shape), np.zeros(shape, bool)
        for n, old in enumerate(self.origins):
            if old:
                scores[:, n] = alignment.scores[:, list(old)].max(axis=1)
                links[:, n] = alignment.links[:, list(old)].any(axis=1)
        return Alignment(scores, links)

    def links(self, links: Links, second: bool) -> Links:
        """Gold links where the second (or else the first) sentence is the edited one."""
        new: dict[int, list[int]] = {}
        for n, old in enumerate(self.origins):
            for k in old:
                new.setdefault(k, []).append(n)

        def moved(pairs: Iterable[Link]) -> frozenset[Link]:
            if second:
                return frozenset((i, n) for i, j in pairs for n in new.get(j, ()))
            return frozenset((n, j) for i, j in pairs for n in new.get(i, ()))

        sure = moved(links.sure)
        return Links(sure, moved(links.possible) - sure)


def unchanged(sentence: Sentence) -> Edited:
    """No token touched."""
    return Edited(sentence, tuple((k,) for k in range(len(sentence))))


def edited(sentence: Sentence, parts: Sequence[tuple[str, tuple[int, ...]]]) -> Edited:
    """From (token, old tokens) pairs; the old text no longer holds."""
    new_sentence = Sentence(tuple(token for token, _ in parts), sentence.language)
    return Edited(new_sentence, tuple(old for _, old in parts))
