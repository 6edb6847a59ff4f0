"""Strict entity scores: a span counts when start, end and label are all right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from training.ner_read import spans_of


def counts(gold: Sequence[Sequence[str]], predictions: Sequence[Sequence[str]]) -> Counter[str]:
    """`label:right`, `label:gold` and `label:found` for every label and for "all"."""
    total: Counter[str] = Counter()
    for expected, predicted in zip(gold, predictions, strict=True):
        gold_spans, predicted_spans = set(spans_of(list(expected))), set(spans_of(list(predicted)))
        for name, spans in (
            ("right", gold_spans & predicted_spans),
            ("gold", gold_spans),
            ("found", predicted_spans),
        ):
            for _, _, label in spans:
                total[f"{label}:{name}"] += 1
                total[f"all:{name}"] += 1
    return total


def f1(total: Counter[str], label: str = "all") -> float:
    """Harmonic mean of precision and recall of `label`; 0 where it never occurs."""
    both = total[f"{label}:gold"] + total[f"{label}:found"]
    return 2 * total[f"{label}:right"] / both if both else 0.0


def strict_f1(gold: Sequence[Sequence[str]], predictions: Sequence[Sequence[str]]) -> float:
    """Micro-averaged over labels."""
    return f1(counts(gold, predictions))
