"""Who voted for what, and why the chosen span was chosen: the traces of a vote.

A candidate's score is its part of the whole vote, and its parts are what each voter gave, so that
they add up to it: 1/N a vote where votes are counted, weight times confidence over the sum of all
weights where they are weighed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import fsum

from xproj_core.domain import Candidate, Evidence, Lost, Projected, Projection, Span, Trace
from xproj_core.domain.voting_rule import VotingRule
from xproj_core.project import explain
from xproj_core.project.explain import SHOWN, entity, links, quote
from xproj_core.project.voting import Origin, Tally, chosen, meet


@dataclass(frozen=True, slots=True)
class Voter:
    """A voter's name, what it knew, and where it put the entities."""

    name: str
    evidence: Evidence
    projection: Projection

    def shares_source(self, evidence: Evidence) -> bool:
        """True where its source entities are those of `evidence`."""
        return self.evidence.source.tokens == evidence.source.tokens


@dataclass(frozen=True, slots=True)
class _Count:
    """A vote that is over, and what is said of it."""

    evidence: Evidence
    voters: Sequence[Voter]
    tallies: Sequence[Tally]
    rule: VotingRule

    def parts(self, tally: Tally) -> dict[str, float]:
        """What each voter gave it; they add up to its score."""
        if self.rule.how != "weighted":
            return {self.voters[n].name: 1 / len(self.voters) for n, _ in tally.votes}
        weights = self.rule.weights_of(range(len(self.voters)))
        total = fsum(weights)
        return {self.voters[n].name: weights[n] * sure / total for n, sure in tally.votes}

    def score(self, tally: Tally) -> float:
        """Its part of the whole vote."""
        return min(1.0, fsum(self.parts(tally).values()))

    def votes(self, tally: Tally) -> str:
        """ "5 of 6 votes", with their part where they are weighed."""
        share = f"{len(tally.votes)} of {len(self.voters)} votes"
        return f"{share} ({self.score(tally):.2f})" if self.rule.how == "weighted" else share

    def verdict(self, tally: Tally, label: str) -> str:
        """Why it was or was not chosen; its own label is said where it is another than `label`."""
        votes = self.votes(tally)
        verdict = {
            "chosen": f"chosen: {votes}",
            "outvoted": f"{votes}, {self.needed(tally)}",
            "unlikely": self.unlikely(tally),
            "beaten": f"{votes}, in the way of {self.winners(tally)}",
        }[tally.result]
        return verdict if tally.span.label == label else f"as {tally.span.label}: {verdict}"

    def needed(self, tally: Tally) -> str:
        """What the rule asks for; in a weighted vote the threshold times the highest confidence."""
        if self.rule.how != "weighted":
            return "all needed" if self.rule.how == "unanimous" else "more than half needed"
        least = self.rule.threshold * max(sure for _, sure in tally.votes)
        return f"more than {explain.apart(least, self.score(tally))[0]} needed"

    def unlikely(self, tally: Tally) -> str:
        """It had the votes, of voters who are not sure enough."""
        mean, least = explain.apart(tally.confidence, self.rule.least)
        return f"{self.votes(tally)}, mean confidence {mean}, at least {least} needed"

    def winners(self, tally: Tally) -> str:
        """The chosen spans that exclude it."""
        spans = [self.tallies[w].span for w in tally.winners]
        return " and ".join(entity(self.evidence.target, s) for s in spans) or "others"

    @property
    def name(self) -> str:
        """The rule, for the trace."""
        n = len(self.voters)
        return {
            "unanimous": f"what all {n} voters want",
            "majority": f"what more than half of {n} voters want",
            "weighted": f"weighted votes of {n}, best total over the sentence",
        }[self.rule.how]


def explained(
    evidence: Evidence, voters: Sequence[Voter], tallies: Sequence[Tally], rule: VotingRule
) -> Projection:
    """The chosen spans as entities of the target, and the source entities that are lost."""
    count = _Count(evidence, voters, tallies, rule)
    entities = [_projected(tally, count) for tally in chosen(tallies)]
    placed = {p.trace.source for p in entities}
    lost = [_lost(s, count) for s in evidence.source.spans if s not in placed]
    return Projection(tuple(entities), tuple(lost))


def _projected(tally: Tally, count: _Count) -> Projected:
    source = _source(tally, count)
    rivals = [t for t in count.tallies if t is not tally and meet(t, tally)]
    below = [count.score(t) for t in rivals if t.result != "chosen"]
    trace = Trace(
        source=source,
        links=links(count.evidence, source) if source else (),
        candidates=_candidates(
            [tally, *(t for t in rivals if not t.span.same_place(tally.span))],
            tally.span.label,
            count,
            [tally, *(t for t in rivals if source and _source(t, count) == source)],
        ),
        rule=count.name,
        confidence=tally.confidence,
        margin=count.score(tally) - max(below) if below else None,
        steps=_steps(tally, count),
    )
    return Projected(replace(tally.span, score=tally.confidence), trace)


def _candidates(
    tallies: Sequence[Tally], label: str, count: _Count, own: Sequence[Tally] = ()
) -> tuple[Candidate, ...]:
    """The best ones, one for each place; what else is wanted there stands in the steps.

    Args:
        own: those that, if chosen, are this entity's and no other's.
    """
    ranked = sorted(tallies, key=lambda t: (-count.score(t), t.result != "chosen", t.span))
    by_place: dict[tuple[int, int], Candidate] = {}
    for t in ranked:
        place = t.span.start, t.span.end
        if place not in by_place:
            verdict = count.verdict(t, label)
            if t.result == "chosen" and not any(t is mine for mine in own):
                verdict = f"{count.votes(t)}, as another entity"
            by_place[place] = Candidate(*place, count.score(t), count.parts(t), verdict)
    return tuple(by_place.values())[:SHOWN]


def _source(tally: Tally, count: _Count) -> Span | None:
    """The source entity that most voters had it from."""
    votes = _votes_by_source(tally, count)
    return min(votes, key=lambda s: (-votes[s], s)) if votes else None


def _votes_by_source(tally: Tally, count: _Count) -> Counter[Span]:
    return Counter(
        source
        for n, _ in tally.votes
        if (voter := count.voters[n]).shares_source(count.evidence)
        for p in voter.projection.entities
        if p.span == tally.span
        and (source := p.trace.source) is not None
        and source in count.evidence.source.spans
    )


def _more_voters(source: Span, tally: Tally, count: _Count) -> str:
    """Who had the chosen span from another entity than `source`, beside those that did not."""
    votes = _votes_by_source(tally, count)
    other = max((n for s, n in votes.items() if s != source), default=0)
    return "more voters" if other > votes[source] else "as many voters"


def _steps(tally: Tally, count: _Count) -> tuple[str, ...]:
    """Who wanted it, and what the others have there."""
    supporters = [f"{count.voters[n].name} ({sure:.2f})" for n, sure in tally.votes]
    steps = [f"Wanted by {', '.join(supporters)}; the confidence of each in brackets."]
    absent = [v for n, v in enumerate(count.voters) if n not in tally.voters]
    for voter in absent:
        there = [s for s in voter.projection.spans if s.overlaps(tally.span)]
        entities = " and ".join(entity(count.evidence.target, s) for s in there) or "nothing"
        steps.append(f"{voter.name} has {entities} there.")
    return tuple(steps)


def _lost(source: Span, count: _Count) -> Lost:
    origin = Origin(count.evidence.source.tokens, replace(source, score=None))
    tallies = [t for t in count.tallies if origin in t.origins]
    if not tallies:
        return _placed_by_nobody(source, count)
    best = min(tallies, key=lambda t: (-count.score(t), t.result != "chosen", t.span))
    words = quote(count.evidence.target, best.span.start, best.span.end)
    trace = Trace(
        source,
        links=links(count.evidence, source),
        candidates=_candidates(tallies, source.label, count),
        rule=count.name,
        steps=_steps(best, count),
    )
    if best.result == "chosen":
        message = f"{words} came of another entity for {_more_voters(source, best, count)}."
        return Lost(source, "collision", message, trace)
    if best.winners:
        took = explain.took(count.winners(best))
        message = f"{took}: {words} had {count.votes(best)}."
        return Lost(source, "collision", message, trace)
    message = f"Its best place {words}: {count.verdict(best, source.label)}."
    return Lost(source, "outvoted", message, trace)


def _placed_by_nobody(source: Span, count: _Count) -> Lost:
    """No voter placed it: the reason that most of them give.

    Who gives it is named where it need not hold of the vote: other voters have another reason, or
    the entity in its way was outvoted here.
    """
    losses = [
        (voter.name, loss)
        for voter in count.voters
        if voter.shares_source(count.evidence)
        for loss in voter.projection.lost
        if loss.source == source
    ]
    steps = tuple(f"{name}: {loss.message}" for name, loss in losses)
    trace = Trace(source, links(count.evidence, source), rule=count.name, steps=steps)
    if not losses:
        return Lost(source, "outvoted", "No voter looked at it.", trace)
    reasons = Counter((loss.reason, loss.message) for _, loss in losses)
    reason, message = min(reasons, key=lambda r: (-reasons[r], r))
    if len(reasons) > 1 or reason == "collision":
        names = [name for name, loss in losses if (loss.reason, loss.message) == (reason, message)]
        message = f"No voter placed it. {' and '.join(names)}: {message}"
    return Lost(source, reason, message, trace)
