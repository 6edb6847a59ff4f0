"""Projections of several voters, made one.

Where the voters are projectors they share their evidence (`vote`); where they are methods or
source languages each has its own (`Evidence.election`), and `projections` asks the projector about
each before they vote.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from xproj_core.domain import Evidence, Projected, Projection, Span
from xproj_core.domain.voting_rule import VotingRule
from xproj_core.models.protocols import Engine
from xproj_core.project.base import Projector
from xproj_core.project.vote_explain import Voter, explained
from xproj_core.project.voting import Origin, Vote, elect


def projections(
    projector: Projector, evidence: Sequence[Evidence], engine: Engine | None = None
) -> list[Projection]:
    """One projection per piece of evidence, in order; those that have an election by votes.

    Raises:
        XProjError: what the projector raises.
    """
    single = [voter for instance in evidence for voter in _voters(instance)]
    projected = iter(projector.project(single, engine))
    joint = []
    for instance in evidence:
        own = [(voter, next(projected)) for voter in _voters(instance)]
        if instance.election is None:
            joint.append(own[0][1])
        else:
            names = [name for name, _ in instance.election.voters]
            voters = [Voter(n, e, p) for n, (e, p) in zip(names, own, strict=True)]
            joint.append(voted(instance, voters, instance.election.rule))
    return joint


def _voters(evidence: Evidence) -> list[Evidence]:
    if evidence.election is None:
        return [evidence]
    return [voter for _, voter in evidence.election.voters]


def voted(evidence: Evidence, voters: Sequence[Voter], rule: VotingRule) -> Projection:
    """What the voters choose, with its traces.

    Args:
        evidence: what is shown; source entities are those of its source.
    """
    ballots = [
        [
            Vote(entity.span, confidence(entity), _origins(entity.trace.source, voter.evidence))
            for entity in voter.projection.entities
        ]
        for voter in voters
    ]
    return explained(evidence, voters, elect(ballots, rule), rule)


def confidence(entity: Projected) -> float:
    """How sure a voter is of an entity, in [0, 1]: the one place where votes get it from."""
    return min(1.0, max(0.0, entity.trace.confidence))


def _origins(source: Span | None, evidence: Evidence) -> frozenset[Origin]:
    """The entity that it comes of."""
    if source is None:
        return frozenset()
    return frozenset({Origin(evidence.source.tokens, replace(source, score=None))})
