"""Laws of joining alignments."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from tests.laws import examples
from xproj_core.align.compose import compose, interpolate, intersect, posterior, refine, union
from xproj_core.domain import Alignment
from xproj_core.domain.errors import InputError, ProjectionError


def permutation(order: list[int]) -> Alignment:
    return Alignment.from_links([(i, j) for i, j in enumerate(order)], (len(order), len(order)))


permutations = st.integers(1, 8).flatmap(
    lambda n: st.tuples(st.permutations(range(n)), st.permutations(range(n)))
)


def alignments(rows: int, columns: int) -> st.SearchStrategy[Alignment]:
    scores = hnp.arrays(float, (rows, columns), elements=st.floats(0, 1))
    links = hnp.arrays(bool, (rows, columns))
    return st.builds(Alignment, scores, links)


shapes = st.tuples(st.integers(1, 6), st.integers(1, 6))
same_shape = shapes.flatmap(lambda s: st.tuples(alignments(*s), alignments(*s)))


@given(permutations)
def test_two_perfect_alignments_compose_to_a_perfect_one(
    orders: tuple[list[int], list[int]],
) -> None:
    first, second = orders
    expected = permutation([second[p] for p in first])
    assert compose(permutation(list(first)), permutation(list(second))) == expected


@given(st.lists(st.one_of(st.none(), st.integers(0, 5)), min_size=1, max_size=6))
def test_an_unaligned_word_stays_unaligned(places: list[int | None]) -> None:
    first = Alignment.from_links(
        [(i, p) for i, p in enumerate(places) if p is not None], (len(places), 6)
    )
    identity = permutation(list(range(6)))
    assert compose(first, identity).pairs() == first.pairs()


@given(shapes.flatmap(lambda s: st.tuples(alignments(*s), alignments(s[1], 4))))
def test_composing_commutes_with_turning_round(two: tuple[Alignment, Alignment]) -> None:
    first, second = two
    forth = compose(first, second).transposed()
    back = compose(second.transposed(), first.transposed())
    np.testing.assert_allclose(forth.scores, back.scores)


@given(shapes.flatmap(lambda s: st.tuples(alignments(*s), alignments(s[1], 4))))
def test_scores_stay_scores(two: tuple[Alignment, Alignment]) -> None:
    scores = compose(*two).scores
    assert scores.min() >= 0 and scores.max() <= 1


@given(shapes.flatmap(lambda s: alignments(*s)))
def test_a_posterior_row_never_exceeds_one_and_weak_rows_stay_weak(alignment: Alignment) -> None:
    rows = posterior(alignment.scores)
    assert (rows.sum(axis=1) <= 1 + 1e-9).all()
    assert (rows <= alignment.scores + 1e-12).all()


@given(same_shape)
def test_intersection_within_each_within_union(two: tuple[Alignment, Alignment]) -> None:
    first, second = two
    both, either = intersect(first, second), union(first, second)
    assert (both.links <= first.links).all() and (first.links <= either.links).all()
    assert (both.scores <= either.scores).all()


@given(same_shape, st.floats(0, 1))
@settings(max_examples=examples(50))
def test_interpolation_lies_between_intersection_and_union(
    two: tuple[Alignment, Alignment], weight: float
) -> None:
    first, second = two
    mixed = interpolate(first, second, weight)
    assert (intersect(first, second).links <= mixed.links).all()
    assert (mixed.links <= union(first, second).links).all()
    other_way = interpolate(second, first, 1 - weight)
    np.testing.assert_allclose(mixed.scores, other_way.scores, atol=1e-12)


@given(
    shapes.flatmap(lambda s: alignments(*s)), st.sampled_from(["interpolate", "intersect", "union"])
)
def test_refining_by_itself_changes_nothing(alignment: Alignment, how: str) -> None:
    assert refine(alignment, alignment, how) == alignment  # type: ignore[arg-type]


@given(same_shape)
def test_all_the_weight_on_one_side_is_that_side(two: tuple[Alignment, Alignment]) -> None:
    assert interpolate(*two, 1.0) == two[0] and interpolate(*two, 0.0) == two[1]


@given(st.floats(0.01, 1), st.floats(0.01, 1), st.floats(0.05, 0.95))
def test_a_chain_of_two_links_holds_however_weak_they_are(
    first: float, second: float, threshold: float
) -> None:
    links = [Alignment(np.array([[score]]), np.array([[True]])) for score in (first, second)]
    assert compose(*links, threshold=threshold).pairs() == [(0, 0)]


def test_what_cannot_be_joined_is_named() -> None:
    with pytest.raises(ProjectionError, match="ends in 2 words"):
        compose(permutation([0, 1]), permutation([0, 1, 2]))
    with pytest.raises(ProjectionError, match="not of the same two sentences"):
        union(permutation([0]), permutation([0, 1]))
    with pytest.raises(InputError, match="Choose one of: interpolate, intersect, union"):
        refine(permutation([0]), permutation([0]), "add")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="between 0 and 1"):
        interpolate(permutation([0]), permutation([0]), 2.0)
