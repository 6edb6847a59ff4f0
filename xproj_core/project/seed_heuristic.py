"""The heuristic of the seed paper (arXiv 2501.18750): runs of linked words.

For each entity, in order: the target words linked to it fall into runs of consecutive words;
runs with at most `merge_distance` words between them are joined; a run is kept when it is longer
than `length_ratio` times the entity. Every run that is left gets the label, and a later entity
writes over an earlier one.

The published code reads flat labels. Here entities that nest in the source nest on the target, and
only what stands apart writes over another.

The published code joins nothing where `merge_distance` is 0, and its runs then are not always
maximal: they grow link by link, and two that meet stay two, see `grown`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xproj_core.domain import Evidence, Projection, Span
from xproj_core.domain.parameters import option
from xproj_core.project import explain
from xproj_core.project.base import OneByOne
from xproj_core.project.canvas import Canvas
from xproj_core.project.explain import Draft
from xproj_core.project.words import Run, linked, merge, runs, words_of
from xproj_core.text.strings import counted


@dataclass(frozen=True)
class SeedHeuristic(OneByOne):
    """See the module's docstring."""

    length_ratio: float = option(
        0.8,
        "a run is kept if it is longer than this part of the entity; 0 keeps all",
        min=0.0,
        max=1.0,
        step=0.05,
    )
    merge_distance: int = option(
        1, "runs with at most so many words between them are joined", min=0, max=10, step=1
    )

    @property
    def name(self) -> str:
        return "seed-heuristic"

    def _project(self, evidence: Evidence) -> Projection:
        table = linked(evidence)
        canvas = Canvas(evidence)
        drafts = []
        for n, span in enumerate(evidence.source.spans):
            draft = self._draft(span, table, evidence)
            for start, end in draft.claims:
                canvas.write(range(start, end), n)
            drafts.append(draft)
        return canvas.projection(drafts)

    def _draft(self, span: Span, table: list[list[int]], evidence: Evidence) -> Draft:
        words = words_of(span, table)
        draft = Draft(
            span,
            words,
            rule=f"all runs of linked words longer than {self.length_ratio:g} of the entity",
        )
        if not words:
            explain.unaligned(draft, evidence)
            return draft
        word_runs = runs(words)
        if self.merge_distance:
            joined = merge(word_runs, self.merge_distance)
        else:
            joined = grown(span, table)
        draft.consider(joined)
        explain.joined(draft, word_runs, joined)
        keep_long_runs(draft, joined, self.length_ratio)
        return draft


def grown(span: Span, table: Sequence[Sequence[int]]) -> list[Run]:
    """Runs as the published code grows them, in the order in which it writes them.

    The links of the entity are gone through by source word, those of one word from left to right.
    A linked word widens every run that it touches and begins a run where it touches none; runs
    that come to meet, or to share words, are not joined. They are written one over another.
    """
    growing: list[list[int]] = []
    for word in (j for i in range(span.start, span.end) for j in table[i]):
        touched = [run for run in growing if run[0] - 1 <= word <= run[1]]
        for run in touched:
            run[:] = min(run[0], word), max(run[1], word + 1)
        if not touched:
            growing.append([word, word + 1])
    # of equal ones the last is the one that shows
    last = dict.fromkeys((start, end) for start, end in reversed(growing))
    return list(last)[::-1]


def keep_long_runs(draft: Draft, candidate_runs: Sequence[Run], ratio: float) -> None:
    """Claim the runs that are strictly longer than `ratio` times the entity."""
    size = len(draft.source)
    for run in candidate_runs:
        length = run[1] - run[0]
        if length / size > ratio:
            draft.claims.append(run)
            draft.verdicts[run] = "kept: longer than the limit" if ratio else "kept"
        else:
            draft.verdicts[run] = f"at most {ratio:g} of {counted(size, 'source word')}"
    if ratio:
        draft.steps.append(
            f"Kept: {counted(len(draft.claims), 'run')} longer than {ratio:g} of"
            f" {counted(size, 'source word')}."
        )
    if not draft.claims:
        longest = max(b - a for a, b in candidate_runs)
        which = "Its run" if len(candidate_runs) == 1 else "The longest of its runs,"
        draft.lose(
            "filtered",
            f"{which} of {counted(longest, 'word')}{'' if len(candidate_runs) == 1 else ','} is"
            " at most"
            f" {ratio:g} of the {counted(size, 'source word')}.",
        )
