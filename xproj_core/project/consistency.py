"""The same name in one document has the same label: what would have to change for that.

Each name, exact in its letters, is given the label that most of its labelled places have, two more
at least than have others. Places
with another label are changed; places without any get it where that was said, and only where the
name is labelled more often than not or has several words ("May" is a name once and a month ten
times). Nothing is forced: `repairs` says what it would do and why, `repaired` does it.
benchmarks/consistency.md has the effect.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from xproj_core.domain import Sentence, Span
from xproj_core.text.strings import counted

Name = tuple[str, ...]
Votes = Mapping[Name, Counter[str]]


@dataclass(frozen=True, slots=True)
class Repair:
    """One change.

    Attributes:
        sentence: which of the document's, from 0.
        before: the span that is there; None where there is none.
        after: the span in its place.
        reason: a sentence for people.
    """

    sentence: int
    before: Span | None
    after: Span
    reason: str


def repairs(document: Sequence[Sentence], *, fill: bool = True) -> list[Repair]:
    """What makes the labels of a document's sentences agree, in order.

    Args:
        fill: label places of a name that have no label, too.
    """
    votes = _votes(document)
    counts = _occurrences(document, votes)
    changes: list[Repair] = []
    for k, sentence in enumerate(document):
        changes += _relabelled(k, sentence, votes)
        if fill:
            changes += _filled(k, sentence, votes, counts)
    return changes


def repaired(document: Sequence[Sentence], changes: Iterable[Repair]) -> list[Sentence]:
    """The sentences with the changes made."""
    spans = [list(sentence.spans) for sentence in document]
    for repair in changes:
        if repair.before is not None:
            spans[repair.sentence].remove(repair.before)
        spans[repair.sentence].append(repair.after)
    return [s.labelled(set(new)) for s, new in zip(document, spans, strict=True)]


def _votes(document: Iterable[Sentence]) -> Votes:
    votes: dict[Name, Counter[str]] = defaultdict(Counter)
    for sentence in document:
        for span in sentence.spans:
            if _is_name(words := sentence.words(span)):
                votes[words][span.label] += 1
    return votes


def _is_name(words: Name) -> bool:
    """True for what can be told from a common word: it has a capital, or the script has none."""
    letters = "".join(words)
    return letters.lower() != letters or letters.upper() == letters


def _usual(votes: Counter[str]) -> str | None:
    """The label of most labelled places; two against one are chance."""
    ((label, times),) = votes.most_common(1)
    rest = votes.total() - times
    return label if times > rest and (not rest or times - rest > 1) else None


def _relabelled(k: int, sentence: Sentence, votes: Votes) -> Iterator[Repair]:
    for span in sentence.spans:
        words = sentence.words(span)
        usual = _usual(votes[words]) if words in votes else None
        if usual is not None and span.label != usual:
            times = counted(votes[words][usual], "time")
            reason = f"“{' '.join(words)}” is {usual} {times} in this document."
            yield Repair(k, span, Span(span.start, span.end, usual), reason)


def _filled(
    k: int, sentence: Sentence, votes: Votes, counts: Mapping[Name, int]
) -> Iterator[Repair]:
    labelled_words = {i for span in sentence.spans for i in range(span.start, span.end)}
    for start, words in _places(sentence, votes):
        label = _usual(votes[words])
        labelled = votes[words].total()
        often = len(words) > 1 or 2 * labelled > counts[words]
        places = range(start, start + len(words))
        if label is None or not often or not labelled_words.isdisjoint(places):
            continue
        labelled_words.update(places)
        times = f"{labelled} of {counted(counts[words], 'time')}"
        reason = f"“{' '.join(words)}” is {label} {times} in this document."
        yield Repair(k, None, Span(start, start + len(words), label), reason)


def _occurrences(document: Iterable[Sentence], votes: Votes) -> Counter[Name]:
    return Counter(words for sentence in document for _, words in _places(sentence, votes))


def _places(sentence: Sentence, votes: Votes) -> Iterator[tuple[int, Name]]:
    """Where names of the document stand, longest first at each word."""
    lengths = sorted({len(name) for name in votes}, reverse=True)
    for start in range(len(sentence)):
        for length in lengths:
            words = sentence.tokens[start : start + length]
            if len(words) == length and words in votes:
                yield start, words
