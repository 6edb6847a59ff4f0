"""Labels that nest or cross in the source do so on the target; what stands apart stays apart."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.laws import examples
from tests.unit.test_projector_laws import FLAT, NAMES, any_evidence, evidence_of, sentence
from xproj_core.domain import Alignment, Evidence, Projected, Projection, Span
from xproj_core.project import projectors
from xproj_core.project.base import Projector
from xproj_core.project.nesting import Pairs, no_word_twice, sharing
from xproj_core.project.solve import Choice, Ties, exact, greedy
from xproj_core.project.vote import Vote

NESTING = [name for name in NAMES if name not in FLAT]
VARIANTS: list[tuple[str, dict[str, object]]] = [(name, {}) for name in NESTING] + [
    ("seed-heuristic", {"merge_distance": 0, "length_ratio": 0.0}),
    ("elp", {"collisions": "overlap"}),
    ("thesis-heuristic", {"k": 0}),
    ("min-max", {"comp_ins": True}),
    ("match-exact", {"ties": "shorter", "cover": 1.0}),
    ("vote", {"how": "unanimous"}),
    ("vote", {"how": "weighted", "threshold": 0.1}),
]
every = pytest.mark.parametrize(("name", "options"), VARIANTS)
TIES: tuple[Ties, ...] = ("longer", "shorter", "leftmost")


def project(name: str, options: dict[str, object], evidence: Evidence) -> Projection:
    return projectors.create(name, **options).project([evidence])[0]


@st.composite
def labellings(draw: st.DrawFn) -> Evidence:
    """A sentence with any labels, and itself as its translation."""
    length = draw(st.integers(1, 9))
    ends = st.tuples(st.integers(0, length - 1), st.integers(1, length), st.sampled_from("PLO"))
    spans = {Span(a, b, label) for a, b, label in draw(st.lists(ends, max_size=6)) if a < b}
    alignment = Alignment.from_links([(k, k) for k in range(length)], (length, length))
    source = sentence(length, "en", tuple(sorted(spans)))
    return evidence_of(source, sentence(length, "sw"), alignment)


@every
@given(evidence=labellings())
@settings(max_examples=examples(150))
def test_word_for_word_every_labelling_comes_back(
    name: str, options: dict[str, object], evidence: Evidence
) -> None:
    projection = project(name, options, evidence)
    places = {(s.start, s.end, s.label) for s in projection.spans}
    assert places == {(s.start, s.end, s.label) for s in evidence.source.spans}
    assert not projection.lost


@every
@given(evidence=any_evidence(nested=True))
@settings(max_examples=examples(150))
def test_what_stands_apart_in_the_source_stays_apart(
    name: str, options: dict[str, object], evidence: Evidence
) -> None:
    projector = projectors.create(name, **options)
    (projection,) = projector.project([evidence])
    for one, other in combinations(projection.entities, 2):
        if one.span.overlaps(other.span):
            source, rival = one.trace.source, other.trace.source
            assert source is not None and rival is not None and source != rival
            assert source.overlaps(rival) or _some_voter_has(one, other, projector, evidence)


def _some_voter_has(
    one: Projected, other: Projected, projector: Projector, evidence: Evidence
) -> bool:
    """Voters may have a span from different entities; what one of them has is kept as it is."""
    return isinstance(projector, Vote) and any(
        {(s.start, s.end, s.label) for s in projection.spans}
        >= {(s.start, s.end, s.label) for s in (one.span, other.span)}
        for voter in projector.voters.values()
        for projection in voter.project([evidence])
    )


@every
@given(evidence=any_evidence(nested=True))
@settings(max_examples=examples(60))
def test_nobody_loses_to_what_it_shares_words_with(
    name: str, options: dict[str, object], evidence: Evidence
) -> None:
    spans = evidence.source.spans
    alone = [s for s in spans if all(s == o or s.overlaps(o) for o in spans)]
    if len(alone) < len(spans):
        return
    projection = project(name, options, evidence)
    labels = {(s.start, s.end, s.label) for s in projection.spans}
    assert len(labels) == len(projection.spans), "one label on the same words is one entity"
    if name == "vote":
        return  # it may repeat what a voter says of its own entities
    for loss in projection.lost:
        if loss.reason == "collision":
            assert "with the same label" in loss.message
            assert any(place[2] == loss.source.label for place in labels)


def instance(rng: random.Random) -> tuple[list[Choice], Pairs]:
    """Candidates of a few source entities, of which some share words."""
    spans = sorted(
        {Span(a, a + rng.randint(1, 3), "P") for a in rng.choices(range(5), k=rng.randint(1, 4))}
    )
    choices = [
        (rng.randint(1, 8) / 4, start, end, entity)
        for entity in range(len(spans))
        for start in range(4)
        for end in range(start + 1, 5)
        if rng.random() < 0.3
    ]
    return choices, sharing(spans)


def is_valid(chosen: Sequence[Choice], shared: Pairs) -> bool:
    return all(
        a[3] != b[3] and (a[2] <= b[1] or b[2] <= a[1] or (a[3], b[3]) in shared)
        for a, b in combinations(chosen, 2)
    )


def total(chosen: Sequence[Choice]) -> float:
    return sum(c[0] for c in chosen)


def best_of_all(choices: Sequence[Choice], shared: Pairs, ties: Ties) -> tuple[float, int]:
    """Total and cost in words of the best of all ways to choose."""
    cost = {"longer": -1, "shorter": 1, "leftmost": 0}[ties]
    own: dict[int, list[Choice | None]] = {}
    for choice in choices:
        own.setdefault(choice[3], [None]).append(choice)
    ways = [[c for c in way if c] for way in product(*own.values())]
    return min(
        (-total(way), cost * sum(c[2] - c[1] for c in way)) for way in ways if is_valid(way, shared)
    )


@pytest.mark.parametrize("ties", TIES)
def test_exact_is_the_best_of_all_ways(ties: Ties) -> None:
    rng = random.Random(1850)
    better = nested = 0
    for _ in range(400):
        choices, shared = instance(rng)
        solved, quick = exact(choices, ties, shared=shared), greedy(choices, ties, shared)
        assert is_valid(solved, shared) and is_valid(quick, shared)
        loss, cost = best_of_all(choices, shared, ties)
        assert total(solved) == pytest.approx(-loss)
        words = sum(end - start for _, start, end, _ in solved)
        assert cost == {"longer": -words, "shorter": words, "leftmost": 0}[ties]
        programme = exact(choices, ties, most_states=1, shared=shared)
        assert is_valid(programme, shared) and total(programme) == pytest.approx(-loss)
        better += total(solved) > total(quick)
        nested += any(a[1] < b[2] and b[1] < a[2] for a, b in combinations(solved, 2))
    assert better > 5 and nested > 50


def test_the_rule_is_said_as_it_holds() -> None:
    outer, inner, apart = Span(0, 3, "ORG"), Span(2, 3, "LOC"), Span(4, 5, "PER")
    assert sharing([outer, apart]) == frozenset() == sharing([])
    assert sharing([outer, inner, apart]) == {(0, 1), (1, 0)}
    assert no_word_twice(sharing([outer, apart])) == "no word twice"
    assert "nested" in no_word_twice(sharing([outer, inner]))
