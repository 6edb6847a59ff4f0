"""What can be said of a sentence before anybody knows the right answer."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from xproj_core.records import Record

FEATURES: dict[str, str] = {
    "source_words": "words in the source",
    "length_ratio": "target words per source word",
    "entities": "entities in the source",
    "entity_words": "words of the longest source entity",
    "unlinked_words": "share of source words without a link",
    "unlinked_entity_words": "share of entity words without a link",
    "link_score": "mean score of the links",
    "entity_fan_out": "target words linked to an entity word",
    "numbers": "share of source words with a digit",
    "marks": "share of source words that are punctuation",
}
"""Name to what it is, for a reader. Links are those of the baseline."""


def features(record: Record | None) -> tuple[float, ...]:
    """The values, in the order of `FEATURES`; not a number where there is nothing to measure."""
    if record is None or record.problem is not None or not len(record.source):
        return (float("nan"),) * len(FEATURES)
    words, spans = record.source.tokens, record.source.spans
    n = len(words)
    linked = {i for i, _, _ in record.links}
    inside = {i for s in spans for i in range(s.start, s.end)}
    fan_out = sum(i in inside for i, _, _ in record.links)
    return (
        n,
        len(record.target) / n,
        len(spans),
        max(map(len, spans), default=0),
        1 - len(linked) / n,
        _share(len(inside - linked), len(inside)),
        float(np.mean([score for *_, score in record.links])) if record.links else float("nan"),
        _share(fan_out, len(inside & linked)),
        _count(words, lambda w: any(c.isdigit() for c in w)) / n,
        _count(words, lambda w: not any(c.isalnum() for c in w)) / n,
    )


def _count(words: tuple[str, ...], holds: Callable[[str], bool]) -> int:
    return sum(map(holds, words))


def _share(part: int, whole: int) -> float:
    return part / whole if whole else float("nan")
