"""Laws of votes on the spans of one sentence."""

from __future__ import annotations

from itertools import combinations
from math import fsum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xproj_core.domain import Span
from xproj_core.domain.errors import InputError
from xproj_core.domain.voting_rule import HOW, VotingRule, parse_names, parse_weights
from xproj_core.project.independent_set import best_total
from xproj_core.project.voting import Origin, Tally, Vote, chosen, elect, in_conflict

LENGTH = 7
UNANIMOUS, MAJORITY = VotingRule("unanimous"), VotingRule("majority")

spans = st.builds(
    lambda start, size, label: Span(start, min(LENGTH, start + size), label),
    st.integers(0, LENGTH - 1),
    st.integers(1, 3),
    st.sampled_from(["PER", "LOC"]),
)
confidences = st.integers(0, 20).map(lambda n: n / 20)
ONE, OVER_IT, APART = (
    Origin(("a", "b", "c"), Span(*place, "PER")) for place in ((0, 1), (0, 2), (2, 3))
)
origins = st.frozensets(st.sampled_from([ONE, OVER_IT, APART]), max_size=1)


def ballots(sure: st.SearchStrategy[float] = confidences) -> st.SearchStrategy[list[Vote]]:
    """What one voter wants; its spans may nest, cross, and come of one entity."""
    vote = st.builds(Vote, spans, sure, origins)
    return st.lists(vote, max_size=5, unique_by=lambda v: v.span)


elections = st.lists(ballots(), min_size=1, max_size=5)


def elected(votes: list[list[Vote]], rule: VotingRule) -> set[Span]:
    """The spans that are chosen."""
    return {tally.span for tally in chosen(elect(votes, rule))}


@st.composite
def rules(draw: st.DrawFn, voters: int) -> VotingRule:
    """Any rule for so many voters."""
    how = draw(st.sampled_from(HOW))
    weights: tuple[float, ...] = ()
    if how == "weighted" and draw(st.booleans()):
        weight = st.integers(0, 8).map(lambda n: n / 4)
        many = st.lists(weight, min_size=voters, max_size=voters)
        weights = tuple(draw(many.filter(any)))
    least = draw(st.sampled_from([0.0, 0.0, 0.3, 0.7]))
    return VotingRule(how, weights, draw(st.sampled_from([0.0, 0.2, 0.5, 0.8])), least)


@given(elections)
def test_what_all_want_is_among_what_most_want(votes: list[list[Vote]]) -> None:
    assert elected(votes, UNANIMOUS) <= elected(votes, MAJORITY)


@given(elections)
def test_most_means_more_than_half(votes: list[list[Vote]]) -> None:
    ballots = [{v.span for v in ballot} for ballot in votes]
    for rule, least in ((MAJORITY, len(votes) / 2 + 0.1), (UNANIMOUS, len(votes))):
        most = {s for own in ballots for s in own if sum(s in w for w in ballots) >= least}
        assert elected(votes, rule) == most


@given(ballots(), st.sampled_from(["majority", "unanimous", "weighted"]))
def test_one_voter_gets_what_it_wants(ballot: list[Vote], how: str) -> None:
    rule = VotingRule(how)  # type: ignore[arg-type]
    assert elected([ballot], rule) == {v.span for v in ballot}
    for tally in elect([ballot], rule):
        assert tally.confidence in [v.confidence for v in ballot if v.span == tally.span]


@given(elections, st.data())
def test_voters_that_agree_get_what_they_want(votes: list[list[Vote]], data: st.DataObject) -> None:
    rule = data.draw(rules(3).filter(lambda r: r.how != "weighted" or not r.weights))
    if rule.least == 0:
        assert elected([votes[0]] * 3, rule) == {v.span for v in votes[0]}


@given(elections, st.data())
def test_the_order_of_voters_does_not_matter(votes: list[list[Vote]], data: st.DataObject) -> None:
    rule = data.draw(rules(len(votes)))
    order = data.draw(st.permutations(range(len(votes))))
    weights = tuple(rule.weights[k] for k in order) if rule.weights else ()
    turned = VotingRule(rule.how, weights, rule.threshold, rule.least)
    before, after = elect(votes, rule), elect([votes[k] for k in order], turned)
    assert [(t.span, t.value, t.confidence, t.result) for t in before] == [
        (t.span, t.value, t.confidence, t.result) for t in after
    ]


@given(st.lists(ballots(st.just(0.75)), min_size=1, max_size=5))
def test_equal_weights_and_confidence_are_a_majority(votes: list[list[Vote]]) -> None:
    weighted = VotingRule("weighted", (2.0,) * len(votes))
    assert elected(votes, weighted) == elected(votes, MAJORITY)


@given(elections, st.data())
def test_no_two_are_chosen_that_all_voters_kept_apart(
    votes: list[list[Vote]], data: st.DataObject
) -> None:
    tallies = chosen(elect(votes, data.draw(rules(len(votes)))))
    for tally, other in combinations(tallies, 2):
        together = any({tally.span, other.span} <= {v.span for v in ballot} for ballot in votes)
        assert together or not tally.span.overlaps(other.span)
        assert together or tally.origins.isdisjoint(other.origins)


@given(elections, st.data())
def test_the_choice_is_the_best_of_all_sets(votes: list[list[Vote]], data: st.DataObject) -> None:
    rule = data.draw(rules(len(votes)).filter(lambda r: r.how == "weighted"))
    tallies = elect(votes, rule)
    able = [t for t in tallies if t.result in ("chosen", "beaten")][:10]
    if len(able) < len([t for t in tallies if t.result in ("chosen", "beaten")]):
        return
    best = max(
        fsum(t.value for t in some)
        for size in range(len(able) + 1)
        for some in combinations(able, size)
        if not any(in_conflict(a, b) for a, b in combinations(some, 2))
    )
    assert fsum(t.value for t in chosen(tallies)) == pytest.approx(best)
    assert all(t.winners for t in tallies if t.result == "beaten")


@given(elections, st.data())
def test_confidence_is_a_mean_over_all_voters(votes: list[list[Vote]], data: st.DataObject) -> None:
    rule = data.draw(rules(len(votes)))
    weights = rule.weights or (1.0,) * len(votes)
    for tally in elect(votes, rule):
        assert 0 <= tally.confidence <= 1
        total = sum(weights[n] * sure for n, sure in tally.votes) / sum(weights)
        assert tally.confidence == pytest.approx(total)
        assert tally.result != "chosen" or tally.confidence >= rule.least - 1e-9


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[float], list[int], list[int]]:
    """Values, sizes and masks of conflicts."""
    n = draw(st.integers(0, 9))
    values = [v / 8 for v in draw(st.lists(st.integers(1, 40), min_size=n, max_size=n))]
    masks = [0] * n
    for a, b in combinations(range(n), 2):
        if draw(st.booleans()):
            masks[a] |= 1 << b
            masks[b] |= 1 << a
    return values, [1] * n, masks


@given(graphs())
def test_exact_is_brute_force_and_highs(graph: tuple[list[float], list[int], list[int]]) -> None:
    values, _, masks = graph

    def total(numbers: tuple[int, ...]) -> float:
        assert not any(masks[a] >> b & 1 for a, b in combinations(numbers, 2))
        return sum(values[k] for k in numbers)

    best = max(
        sum(values[k] for k in some)
        for size in range(len(values) + 1)
        for some in combinations(range(len(values)), size)
        if not any(masks[a] >> b & 1 for a, b in combinations(some, 2))
    )
    assert total(best_total(*graph)) == pytest.approx(best)
    if any(masks):
        assert total(best_total(*graph, most_states=0)) == pytest.approx(best)


def test_the_total_decides_and_not_the_best_span() -> None:
    """One long span, worth more than each of the two that it covers but not than both."""
    long, left, right = Span(0, 4, "ORG"), Span(0, 2, "PER"), Span(2, 4, "LOC")
    votes = [[Vote(long, 0.9)], [Vote(left, 0.6), Vote(right, 0.6)]]
    tallies = elect(votes, VotingRule("weighted", threshold=0.2))
    assert [t.span for t in chosen(tallies)] == [left, right]
    (beaten,) = [t for t in tallies if t.result == "beaten"]
    assert [tallies[k].span for k in beaten.winners] == [left, right]


def test_spans_of_one_voter_may_nest() -> None:
    outer, inner = Span(0, 3, "ORG"), Span(2, 3, "LOC")
    together = [[Vote(outer), Vote(inner)], [Vote(outer)], [Vote(inner)]]
    assert elected(together, MAJORITY) == {outer, inner}
    apart = [[Vote(outer, 0.9)], [Vote(inner, 0.5)]]
    assert elected(apart, VotingRule("weighted", threshold=0.1)) == {outer}


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"how": "loudest"}, "majority, unanimous, weighted"),
        ({"how": "majority", "weights": (1.0,)}, "weighted votes only"),
        ({"how": "weighted", "weights": (0.0, 0.0)}, "All weights are 0"),
        ({"how": "weighted", "weights": (-1.0, 2.0)}, "from 0 up"),
        ({"how": "weighted", "weights": (float("nan"),)}, "from 0 up"),
        ({"how": "weighted", "threshold": 1.0}, "below 1"),
        ({"least": 1.5}, "from 0 to 1"),
    ],
)
def test_a_rule_that_cannot_be_is_refused(values: dict[str, object], message: str) -> None:
    with pytest.raises(InputError, match=message):
        VotingRule(**values)  # type: ignore[arg-type]


def test_weights_are_as_many_as_voters() -> None:
    with pytest.raises(InputError, match="Give 1 weights"):
        elect([[]], VotingRule("weighted", (1.0, 2.0)))


def test_names_and_weights_are_written_with_plus() -> None:
    assert parse_names(" direct + pivot+direct") == ("direct", "pivot")
    assert parse_weights("2+1+0.5") == (2.0, 1.0, 0.5)
    assert parse_weights("") == ()
    with pytest.raises(InputError, match="no numbers"):
        parse_weights("2,1")


def test_a_tally_of_nothing() -> None:
    nothing: list[Tally] = []
    assert elect([[], []], MAJORITY) == nothing
