"""How far people who labelled the same sentences apart from each other agree.

- Span F1: 2 × spans that both have / (spans of the one + spans of the other); ends and label must
  match. It does not correct for chance, and does not need to: chance hardly ever hits a span.
- Cohen's kappa (1960) over tokens, for two people, by scikit-learn.
- Krippendorff's alpha (2011), nominal, over tokens, for any number of people of whom each may
  have left sentences out: 1 - observed / expected disagreement, from the coincidences of values
  within units.

A token's category is everything that is labelled on it, with where each span begins, so that
nested and adjacent spans count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby

from xproj_core.annotation.document import Document
from xproj_core.annotation.settings import annotator
from xproj_core.domain.item import Side
from xproj_core.review.desk import Desk


@dataclass(frozen=True, slots=True)
class Score:
    """A figure, or the reason why there is none.

    Attributes:
        value: None where it is undefined.
        reason: why it is undefined; else "".
        n: spans (of both together) or tokens that it rests on.
    """

    value: float | None
    reason: str
    n: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people, on the sentences that both have finished."""

    first: str
    second: str
    sentences: int
    f1: Score
    kappa: Score


@dataclass(frozen=True, slots=True)
class Agreement:
    """Everybody's agreement on one side of a dataset.

    Attributes:
        sentences: finished by at least two people.
        other_words: of those, how many are left out because somebody edited their text.
        numbers: the sentences on which not all who finished them agree, by number.
    """

    people: tuple[str, ...]
    sentences: int
    other_words: int
    alpha: Score
    pairs: tuple[Pair, ...]
    numbers: tuple[int, ...]


def measure_agreement(desk: Desk, side: Side = "target") -> Agreement:
    """Agreement between the annotators' own layers, over sentences that they call done."""
    versions: list[tuple[int, dict[str, Document]]] = []
    sentences = other_words = 0
    entries = desk.store.documents.all(desk.dataset.id)
    for number, group in groupby(entries, key=lambda entry: entry[0].number):
        done = {
            who: snapshot.document
            for where, snapshot, _ in group
            if (who := annotator(where.layer)) and snapshot.document.done
        }
        if len(done) < 2:
            continue
        sentences += 1
        texts = {None if (s := d.side(side)) is None else s.tokens for d in done.values()}
        if len(texts) == 1 and None not in texts:
            versions.append((number, done))
        else:
            other_words += 1
    people = sorted({who for _, done in versions for who in done})
    return Agreement(
        tuple(people),
        sentences,
        other_words,
        _alpha(versions, side),
        tuple(
            _pair(a, b, versions, side)
            for a, b in combinations(people, 2)
            if any(a in done and b in done for _, done in versions)
        ),
        tuple(
            number
            for number, done in versions
            if len({frozenset(_places(d, side)) for d in done.values()}) > 1
        ),
    )


def _places(document: Document, side: Side) -> set[tuple[int, int, str]]:
    return {span.place for span in document.on(side)}


def categories(document: Document, side: Side) -> list[str]:
    """Each token's category: "O", "B-PER", "I-PER", or several where spans lie over one another."""
    over: list[list[str]] = [[] for _ in range(document.length(side))]
    for start, end, label in sorted(_places(document, side)):
        for i in range(start, end):
            over[i].append(f"{'B' if i == start else 'I'}-{label}")
    return [" ".join(sorted(here)) or "O" for here in over]


def _pair(a: str, b: str, versions: Sequence[tuple[int, dict[str, Document]]], side: Side) -> Pair:
    both = [(done[a], done[b]) for _, done in versions if a in done and b in done]
    spans = [(_places(x, side), _places(y, side)) for x, y in both]
    first = [c for x, _ in both for c in categories(x, side)]
    second = [c for _, y in both for c in categories(y, side)]
    return Pair(a, b, len(both), span_f1(spans), cohens_kappa(first, second))


def span_f1(pairs: Iterable[tuple[set[tuple[int, int, str]], set[tuple[int, int, str]]]]) -> Score:
    """F1 of two people's spans, sentence by sentence; which one is taken for gold is the same."""
    shared = total = 0
    for a, b in pairs:
        shared += len(a & b)
        total += len(a) + len(b)
    if not total:
        return Score(None, "Neither has labelled anything.", 0)
    return Score(2 * shared / total, "", total)


def cohens_kappa(first: Sequence[str], second: Sequence[str]) -> Score:
    """Cohen's kappa of two people's categories of the same tokens."""
    n = len(first)
    if not n:
        return Score(None, "There is no token that both have judged.", 0)
    used = {*first, *second}
    if len(used) == 1:
        return Score(None, _one_category(next(iter(used))), n)
    from sklearn.metrics import cohen_kappa_score

    codes = {category: code for code, category in enumerate(sorted(used))}
    value = cohen_kappa_score([codes[c] for c in first], [codes[c] for c in second])
    return Score(float(value), "", n)


def _alpha(versions: Sequence[tuple[int, dict[str, Document]]], side: Side) -> Score:
    units: list[tuple[str, ...]] = []
    for _, done in versions:
        units += zip(*(categories(d, side) for d in done.values()), strict=True)
    return krippendorffs_alpha(units)


def krippendorffs_alpha(units: Iterable[Sequence[Hashable]]) -> Score:
    """Nominal alpha of units, each with the values that its observers gave it.

    Units with fewer than two values say nothing about agreement and are left out.
    """
    totals: Counter[Hashable] = Counter()
    observed, n, judged = 0.0, 0, 0
    for values in units:
        m = len(values)
        if m < 2:
            continue
        judged += 1
        counts = Counter(values)
        n += m
        totals.update(counts)
        # pairs of different values within the unit, each weighed 1 / (m - 1)
        observed += (m * m - sum(c * c for c in counts.values())) / (m - 1)
    if not n:
        return Score(None, "There is no token that two people have judged.", 0)
    expected = (n * n - sum(c * c for c in totals.values())) / (n - 1)
    if not expected:
        return Score(None, _one_category(str(next(iter(totals)))), judged)
    return Score(1 - observed / expected, "", judged)


def _one_category(category: str) -> str:
    what = "unlabelled" if category == "O" else category
    return (
        f"Every token is {what} for everybody: nothing can be told about agreement beyond chance."
    )
