"""By which rule several labellings of one sentence become one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, cast

from xproj_core.domain.errors import InputError
from xproj_core.domain.parameters import option

How = Literal["majority", "unanimous", "weighted"]
HOW: tuple[How, ...] = ("majority", "unanimous", "weighted")
BETWEEN = "+"  # names and numbers in one option; a comma stands between options


@dataclass(frozen=True, slots=True)
class VotingRule:
    """What a span needs to be chosen.

    Attributes:
        how: "unanimous": every voter wants it; "majority": more than half of them; "weighted":
            the confidence of those that want it, each times its voter's weight, comes to more
            than `threshold` of what it would be if every voter wanted it as surely as the surest
            one. Of what is then in each other's way the best total stays.
        weights: of each voter, for "weighted"; empty where all are equal.
        threshold: for "weighted", from 0 up, below 1.
        least: a span whose mean confidence is lower is left out, by every rule; who does not
            want it counts as 0.
    """

    how: How = "majority"
    weights: tuple[float, ...] = ()
    threshold: float = 0.5
    least: float = 0.0

    def __post_init__(self) -> None:
        if self.how not in HOW:
            raise InputError(f"Votes are counted by {', '.join(HOW)}, not {self.how!r}.")
        if self.weights and self.how != "weighted":
            raise InputError(f"Weights count in weighted votes only, not in {self.how} ones.")
        if not all(math.isfinite(w) and w >= 0 for w in self.weights):
            raise InputError("A weight is a number from 0 up.")
        if self.weights and not any(self.weights):
            raise InputError("All weights are 0: give at least one voter a weight.")
        if not 0 <= self.threshold < 1:
            raise InputError("The threshold of a vote is a number from 0 up, below 1.")
        if not 0 <= self.least <= 1:
            raise InputError("The least confidence of a vote is a number from 0 to 1.")

    def check(self, voters: Sequence[str]) -> None:
        """Hold the rule against the names of those who may vote.

        Raises:
            InputError: not as many weights as voters.
        """
        if self.weights and len(self.weights) != len(voters):
            raise InputError(
                f"Give {len(voters)} weights, one for each voter ({', '.join(voters)}), not"
                f" {len(self.weights)}."
            )

    def weights_of(self, present: Sequence[int]) -> tuple[float, ...]:
        """The weights of the voters with these numbers; 1 each where none are set."""
        return tuple(self.weights[k] for k in present) if self.weights else (1.0,) * len(present)


@dataclass(frozen=True)
class VotingOptions:
    """The parameters of whatever lets others vote."""

    how: str = option("majority", "what a span needs to be chosen", choices=HOW)
    weights: str = option(
        "", "for weighted votes: a number for each voter, + between; empty: all equal"
    )
    threshold: float = option(
        0.5,
        "for weighted votes: the part of the whole vote that a span must exceed",
        min=0,
        max=0.95,
        step=0.05,
    )
    least: float = option(
        0.0, "leave out spans with a lower mean confidence", min=0, max=1, step=0.05
    )

    @property
    def rule(self) -> VotingRule:
        """How the votes are counted.

        Raises:
            InputError: what is set does not go together.
        """
        how = cast(How, self.how)
        return VotingRule(how, parse_weights(self.weights), self.threshold, self.least)


def parse_names(text: str) -> tuple[str, ...]:
    """ "direct+pivot" as names, each once."""
    return tuple(dict.fromkeys(name.strip() for name in text.split(BETWEEN) if name.strip()))


def parse_weights(text: str) -> tuple[float, ...]:
    """ "2+1+0.5" as numbers; "" as none.

    Raises:
        InputError: a part is no number.
    """
    try:
        return tuple(float(part) for part in text.split(BETWEEN)) if text.strip() else ()
    except ValueError:
        raise InputError(
            f"The weights {text!r} are no numbers: write one for each voter, such as 2+1+0.5."
        ) from None
