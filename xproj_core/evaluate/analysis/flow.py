"""From the gold entities through each step to what arrived, and where the others were lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from xproj_core.evaluate.analysis.analysis import Analysis
from xproj_core.evaluate.errors.taxonomy import STEPS, Kind, Step

STAGES: tuple[tuple[str, tuple[Step, ...]], ...] = (
    ("gold", (Step.RUN, Step.TRANSLATION)),
    ("in the source", (Step.TAGGING,)),
    ("labelled", (Step.ALIGNMENT,)),
    ("linked", (Step.PROJECTION,)),
    ("projected", (Step.REFERENCE,)),
    ("correct", ()),
)
"""What has come so far, and the steps on which some of it goes no further."""
AFTER: dict[str, tuple[Step, ...]] = {
    stage: (*(step for _, steps in STAGES[k:] for step in steps), Step.NONE)
    for k, (stage, _) in enumerate(STAGES)
}
"""The steps that a gold entity which has come to a stage can still be lost on; `NONE` for those
that arrive."""


@dataclass(frozen=True, slots=True)
class Stream:
    """So many gold entities went from one stage to another, or, at `kind`, out of the way."""

    start: str
    end: str
    count: int
    kind: Kind | None = None


def flow(analysis: Analysis, system: str) -> list[Stream]:
    """Streams in drawing order; those of nothing are left out."""
    cases = analysis.cases
    gold = cases[(cases.system == system) & cases.gold.notna()]
    sizes = gold.groupby(["step", "kind"], observed=True).size()
    left, streams = len(gold), []
    for (stage, steps), (following, _) in pairwise(STAGES):
        for kind in Kind:
            n = sum(int(sizes.get((step.value, kind.value), 0)) for step in steps)
            if n:
                streams.append(Stream(stage, kind.value, n, kind))
                left -= n
        if left:
            streams.append(Stream(stage, following, left))
    return streams


def errors(analysis: Analysis) -> dict[str, dict[tuple[Step, Kind], int]]:
    """For each system, how many cases there are of each kind at each step; none of correct ones."""
    wrong = analysis.cases[analysis.cases.outcome != "correct"]
    sizes = wrong.groupby(["system", "step", "kind"], observed=True).size()
    counts: dict[str, dict[tuple[Step, Kind], int]] = {s: {} for s in analysis.systems}
    for (system, step, kind), n in zip(sizes.index.tolist(), sizes.tolist(), strict=True):
        counts[system][Step(step), Kind(kind)] = int(n)
    return counts


@dataclass(frozen=True, slots=True)
class Node:
    """A stage that entities came to, or a way in which they were lost.

    Attributes:
        column: how many steps along the way.
        step: at which it was lost; `Step.NONE` for a stage.
    """

    name: str
    column: int
    count: int
    step: Step = Step.NONE
    kind: Kind | None = None


def nodes(streams: Sequence[Stream]) -> list[Node]:
    """What a flow leads to: stages first, then losses in the order of the streams.

    A loss stands in the column of the stage that its entities did not reach.
    """
    if not streams:
        return []
    place = {stage: k for k, (stage, _) in enumerate(STAGES)}
    start = STAGES[0][0]
    stages = [Node(start, 0, sum(s.count for s in streams if s.start == start))]
    stages += [Node(s.end, place[s.end], s.count) for s in streams if s.kind is None]
    losses = []
    for s in streams:
        if s.kind is not None:
            step = STEPS.get(s.kind, STAGES[place[s.start]][1][-1])
            losses.append(Node(s.kind.value, place[s.start] + 1, s.count, step, s.kind))
    return [*stages, *losses]
