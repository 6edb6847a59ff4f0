"""Easy-Label-Projection (García-Ferrero et al. 2022), as documented and as published.

For each entity: the linked target words, without those made of punctuation only, fall into runs;
runs with at most `fill_gap` words between them are joined; the longest run is kept, the first of
equals. Then collisions between entities are settled, see `elp_collisions`.

The published code joins two runs only if both together, with the gap, are at most `fill_gap` + 2
words long, so that `B-LOC I-LOC O I-LOC` of its own documentation never comes out as one entity.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from xproj_core.domain import Evidence, Projection
from xproj_core.domain.parameters import option
from xproj_core.project import elp_collisions as collide
from xproj_core.project import explain
from xproj_core.project.base import OneByOne
from xproj_core.project.canvas import Canvas
from xproj_core.project.explain import Draft
from xproj_core.project.words import Run, is_punctuation, linked, merge, runs, words_of
from xproj_core.text.strings import counted

Merge = Callable[[Sequence[Run], int], list[Run]]


@dataclass(frozen=True)
class Elp(OneByOne):
    """Easy-Label-Projection with its gap rule as documented.

    With `collisions` "order", the gap rule is all that differs from the published code; with
    "overlap", entities collide only if they share a word.
    """

    fill_gap: int = option(
        1, "runs with at most so many words between them are joined", min=0, max=10, step=1
    )
    remove_punctuation: bool = option(True, "links to words made of punctuation do not count")
    collisions: str = option(
        "order",
        "two entities collide if their order is not the source's (order, as published), or only"
        " if they share a word (overlap)",
        choices=("order", "overlap"),
    )

    @property
    def name(self) -> str:
        return "elp"

    def _project(self, evidence: Evidence) -> Projection:
        drafts = _drafts(evidence, self.fill_gap, self.remove_punctuation, merge)
        if self.collisions == "overlap":
            collide.by_overlap(drafts, evidence)
            return _without_canvas(drafts, evidence)
        written = _by_order(drafts, evidence, nested=True)
        return Projection(written.entities, written.lost)


@dataclass(frozen=True)
class ElpPublished(OneByOne):
    """Easy-Label-Projection as its published code behaves, bit for bit, defects included.

    Its projections are `TaggedProjection`s, since its tags can hold an I- without a B-. It knows
    flat labels: entities that nest in the source collide as any others do.
    """

    fill_gap: int = option(
        1,
        "two runs are joined if together they span at most this plus 2 words",
        min=0,
        max=10,
        step=1,
    )
    remove_punctuation: bool = option(True, "links to words made of punctuation do not count")

    @property
    def name(self) -> str:
        return "elp-published"

    def _project(self, evidence: Evidence) -> Projection:
        drafts = _drafts(evidence, self.fill_gap, self.remove_punctuation, _published_merge)
        return _by_order(drafts, evidence, nested=False)


def _published_merge(linked_runs: Sequence[Run], gap: int) -> list[Run]:
    merged: list[Run] = []
    for run in linked_runs:
        if merged and run[1] - 1 - merged[-1][0] <= gap + 1:
            merged[-1] = (merged[-1][0], run[1])
        else:
            merged.append(run)
    return merged


def _drafts(evidence: Evidence, gap: int, remove_punctuation: bool, join: Merge) -> list[Draft]:
    table = linked(evidence)
    drafts = []
    for span in evidence.source.spans:
        draft = Draft(span, words_of(span, table), rule="longest run of linked words")
        if not draft.words:
            explain.unaligned(draft, evidence)
        elif remove_punctuation:
            _drop_punctuation(draft, evidence)
        if draft.words:
            linked_runs = runs(draft.words)
            _keep_longest(draft, linked_runs, join(linked_runs, gap))
        drafts.append(draft)
    return drafts


def _drop_punctuation(draft: Draft, evidence: Evidence) -> None:
    tokens = evidence.target.tokens
    words = [w for w in draft.words if not is_punctuation(tokens[w])]
    if len(words) < len(draft.words):
        marks = counted(len(draft.words) - len(words), "linked punctuation mark")
        draft.steps.append(f"Left out: {marks}.")
    draft.words = words
    if not words:
        draft.lose("filtered", "It is linked to punctuation only.")


def _keep_longest(draft: Draft, linked_runs: Sequence[Run], merged: Sequence[Run]) -> None:
    explain.joined(draft, linked_runs, merged)
    draft.consider(merged)
    best = max(merged, key=lambda run: run[1] - run[0])
    draft.claims = [best]
    for run in merged:
        shorter = run[1] - run[0] < best[1] - best[0]
        draft.verdicts[run] = "shorter" if shorter else "as long, but further right"
    draft.verdicts[best] = "chosen: longest run"
    if len(merged) > 1:
        draft.steps.append(f"Kept: the longest, {counted(best[1] - best[0], 'word')}.")


def _by_order(drafts: Sequence[Draft], evidence: Evidence, *, nested: bool) -> Projection:
    canvas = Canvas(evidence, nested)
    for entity in collide.by_order(drafts, evidence, nested=nested):
        canvas.write(entity.words, entity.number)
    return canvas.projection(drafts)


def _without_canvas(drafts: Sequence[Draft], evidence: Evidence) -> Projection:
    entities = [p for d in drafts for p in explain.projected(d, evidence)]
    return Projection(
        tuple(sorted(entities, key=lambda p: p.span)),
        tuple(explain.lost(d, evidence) for d in drafts if not d.claims),
    )
