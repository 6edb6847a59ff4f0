"""Intervals and tests agree with SciPy's and with the definition."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from xproj_core.evaluate.scores import significance as sig


def _counts(n: int, seed: int, systems: int = 2) -> sig.Counts:
    rng = np.random.default_rng(seed)
    return rng.integers(0, 3, size=(n, systems, 3))


def test_fractions_are_those_of_the_counts() -> None:
    counts = np.array([6, 2, 4])
    assert sig.precision(counts) == pytest.approx(6 / 8)
    assert sig.recall(counts) == pytest.approx(6 / 10)
    assert sig.f1(counts) == pytest.approx(12 / 18)
    assert sig.f1(np.zeros(3, dtype=int)) == 0


def test_intervals_are_those_of_scipys_bootstrap() -> None:
    counts = _counts(80, 1, 1)[:, 0]

    def statistic(tp: sig.Counts, fp: sig.Counts, fn: sig.Counts, axis: int = -1) -> sig.Values:
        tp, fp, fn = tp.sum(axis), fp.sum(axis), fn.sum(axis)
        return 2 * tp / (2 * tp + fp + fn)

    reference = stats.bootstrap(
        tuple(counts.T),
        statistic,
        paired=True,
        vectorized=True,
        n_resamples=20_000,
        method="percentile",
        rng=np.random.default_rng(3),
    ).confidence_interval
    low, high = sig.interval(sig.f1(sig.resampled(counts, 20_000, seed=4)))
    assert (low, high) == pytest.approx((reference.low, reference.high), abs=0.004)


@pytest.mark.parametrize("alike", [True, False])
def test_resampling_has_the_moments_of_drawing_sentences(alike: bool) -> None:
    counts = _counts(60, 2, 1)[:, 0]
    if alike:
        counts = counts[:10].repeat(6, axis=0)
    drawn = sig.resampled(counts, 40_000)
    assert drawn.mean(axis=0) == pytest.approx(counts.sum(axis=0), rel=0.01)
    assert drawn.var(axis=0) == pytest.approx(60 * counts.var(axis=0), rel=0.04)


def test_systems_of_one_sentence_are_drawn_together() -> None:
    counts = _counts(30, 3, 1).repeat(2, axis=1)
    drawn = sig.resampled(counts, 200)
    assert (drawn[:, 0] == drawn[:, 1]).all()


def test_randomisation_is_scipys_paired_permutation_test() -> None:
    counts = _counts(12, 5)
    counts[:, 0, 0] += 1  # the first system is better

    def statistic(a: sig.Counts, b: sig.Counts) -> float:
        first, second = counts[a, 0].sum(axis=0), counts[b, 1].sum(axis=0)
        return float(sig.f1(first) - sig.f1(second))

    flat = counts.transpose(1, 0, 2).reshape(-1, 3)  # rows: system, sentence

    def by_row(a: sig.Counts, b: sig.Counts) -> float:
        a, b = a.astype(int), b.astype(int)
        return float(sig.f1(flat[a].sum(axis=0)) - sig.f1(flat[b].sum(axis=0)))

    exact = stats.permutation_test(
        (np.arange(12), np.arange(12, 24)),
        by_row,
        permutation_type="samples",
        vectorized=False,
        n_resamples=np.inf,
    ).pvalue
    ours = sig.randomised(counts[:, 0], counts[:, 1], trials=40_000)
    assert ours == pytest.approx(exact, abs=0.01)


def test_equal_systems_do_not_differ_and_unequal_ones_do() -> None:
    same = _counts(40, 6, 1).repeat(2, axis=1)
    (difference,) = sig.differences(same, ("a", "b"), trials=500)
    assert (difference.difference, difference.low, difference.high, difference.p) == (0, 0, 0, 1)
    better = np.tile(np.array([[[2, 0, 0], [1, 1, 1]]]), (40, 1, 1))
    (difference,) = sig.differences(better, ("a", "b"), trials=500)
    assert difference.difference == pytest.approx(0.5) and difference.low > 0
    assert difference.p == pytest.approx(1 / 501)


def test_holms_correction_on_his_example() -> None:
    assert sig.holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert sig.holm([]) == []


@given(st.lists(st.floats(0, 1), max_size=8))
def test_corrected_values_keep_their_order_and_only_grow(ps: list[float]) -> None:
    corrected = sig.holm(ps)
    assert all(p <= q <= 1 for p, q in zip(ps, corrected, strict=True))
    order = sorted(range(len(ps)), key=lambda k: ps[k])
    assert [corrected[k] for k in order] == sorted(corrected)
