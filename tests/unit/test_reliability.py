"""ECE, AUROC and thresholds are what plain counting gives."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xproj_core.evaluate.scores.reliability import BINS, auroc, reliability, thresholds

judged = st.lists(
    st.tuples(st.floats(0, 1) | st.sampled_from([0.0, 0.1, 0.5, 0.9, 1.0]), st.booleans()),
    max_size=60,
)


@given(judged)
def test_ece_and_auroc_are_counted_plainly(entities: list[tuple[float, bool]]) -> None:
    scores = reliability([p for p, _ in entities], [y for _, y in entities])
    error = 0.0
    for k in range(BINS):
        own = [(p, y) for p, y in entities if min(int(p * BINS), BINS - 1) == k]
        error += abs(sum(y for _, y in own) - sum(p for p, _ in own))
    assert scores.ece == pytest.approx(error / max(1, len(entities)))
    wins = [
        1.0 if p > q else 0.5 if p == q else 0.0
        for p, good in entities
        if good
        for q, bad in entities
        if not bad
    ]
    if wins:
        assert scores.auroc == pytest.approx(sum(wins) / len(wins))
    else:
        assert scores.auroc is None
    assert sum(b.entities for b in scores.bins) == scores.entities == len(entities)


def test_probabilities_that_are_true_have_no_error_and_others_have() -> None:
    rng = np.random.RandomState(1)
    true = rng.random_sample(50_000)
    right = rng.random_sample(50_000) < true
    assert reliability(true, right).ece < 0.01
    bold = true**0.25
    assert reliability(bold, right).ece > 0.2
    assert auroc(bold, right) == auroc(true, right), "the order is the same"
    shares = [b.right for b in reliability(true, right).bins]
    assert shares == sorted(shares)


@given(judged)
def test_a_higher_threshold_never_finds_more(entities: list[tuple[float, bool]]) -> None:
    right = [y for _, y in entities]
    gold = sum(right) + 3
    rows = thresholds([p for p, _ in entities], right, gold)
    recalls = [row.recall or 0.0 for row in rows]
    assert recalls == sorted(recalls, reverse=True)
    assert rows[0].entities == len(entities) and recalls[0] == pytest.approx(sum(right) / gold)
    for row in rows:
        outcomes = [y for p, y in entities if p >= row.at]
        assert row.precision == (pytest.approx(sum(outcomes) / len(outcomes)) if outcomes else None)
    assert all(row.recall is None for row in thresholds([0.5], [True], 0))
