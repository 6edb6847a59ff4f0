"""Votes on the spans of one sentence: who wants what, and what is chosen.

Every voter brings spans with a confidence. `elect` counts, and chooses by a `VotingRule`:

    unanimous   n(s) = N                n(s) voters of N want s
    majority    n(s) > N / 2
    weighted    v(s) = sum over those that want s of w c  -  t C sum over all voters of w  >  0
                                        c: a voter's confidence in s, C: the highest of these

and of the spans that are left the set with the best total v (`independent_set`). Two spans exclude
one another when they share a word, or come of the same source entity, unless they come of source
entities that share words, or one voter has both: what a voter itself lets nest or cross, or places
twice, may do so. Two spans that both have more than half of the votes have a voter in common, so
only weighted votes ever need the choice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import fsum
from typing import Literal

from xproj_core.domain import Span
from xproj_core.domain.voting_rule import VotingRule
from xproj_core.project.independent_set import best_total

Result = Literal["chosen", "outvoted", "unlikely", "beaten"]
_DIGITS = 9
_LOWEST = 1e-3  # a confidence of 0 is a vote all the same


@dataclass(frozen=True, slots=True)
class Origin:
    """A source entity, the same for voters that share a source sentence."""

    tokens: tuple[str, ...]
    span: Span

    def overlaps(self, other: Origin) -> bool:
        """True if the two share a word of one sentence."""
        return self.tokens == other.tokens and self.span.overlaps(other.span)


@dataclass(frozen=True, slots=True)
class Vote:
    """A span that a voter wants, how sure it is, and the source entities that it comes of."""

    span: Span
    confidence: float = 1.0
    origins: frozenset[Origin] = frozenset()


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of one span.

    Attributes:
        votes: (number of the voter, its confidence), ascending.
        value: what is maximised; only of use beside the others' of its sentence.
        confidence: mean over all voters, by weight; 0 of those that do not want it.
        origins: the source entities that any vote came of.
        result: "outvoted": not enough votes; "unlikely": too low a confidence; "beaten": in the
            way of others that are worth more together.
        winners: the numbers of the chosen tallies that are in its way.
    """

    span: Span
    votes: tuple[tuple[int, float], ...]
    value: float = 0.0
    confidence: float = 0.0
    origins: frozenset[Origin] = frozenset()
    result: Result = "outvoted"
    winners: tuple[int, ...] = ()
    voters: frozenset[int] = field(default=frozenset(), repr=False)


def elect(ballots: Sequence[Sequence[Vote]], rule: VotingRule) -> list[Tally]:
    """Count the votes of each voter; the spans that anybody wants, sorted by place.

    Args:
        rule: its weights, if it has any, are as many as the voters.
    """
    rule.check([str(n) for n in range(1, len(ballots) + 1)])
    weights = rule.weights_of(range(len(ballots)))
    counted = [_valued(tally, rule, weights) for tally in _collected(ballots)]
    running = [k for k, tally in enumerate(counted) if tally.result == "chosen"]
    masks = [
        sum(1 << m for m, b in enumerate(running) if b != a and in_conflict(counted[a], counted[b]))
        for a in running
    ]
    chosen = best_total(
        [counted[k].value for k in running], [len(counted[k].span) for k in running], masks
    )
    winners = [running[m] for m in chosen]
    return [_settled(k, tally, counted, winners) for k, tally in enumerate(counted)]


def chosen(tallies: Sequence[Tally]) -> list[Tally]:
    """Those that were chosen."""
    return [tally for tally in tallies if tally.result == "chosen"]


def in_conflict(tally: Tally, other: Tally) -> bool:
    """True where the two exclude one another, see the module's docstring."""
    return meet(tally, other) and tally.voters.isdisjoint(other.voters)


def meet(tally: Tally, other: Tally) -> bool:
    """True where the two come of one source entity, or share words and their entities do not."""
    if not tally.origins.isdisjoint(other.origins):
        return True
    origins = [(a, b) for a in tally.origins for b in other.origins]
    nested = bool(origins) and all(a.overlaps(b) for a, b in origins)
    return tally.span.overlaps(other.span) and not nested


def _collected(ballots: Sequence[Sequence[Vote]]) -> list[Tally]:
    votes: dict[Span, dict[int, float]] = {}
    origins: dict[Span, frozenset[Origin]] = {}
    for voter, ballot in enumerate(ballots):
        for vote in ballot:
            by_voter = votes.setdefault(vote.span, {})
            by_voter[voter] = max(vote.confidence, by_voter.get(voter, 0.0))
            origins[vote.span] = origins.get(vote.span, frozenset()) | vote.origins
    return [
        Tally(
            replace(span, score=None),
            tuple(sorted(votes[span].items())),
            origins=origins[span],
            voters=frozenset(votes[span]),
        )
        for span in sorted(votes)
    ]


def _valued(tally: Tally, rule: VotingRule, weights: Sequence[float]) -> Tally:
    """With its value and confidence; "chosen" where nothing but other spans can keep it out."""
    total = fsum(weights)
    confidence = fsum(weights[voter] * c for voter, c in tally.votes) / total
    if rule.how == "weighted":
        sure = {voter: max(confidence, _LOWEST) for voter, confidence in tally.votes}
        value = fsum(weights[voter] * c for voter, c in sure.items())
        value -= rule.threshold * max(sure.values()) * total
        enough = round(value, _DIGITS) > 0
    else:
        value = float(len(tally.votes))
        needed = len(weights) if rule.how == "unanimous" else len(weights) // 2 + 1
        enough = len(tally.votes) >= needed
    result: Result = "chosen" if enough else "outvoted"
    if enough and round(confidence - rule.least, _DIGITS) < 0:
        result = "unlikely"
    return replace(tally, value=value, confidence=min(1.0, confidence), result=result)


def _settled(k: int, tally: Tally, counted: Sequence[Tally], winners: Sequence[int]) -> Tally:
    if k in winners:
        return tally
    in_the_way = tuple(w for w in winners if in_conflict(tally, counted[w]))
    result: Result = "beaten" if tally.result == "chosen" else tally.result
    return replace(tally, result=result, winners=in_the_way)
