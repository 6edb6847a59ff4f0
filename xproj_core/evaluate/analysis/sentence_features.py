"""What can be said of a sentence before anybody knows the right answer."""

from __future__ import annotations

from xproj_core.domain.record import Record

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
    other = [w for w in words if not w.isalpha()]
    fan_out = sum(i in inside for i, _, _ in record.links)
    return (
        n,
        len(record.target) / n,
        len(spans),
        max(map(len, spans), default=0),
        1 - len(linked) / n,
        _share(len(inside - linked), len(inside)),
        _share(sum(score for *_, score in record.links), len(record.links)),
        _share(fan_out, len(inside & linked)),
        sum(any(map(str.isdigit, w)) for w in other) / n,
        sum(not any(map(str.isalnum, w)) for w in other) / n,
    )


def _share(part: float, total: int) -> float:
    return part / total if total else float("nan")
