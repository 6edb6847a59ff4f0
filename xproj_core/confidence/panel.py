"""What projectors that need nothing but links make of the same evidence, there and back.

They are asked as votes: an entity that most of them place alike is more often right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xproj_core.domain import Evidence, Projection, Sentence, Span
from xproj_core.domain.defaults import DEFAULT_PROJECTOR
from xproj_core.project import projectors

VOTERS = (
    "seed-heuristic.v1",
    "thesis-heuristic.v1",
    "elp",
    "elp-published.v1",
    "min-max.v1",
    "match-greedy",
    DEFAULT_PROJECTOR,
)
Votes = tuple[frozenset[Span], ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """The entities of every voter on one target, and those of each source entity."""

    votes: Votes

    def shares(self, span: Span) -> tuple[float, float]:
        """The shares of voters that have `span` itself, and that have its label on its words."""
        if not self.votes:
            return 0.0, 0.0
        same = sum(span in vote for vote in self.votes)
        near = sum(
            any(s.label == span.label and s.overlaps(span) for s in vote) for vote in self.votes
        )
        return same / len(self.votes), near / len(self.votes)


def panel(evidence: Sequence[Evidence]) -> list[Panel]:
    """What every voter says of each piece of evidence; nothing where there are no links."""
    linked = [k for k, instance in enumerate(evidence) if instance.alignment is not None]
    unplaced = [_unplaced(evidence[k]) for k in linked]
    votes: list[list[frozenset[Span]]] = [[] for _ in unplaced]
    for name in VOTERS:
        for own, projection in zip(votes, projectors.create(name).project(unplaced), strict=True):
            own.append(frozenset(projection.spans))
    panels = [Panel(())] * len(evidence)
    for k, own in zip(linked, votes, strict=True):
        panels[k] = Panel(tuple(own))
    return panels


def returned(
    evidence: Sequence[Evidence], projections: Sequence[Projection]
) -> list[dict[Span, tuple[Span, ...]]]:
    """For each projected entity, where the default projector takes it back to in the source.

    The target's entities are projected together over the transposed links, as the source's were.
    """
    back: list[dict[Span, tuple[Span, ...]]] = [{} for _ in evidence]
    linked = [k for k, instance in enumerate(evidence) if instance.alignment is not None]
    turned = [_turned(evidence[k], projections[k]) for k in linked]
    for k, projection in zip(
        linked, projectors.create(DEFAULT_PROJECTOR).project(turned), strict=True
    ):
        for entity in projection.entities:
            if entity.trace.source is not None:
                before = back[k].get(entity.trace.source, ())
                back[k][entity.trace.source] = (*before, entity.span)
    return back


def _unplaced(evidence: Evidence) -> Evidence:
    return Evidence("panel", evidence.source, evidence.target, evidence.alignment, (), ())


def _turned(evidence: Evidence, projection: Projection) -> Evidence:
    assert evidence.alignment is not None
    labelled: Sentence = evidence.target.labelled(set(projection.spans))
    turned = evidence.alignment.transposed()
    return Evidence("back", labelled, evidence.source.labelled(()), turned, (), ())
