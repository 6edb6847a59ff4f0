"""The generalised heuristic of Shkalikov's thesis: the k longest runs, never over one another.

Entities are placed in ascending order of length. The published code keeps the k *shortest* runs
where its text says longest; here it is the longest unless `keep` says otherwise. What the code
does by default is `ThesisPublished`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from xproj_core.domain import Evidence, Projection, Span
from xproj_core.domain.parameters import option
from xproj_core.project import explain
from xproj_core.project.base import OneByOne
from xproj_core.project.explain import Draft
from xproj_core.project.nesting import NONE, no_word_twice, sharing
from xproj_core.project.seed_heuristic import keep_long_runs
from xproj_core.project.words import Run, linked, merge, runs, words_of
from xproj_core.text.strings import counted


@dataclass(frozen=True)
class ThesisHeuristic(OneByOne):
    """See the module's docstring."""

    d: int = option(
        1, "runs with at most so many words between them are joined", min=0, max=10, step=1
    )
    k: int = option(1, "so many runs are kept for each entity; 0 keeps all", min=0, max=10, step=1)
    only_i: bool = option(
        False, "never join a run that starts on a word linked to the entity's first word"
    )
    threshold: float = option(
        0.0,
        "a run is kept if it is longer than this part of the entity; 0 keeps all",
        min=0.0,
        max=1.0,
        step=0.05,
    )
    keep: str = option(
        "longest",
        "which runs are kept where there are more than k (the published code keeps the shortest)",
        choices=("longest", "shortest"),
    )

    nested: ClassVar[bool] = True  # entities that nest in the source may share words

    @property
    def name(self) -> str:
        return "thesis-heuristic"

    def _project(self, evidence: Evidence) -> Projection:
        table = linked(evidence)
        owners: dict[int, list[Draft]] = {}
        spans = evidence.source.spans
        drafts = [self._draft(s, words_of(s, table), table, evidence) for s in spans]
        for draft in sorted(drafts, key=lambda d: len(d.source)):
            _place(draft, owners, evidence, self.nested)
        entities = [p for d in drafts for p in explain.projected(d, evidence)]
        return Projection(
            tuple(sorted(entities, key=lambda p: p.span)),
            tuple(explain.lost(d, evidence) for d in drafts if not d.claims),
        )

    def _draft(
        self, span: Span, words: list[int], table: list[list[int]], evidence: Evidence
    ) -> Draft:
        which = {0: "all runs", 1: f"the {self.keep} run"}
        runs_kept = which.get(self.k, f"the {self.k} {self.keep} runs")
        words_rule = no_word_twice(sharing(evidence.source.spans) if self.nested else NONE)
        rule = f"{runs_kept} of linked words, {words_rule}"
        draft = Draft(span, words, rule=rule)
        if not words:
            explain.unaligned(draft, evidence)
            return draft
        word_runs = runs(words)
        merged = merge(word_runs, self.d, table[span.start] if self.only_i else ())
        draft.consider(merged)
        explain.joined(draft, word_runs, merged)
        keep_long_runs(draft, merged, self.threshold)
        self._top(draft)
        return draft

    def _top(self, draft: Draft) -> None:
        if not self.k or len(draft.claims) <= self.k:
            return
        sign = -1 if self.keep == "longest" else 1
        ranked = sorted(draft.claims, key=lambda run: (sign * (run[1] - run[0]), run[0]))
        draft.claims = sorted(ranked[: self.k])
        last = ranked[self.k - 1]
        for run in ranked[self.k :]:
            draft.verdicts[run] = _against(run, last)
        draft.steps.append(f"Of these, the {self.keep}: {counted(self.k, 'run')}.")


@dataclass(frozen=True)
class ThesisPublished(ThesisHeuristic):
    """The thesis's heuristic as its published code behaves, with that code's defaults.

    It sorts the runs by length, ascending, and takes the first k: the shortest. It knows flat
    labels: of entities that nest, the shorter keeps the words.
    """

    nested: ClassVar[bool] = False

    only_i: bool = option(
        True, "never join a run that starts on a word linked to the entity's first word"
    )
    keep: str = field(default="shortest", init=False)

    @property
    def name(self) -> str:
        return "thesis-published"


def _against(run: Run, kept: Run) -> str:
    """What speaks against `run` beside the last one that was kept."""
    lengths = run[1] - run[0], kept[1] - kept[0]
    if lengths[0] == lengths[1]:
        return "as long, but further right"
    return "shorter" if lengths[0] < lengths[1] else "longer"


def _place(draft: Draft, owners: dict[int, list[Draft]], evidence: Evidence, nested: bool) -> None:
    """Give the draft those of its runs in which no word is taken yet.

    Args:
        nested: what overlaps the entity in the source does not count.
    """
    free: list[Run] = []
    winner = None
    for run in draft.claims:
        taken = (owner for w in range(*run) for owner in owners.get(w, ()))
        rival = next((o for o in taken if not (nested and o.source.overlaps(draft.source))), None)
        if rival is None:
            free.append(run)
            draft.verdicts[run] = "chosen: its words are free"
        else:
            winner = explain.entity(evidence.source, rival.source)
            shorter = len(rival.source) < len(draft.source)
            why = "a shorter entity" if shorter else "as long and placed before it"
            draft.verdicts[run] = f"overlaps {winner}, {why}"
    if winner and not free:
        draft.lose("collision", f"{explain.took(winner)}.")
    draft.claims = free
    for word in (w for run in free for w in range(*run)):
        owners.setdefault(word, []).append(draft)
