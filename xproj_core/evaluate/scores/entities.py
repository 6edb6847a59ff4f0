"""Entity precision, recall and F1: an entity counts when both boundaries and the label match.

Micro-averaged over all sentences, as conlleval and seqeval do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from xproj_core.domain import Span, by_place
from xproj_core.domain.errors import InputError
from xproj_core.formats import iob


@dataclass(frozen=True, slots=True)
class Scores:
    """Counts of entities; the fractions follow from them (0 where nothing is counted)."""

    n_gold: int
    n_predicted: int
    n_correct: int

    @property
    def precision(self) -> float:
        """Correct of what was predicted."""
        return self.n_correct / self.n_predicted if self.n_predicted else 0.0

    @property
    def recall(self) -> float:
        """Correct of what is in the gold standard."""
        return self.n_correct / self.n_gold if self.n_gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.n_predicted + self.n_gold
        return 2 * self.n_correct / total if total else 0.0

    def as_dict(self) -> dict[str, float | int]:
        """Fractions and counts, for JSON."""
        return {
            "precision": self.precision,
            "recall": self.recall,
            "f1": self.f1,
            "n_gold": self.n_gold,
            "n_predicted": self.n_predicted,
            "n_correct": self.n_correct,
        }


@dataclass(frozen=True, slots=True)
class EntityScores:
    """Scores over everything and per label."""

    overall: Scores
    per_label: dict[str, Scores]

    def as_dict(self) -> dict[str, object]:
        """The overall figures with `per_label` beside them, for JSON."""
        per_label = {label: s.as_dict() for label, s in self.per_label.items()}
        return {**self.overall.as_dict(), "per_label": per_label}


class Tally:
    """Counts entities sentence by sentence, however many."""

    def __init__(self) -> None:
        self._gold, self._predicted, self._correct = (Counter[str]() for _ in range(3))

    def add(self, gold: Iterable[Span], predicted: Iterable[Span]) -> None:
        """Count one sentence; an entity that is listed twice counts once."""
        gold_spans, predicted_spans = set(gold), set(predicted)
        self._gold.update(s.label for s in gold_spans)
        self._predicted.update(s.label for s in predicted_spans)
        self._correct.update(s.label for s in gold_spans & predicted_spans)

    def scores(self) -> EntityScores:
        """The scores so far."""
        counts = (self._gold, self._predicted, self._correct)
        labels = sorted(self._gold.keys() | self._predicted.keys())
        per_label = {y: Scores(*(c[y] for c in counts)) for y in labels}
        return EntityScores(Scores(*(c.total() for c in counts)), per_label)


def score_spans(
    gold: Sequence[Iterable[Span]],
    predicted: Sequence[Iterable[Span]],
    ignore: Collection[str] = (),
) -> EntityScores:
    """Compare entities sentence by sentence; labels in `ignore` are dropped on both sides.

    Raises:
        InputError: not as many sentences on both sides.
    """
    if len(gold) != len(predicted):
        raise InputError(
            f"{len(gold)} gold sentences cannot be compared with {len(predicted)} predicted ones."
        )
    tally = Tally()
    for ours, predicted_spans in zip(gold, predicted, strict=True):
        tally.add(
            [s for s in ours if s.label not in ignore],
            [s for s in predicted_spans if s.label not in ignore],
        )
    return tally.scores()


def score_tags(
    gold: Sequence[Sequence[str]],
    predicted: Sequence[Sequence[str]],
    scheme: iob.Scheme = "conll",
    ignore: Collection[str] = (),
) -> EntityScores:
    """Compare IOB2 tags, read by `scheme` (see xproj_core.formats.iob).

    Raises:
        InputError: sentences, or tags within one (named), that are not as many on both sides.
    """
    for n, (ours, predicted_tags) in enumerate(zip(gold, predicted, strict=False), 1):
        if len(ours) != len(predicted_tags):
            raise InputError(
                f"Sentence {n} has {len(ours)} gold tags and {len(predicted_tags)} predicted"
                " ones: the"
                " two files must hold the same tokens."
            )
    return score_spans(
        [iob.spans(t, scheme) for t in gold], [iob.spans(t, scheme) for t in predicted], ignore
    )


def as_tagged(spans: Sequence[Span], length: int) -> Sequence[Span]:
    """The entities of a sentence of `length` words after being written as IOB2 tags."""
    ordered = sorted(spans, key=by_place)
    if all(a.end <= b.start for a, b in pairwise(ordered)):
        return ordered
    tags = ["O"] * length
    for span in ordered:
        tags[span.start : span.end] = [f"B-{span.label}"] + [f"I-{span.label}"] * (len(span) - 1)
    return iob.spans(tags, "conll")
