"""A vote of projectors: each projects the same evidence, what enough of them want is chosen.

How votes are counted is in `voting`, who voted for what in the traces that `vote_explain` writes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from xproj_core.domain import Evidence, Projection
from xproj_core.domain.errors import InputError
from xproj_core.domain.parameters import option
from xproj_core.domain.voting_rule import VotingOptions, parse_names
from xproj_core.models.protocols import Engine
from xproj_core.project import projectors
from xproj_core.project.base import Projector, placed
from xproj_core.project.elections import voted
from xproj_core.project.vote_explain import Voter

VOTERS = "seed-heuristic+thesis-heuristic+elp+min-max+match-greedy+match-exact"
"""All of ours but those that keep their published code's defects."""


@dataclass(frozen=True)
class Vote(VotingOptions):
    """See the module's docstring."""

    projectors: str = option(VOTERS, "who votes: names of projectors, + between")

    def __post_init__(self) -> None:
        self.rule.check(tuple(self.voters))

    @property
    def name(self) -> str:
        return "vote"

    @cached_property
    def voters(self) -> dict[str, Projector]:
        """The projectors that vote, by name.

        Raises:
            InputError: there is none, or no such one, or it is a vote itself.
        """
        names = parse_names(self.projectors)
        if not names:
            raise InputError("Nobody votes: name projectors, such as seed-heuristic+match-exact.")
        voters = {name: projectors.create(name) for name in names}
        if any(isinstance(voter, Vote) for voter in voters.values()):
            raise InputError("A vote cannot vote: name other projectors.")
        return voters

    def project(
        self, evidence: Sequence[Evidence], engine: Engine | None = None
    ) -> list[Projection]:
        """See `Projector.project`."""
        done = [placed(instance) for instance in evidence]
        open_ = [instance for instance, known in zip(evidence, done, strict=True) if known is None]
        by_voter = [
            [Voter(name, instance, p) for instance, p in zip(open_, projections, strict=True)]
            for name, voter in self.voters.items()
            for projections in [voter.project(open_, engine)]
        ]
        joint = iter(
            [voted(open_[k], [own[k] for own in by_voter], self.rule) for k in range(len(open_))]
        )
        return [next(joint) if known is None else known for known in done]
