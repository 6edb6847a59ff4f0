"""How Easy-Label-Projection settles entities that get into each other's way.

Entities of one label become one; of two labels the longer stays, of equals the later one.

- By order, as the published code does: neighbours in the source collide unless the first one's
  last target word stands before the second one's first, so also when they only changed places.
  Entities of one label are united in a first pass, and what is united may have holes. What
  still collides in a second pass loses the shorter one, whatever the labels.
- By overlap: two entities collide when they share a word, neighbours or not.

Entities that share words in the source do not collide; to the published code they are neighbours
like any others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xproj_core.domain import Evidence
from xproj_core.project import explain
from xproj_core.project.explain import Draft
from xproj_core.project.words import runs


@dataclass(slots=True)
class Live:
    """An entity that is still to be written: its number, draft and (ascending) target words."""

    number: int
    draft: Draft
    words: list[int]

    @property
    def label(self) -> str:
        """The label, the same on both sides."""
        return self.draft.source.label


def by_order(drafts: Sequence[Draft], evidence: Evidence, *, nested: bool = True) -> list[Live]:
    """What is left, in source order; see the module's docstring.

    Args:
        nested: entities that overlap in the source do not collide, and are no neighbours.
    """
    live = [
        Live(n, d, [w for run in d.claims for w in range(*run)])
        for n, d in enumerate(drafts)
        if d.claims
    ]
    n = 0
    while n < len(live) - 1:
        left, right = live[n], _neighbour(live, n, nested)
        if right and _out_of_order(left, right) and left.label == right.label:
            _unite(left, right, evidence)
            live.remove(right)
        else:
            n += 1
    n = 0
    while n < len(live) - 1:
        left, right = live[n], _neighbour(live, n, nested)
        if right and _out_of_order(left, right):
            goes, stays = (left, right) if len(left.words) <= len(right.words) else (right, left)
            _outlive(stays, goes, evidence)
            live.remove(goes)
        else:
            n += 1
    return live


def by_overlap(drafts: Sequence[Draft], evidence: Evidence) -> None:
    """Change the drafts so that no two share a word; see the module's docstring."""
    settled: list[Live] = []
    for n, draft in enumerate(drafts):
        if not draft.claims:
            continue
        entity = Live(n, draft, list(range(*draft.claims[0])))
        while other := next((o for o in settled if _collide(o, entity)), None):
            if other.label != entity.label and len(other.words) > len(entity.words):
                _outlive(other, entity, evidence)
                break
            settled.remove(other)
            if other.label == entity.label:
                _unite(other, entity, evidence)
                entity = other
            else:
                _outlive(entity, other, evidence)
        else:
            settled.append(entity)


def _out_of_order(left: Live, right: Live) -> bool:
    return left.words[-1] >= right.words[0]


def _neighbour(live: Sequence[Live], n: int, nested: bool) -> Live | None:
    """The next entity that stands apart from number `n`."""
    source = live[n].draft.source
    for other in live[n + 1 :]:
        if not (nested and source.overlaps(other.draft.source)):
            return other
    return None


def _collide(left: Live, right: Live) -> bool:
    meet = left.words[0] <= right.words[-1] and right.words[0] <= left.words[-1]
    return meet and not left.draft.source.overlaps(right.draft.source)


def _unite(stays: Live, goes: Live, evidence: Evidence) -> None:
    shared = "shares its words" if set(stays.words) & set(goes.words) else "changed places with it"
    stays.words = sorted({*stays.words, *goes.words})
    stays.draft.claims = runs(stays.words)
    for run in stays.draft.claims:
        stays.draft.verdicts.setdefault(run, "chosen: united with another entity")
    absorbed_entity = explain.entity(evidence.source, goes.draft.source)
    surviving_entity = explain.entity(evidence.source, stays.draft.source)
    stays.draft.steps.append(
        f"United with {absorbed_entity}, which has the same label and {shared}."
    )
    goes.draft.lose(
        "collision",
        f"It was united with {surviving_entity}, which has the same label and {shared}.",
        f"united with {surviving_entity}",
    )


def _outlive(stays: Live, goes: Live, evidence: Evidence) -> None:
    winner = explain.entity(evidence.source, stays.draft.source)
    overlap = bool(set(stays.words) & set(goes.words))
    what = "overlaps" if overlap else "changed places with"
    message = (
        f"{explain.took(winner)}."
        if overlap
        else f"It changed places with {winner}, which is not shorter."
    )
    goes.draft.lose("collision", message, f"{what} {winner}")
