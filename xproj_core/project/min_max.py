"""Min-max projection (Ebing & Glavaš): from the first linked target word to the last.

Everything in between belongs to it. Filters drop what looks unreliable; a later entity writes
over an earlier one, but not over one that it overlaps in the source.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from xproj_core.domain import Evidence, Projection, Span
from xproj_core.domain.parameters import option
from xproj_core.project import explain
from xproj_core.project.base import OneByOne
from xproj_core.project.canvas import Canvas
from xproj_core.project.explain import Draft
from xproj_core.project.words import linked, runs, words_of
from xproj_core.text.strings import counted


@dataclass(frozen=True)
class MinMax(OneByOne):
    """See the module's docstring."""

    comp_src: bool = option(False, "COMP-SRC: drop an entity if one of its words has no link")
    comp_tgt: bool = option(False, "COMP-TGT: drop an entity if its linked words are no single run")
    comp_ins: bool = option(
        False,
        "COMP-INS: drop the whole sentence unless each label is there as often as in the source",
    )
    restr_tgt: bool = option(
        False, "RESTR-TGT: an entity of one word gets only the first of its target words"
    )

    @property
    def name(self) -> str:
        return "min-max"

    def _project(self, evidence: Evidence) -> Projection:
        table = linked(evidence)
        drafts = [self._draft(s, table, evidence) for s in evidence.source.spans]
        canvas = _written(drafts, evidence)
        spans = [span for _, span in canvas.spans()]
        if self.comp_ins and (different := _counts_differ(evidence, spans)):
            for draft in drafts:
                draft.verdicts.update(dict.fromkeys(draft.claims, "dropped with its sentence"))
                draft.lose("filtered", f"COMP-INS dropped the sentence: {different}.")
            canvas = _written(drafts, evidence)
        return canvas.projection(drafts)

    def _draft(self, span: Span, table: list[list[int]], evidence: Evidence) -> Draft:
        words = words_of(span, table)
        draft = Draft(span, words, rule="from the first linked word to the last")
        if not words:
            explain.unaligned(draft, evidence)
            return draft
        start, end = words[0], words[-1] + 1
        gaps = end - start - len(words)
        between = counted(gaps, "unlinked word") if gaps else "no unlinked word"
        draft.steps.append(f"{counted(len(words), 'linked word')}, {between} in between.")
        if self.restr_tgt and len(span) == 1 and end - start > 1:
            end = start + 1
            draft.steps.append("RESTR-TGT: one source word, so only the first target word.")
        draft.consider([(start, end)])
        unlinked = [i for i in range(span.start, span.end) if not table[i]]
        if self.comp_src and unlinked:
            word = evidence.source.tokens[unlinked[0]]
            draft.verdicts[start, end] = "dropped by COMP-SRC"
            draft.lose("filtered", f"COMP-SRC: its word '{word}' has no link.")
        elif self.comp_tgt and gaps:
            many = counted(len(runs(words)), "run")
            draft.verdicts[start, end] = "dropped by COMP-TGT"
            draft.lose("filtered", f"COMP-TGT: its linked words are {many}, not one.")
        else:
            draft.claims.append((start, end))
            first = "first linked word" if end - start < words[-1] + 1 - start else ""
            draft.verdicts[start, end] = f"chosen: {first or 'first to last linked word'}"
        return draft


def _written(drafts: Sequence[Draft], evidence: Evidence) -> Canvas:
    canvas = Canvas(evidence)
    for n, draft in enumerate(drafts):
        for start, end in draft.claims:
            canvas.write(range(start, end), n)
    return canvas


def _counts_differ(evidence: Evidence, spans: Sequence[Span]) -> str:
    """The first label that source and target do not have equally often; "" if there is none."""
    ours = Counter(s.label for s in evidence.source.spans)
    target_counts = Counter(s.label for s in spans)
    for label in sorted(ours | target_counts):
        if ours[label] != target_counts[label]:
            return f"{ours[label]} {label} in the source, {target_counts[label]} in the target"
    return ""
