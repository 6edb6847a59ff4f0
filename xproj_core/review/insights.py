"""What corrections teach: how often people changed what was projected, and what was wrong with it.

The corrected sentences are a gold standard. Two things are counted over the finished ones: what
people did to the spans of the system that they corrected, and, by the error taxonomy, what every
system that answered the same sentence had made of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from xproj_core.evaluate.errors.classify import classify
from xproj_core.review import conversion
from xproj_core.review.corrections import Finished, corrections, finished
from xproj_core.review.desk import Desk

NOBODY = "labels that came with the data"
Key = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table of shares.

    Attributes:
        names: what the row is about, in the order asked for.
        total: how many spans, or entities, there are.
        counts: how many of each outcome or kind.
    """

    names: tuple[str, ...]
    total: int
    counts: dict[str, int]

    def share(self, *unchanged: str) -> float:
        """The part that was changed: all but those of the `unchanged` kinds."""
        same = sum(self.counts.get(name, 0) for name in unchanged)
        return (self.total - same) / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class Lessons:
    """Counts over finished sentences. Keys are (system, target language, label, what).

    Attributes:
        sentences: how many are finished.
        other_words: how many of them say nothing of the kinds of errors, as their text was
            edited.
        outcomes: `what` is an outcome of `corrections`, for target spans; an added one counts
            for the system that had not found it.
        kinds: `what` is a kind of the error taxonomy.
        links: (system, target language, "kept" | "removed" | "added").
    """

    sentences: int = 0
    other_words: int = 0
    outcomes: Counter[Key] = field(default_factory=Counter)
    kinds: Counter[Key] = field(default_factory=Counter)
    links: Counter[tuple[str, str, str]] = field(default_factory=Counter)


def collect_lessons(desk: Desk) -> Lessons:
    """What the finished sentences of a dataset teach."""
    counts = Lessons()
    sentences = other_words = 0
    for sentence in finished(desk):
        sentences += 1
        _count_outcomes(sentence, counts)
        other_words += not _count_kinds(desk, sentence, counts)
    return replace(counts, sentences=sentences, other_words=other_words)


def _language(sentence: Finished) -> str:
    target = sentence.document.target
    return "" if target is None else target.language


def _count_outcomes(sentence: Finished, counts: Lessons) -> None:
    system, language = sentence.initial.system or NOBODY, _language(sentence)
    for c in corrections(sentence.initial, sentence.document):
        span = c.before or c.after
        if c.side == "target" and span is not None:
            counts.outcomes[system, language, span.label, c.outcome] += 1
    # text that was edited moves links along: they cannot be told from new ones then
    if (sentence.initial.source, sentence.initial.target) != (
        sentence.document.source,
        sentence.document.target,
    ):
        return
    before = {link.pair for link in sentence.initial.live_links()}
    after = {link.pair for link in sentence.document.live_links()}
    for what, pairs in (
        ("kept", before & after),
        ("removed", before - after),
        ("added", after - before),
    ):
        if pairs:
            counts.links[system, language, what] += len(pairs)


def _count_kinds(desk: Desk, sentence: Finished, counts: Lessons) -> bool:
    """False where nothing can be said because the words are not the systems' any more."""
    number = sentence.where.number
    _, item, records = next(desk.material(number, number + 1))
    corrected = conversion.item(sentence.document, item.key, item)
    compared = not records
    for name, record in records.items():
        target = corrected.target
        same = target is not None and target.tokens == record.target.tokens
        compared = compared or same
        for case in classify(corrected, record) if same else ():
            span = case.gold or case.predicted
            assert span is not None
            counts.kinds[name, _language(sentence), span.label, case.kind.value] += 1
    return compared


def rows(counts: Iterable[tuple[Key, int]], by: Sequence[int]) -> list[Row]:
    """Counts summed up by some of the key's parts (0 system, 1 language, 2 label).

    >>> rows([(("a", "de", "PER", "kept"), 3), (("a", "de", "LOC", "kept"), 1)], [0])
    [Row(names=('a',), total=4, counts={'kept': 4})]
    """
    counters: dict[tuple[str, ...], Counter[str]] = {}
    for key, n in counts:
        counters.setdefault(tuple(key[k] for k in by), Counter())[key[3]] += n
    return [Row(names, sum(c.values()), dict(c)) for names, c in sorted(counters.items())]
