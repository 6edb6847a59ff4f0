"""The exact solver next to brute force and to HiGHS, the greedy one next to its definition."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.laws import examples
from tests.published import bambara, needs
from xproj_core.domain import Evidence, Sentence
from xproj_core.models.protocols import Engine
from xproj_core.project import projectors
from xproj_core.project.matching import MatchExact
from xproj_core.project.nesting import Pairs
from xproj_core.project.solve import Choice, Ties, exact, greedy, integer_programme

TIES: tuple[Ties, ...] = ("longer", "shorter", "leftmost")


def instance(rng: random.Random, most_entities: int = 4, words: int = 7) -> list[Choice]:
    """Candidates with scores of few values, so that ties are common."""
    return [
        (rng.choice((0.25, 0.5, 2 / 3, 1.0, 4 / 3)), start, end, entity)
        for entity in range(rng.randint(1, most_entities))
        for start in range(words)
        for end in range(start + 1, min(words, start + 4) + 1)
        if rng.random() < 0.3
    ]


def total(chosen: Sequence[Choice]) -> float:
    return sum(c[0] for c in chosen)


def is_valid(chosen: Sequence[Choice]) -> bool:
    """Every entity at most once, every word at most once."""
    words = [w for _, start, end, _ in chosen for w in range(start, end)]
    entities = [c[3] for c in chosen]
    return len(set(words)) == len(words) and len(set(entities)) == len(entities)


def brute_force(choices: Sequence[Choice], ties: Ties) -> list[Choice]:
    """Every way to choose, the best by total, words and place."""
    cost = {"longer": -1, "shorter": 1, "leftmost": 0}[ties]
    per_entity: dict[int, list[Choice | None]] = {}
    for choice in choices:
        per_entity.setdefault(choice[3], [None]).append(choice)
    ways = [
        sorted((c for c in selection if c), key=lambda c: c[1:])
        for selection in product(*per_entity.values())
    ]
    return min(
        (selection for selection in ways if is_valid(selection)),
        key=lambda selection: (
            -round(total(selection), 9),
            cost * sum(c[2] - c[1] for c in selection),
            [c[1:] for c in selection],
        ),
    )


@pytest.mark.parametrize("ties", TIES)
def test_exact_is_brute_force_on_small_instances(ties: Ties) -> None:
    rng = random.Random(20250118)
    for _ in range(700):
        choices = instance(rng, most_entities=3, words=5)
        assert exact(choices, ties) == brute_force(choices, ties)


def side_by_side(instances: Sequence[list[Choice]]) -> list[Choice]:
    """Instances as one, none of which can meet another: HiGHS then solves many in one call.

    As no instance can do better than its own optimum, equal totals of the whole mean equal
    totals of each.
    """
    together: list[Choice] = []
    shift = entities = 0
    for choices in instances:
        together += [(s, a + shift, b + shift, e + entities) for s, a, b, e in choices]
        shift += max((c[2] for c in choices), default=0)
        entities += max((c[3] for c in choices), default=0) + 1
    return together


@pytest.mark.parametrize("ties", TIES)
def test_exact_equals_the_integer_programme_and_beats_greedy(ties: Ties) -> None:
    rng = random.Random(18750)
    better = 0
    for _ in range(20):
        several = [instance(rng, most_entities=5, words=8) for _ in range(25)]
        solved = [exact(choices, ties) for choices in several]
        for choices, ours in zip(several, solved, strict=True):
            quick = greedy(choices, ties)
            assert is_valid(ours) and is_valid(quick)
            assert total(ours) >= total(quick) - 1e-9
            better += total(ours) > total(quick) + 1e-9
        reference = integer_programme(side_by_side(several), ties)
        assert is_valid(reference)
        assert sum(map(total, solved)) == pytest.approx(total(reference), abs=1e-6)
        if ties != "leftmost":  # the second objective of the programme
            assert sum(map(_words, solved)) == _words(reference)
    assert better > 20


def _words(chosen: Sequence[Choice]) -> int:
    return sum(end - start for _, start, end, _ in chosen)


@pytest.mark.parametrize("ties", TIES)
def test_too_many_states_go_to_the_integer_programme(ties: Ties) -> None:
    rng = random.Random(7)
    for _ in range(20):
        choices = instance(rng, most_entities=5, words=9)
        handed_over = exact(choices, ties, most_states=1)
        assert is_valid(handed_over)
        assert total(handed_over) == pytest.approx(total(exact(choices, ties)))


def test_twenty_six_entities_that_all_want_the_same_words() -> None:
    choices = [
        (1.0 + (e * 7 + a) % 5 / 4, a, b, e)
        for e in range(26)
        for a in range(20)
        for b in (a + 1, a + 2)
        if b <= 20
    ]
    solved = exact(choices)
    assert is_valid(solved)
    assert total(solved) == pytest.approx(total(integer_programme(choices)))


choice_lists = st.lists(
    st.tuples(
        st.sampled_from([0.2, 0.5, 1.0, 4 / 3]),
        st.integers(0, 8),
        st.integers(1, 3),
        st.integers(0, 4),
    ).map(lambda c: (c[0], c[1], c[1] + c[2], c[3])),
    max_size=14,
    unique_by=lambda c: c[1:],
)


@given(choice_lists, st.sampled_from(TIES), st.randoms(use_true_random=False))
@settings(max_examples=examples(200))
def test_the_order_of_the_input_does_not_matter(
    choices: list[Choice], ties: Ties, rng: random.Random
) -> None:
    shuffled = choices.copy()
    rng.shuffle(shuffled)
    assert exact(choices, ties) == exact(shuffled, ties)
    assert greedy(choices, ties) == greedy(shuffled, ties)


@given(choice_lists, st.sampled_from(TIES))
@settings(max_examples=examples(200))
def test_greedy_is_its_definition(choices: list[Choice], ties: Ties) -> None:
    """Take the maximum, drop what it excludes, repeat."""
    cost = {"longer": -1, "shorter": 1, "leftmost": 0}[ties]

    def rank(c: Choice) -> tuple[float, ...]:
        first = (c[3],) if ties == "leftmost" else (cost * (c[2] - c[1]),)
        return (-c[0], *first, *c[1:])

    left, selection = list(choices), []
    while left:
        best = min(left, key=rank)
        selection.append(best)
        left = [c for c in left if c[3] != best[3] and (c[2] <= best[1] or best[2] <= c[1])]
    assert greedy(choices, ties) == sorted(selection, key=lambda c: c[1])


@given(choice_lists, st.sampled_from(TIES))
@settings(max_examples=examples(200))
def test_moving_everything_moves_the_solution(choices: list[Choice], ties: Ties) -> None:
    moved = [(s, a + 5, b + 5, e) for s, a, b, e in choices]
    assert exact(moved, ties) == [(s, a + 5, b + 5, e) for s, a, b, e in exact(choices, ties)]


def test_no_candidates() -> None:
    assert exact([]) == greedy([]) == integer_programme([]) == []


class _Recorder(MatchExact):
    """Keeps what it was asked to solve."""

    instances: list[list[Choice]]  # set on the class below

    def _solve(self, choices: Sequence[Choice], shared: Pairs) -> list[Choice]:
        self.instances.append(list(choices))
        return super()._solve(choices, shared)


def bambara_instances(evidence: Sequence[Evidence]) -> list[list[Choice]]:
    _Recorder.instances = []
    _Recorder().project(evidence)
    return [choices for choices in _Recorder.instances if choices]


@needs("bambara-chain")
def test_exact_equals_highs_on_every_bambara_sentence() -> None:
    instances = bambara_instances(bambara()[0])
    assert len(instances) > 600
    ours = sum(total(exact(choices)) for choices in instances)
    reference = total(integer_programme(side_by_side(instances)))
    assert ours == pytest.approx(reference, abs=1e-6)
    assert sum(total(exact(c)) > total(greedy(c)) + 1e-9 for c in instances) >= 1


@needs("bambara-chain")
def test_reducing_candidates_to_linked_words_loses_nothing() -> None:
    """All n-grams of the sentence, scored alike, give the same projections."""
    evidence = [example for example in bambara()[0] if example.source.spans][:60]
    for name in ("match-greedy", "match-exact"):
        reduced = projectors.create(name, max_words=10).project(evidence)
        # A weight that changes no score makes the projector weigh every span of the sentence.
        every = projectors.create(name, max_words=10, nmtscore=1e-12, threshold=1e-6).project(
            evidence, _silent()
        )
        assert [p.spans for p in reduced] == [p.spans for p in every]


def _silent() -> Engine:
    """An engine whose translator finds everything equally improbable."""

    class Scorer:
        def log_likelihoods(
            self, pairs: Sequence[tuple[Sentence, Sentence]], source: str, target: str
        ) -> list[float]:
            return [-1.0] * len(pairs)

    return Engine("silent", None, None, scorer=Scorer())  # type: ignore[arg-type]
