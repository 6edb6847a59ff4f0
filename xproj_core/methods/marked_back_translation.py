"""The paper's back-translation: markers in it carry the labels, alignment stays monolingual.

arXiv 2501.18750 wraps the entities of s in brackets, translates s back, reads the brackets,
and aligns the labelled back-translation with the original, both in one language. Published
results say that it hurts (MasakhaNER2 average 67 to 42 F1); what of that is the idea and what the
code is measured in benchmarks/published.md. Brackets are read with the code's defects mended, or
with `as_published` as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xproj_core.domain import Alignment, Evidence, Sentence
from xproj_core.domain.errors import XProjError
from xproj_core.domain.outcomes import lift
from xproj_core.domain.parameters import option
from xproj_core.methods import chain
from xproj_core.methods.base import Task
from xproj_core.methods.brackets import Marked, marked_translations
from xproj_core.methods.published_markers import read_as_seed_paper
from xproj_core.methods.steps import Steps
from xproj_core.models.protocols import Translation


@dataclass(frozen=True)
class MarkedBackTranslation:
    """b = MT(s with markers), A = align(b, t); the labels are those that b came back with."""

    name = "marked_back_translation"
    as_published: bool = option(
        False, "brackets are read as the seed paper's code reads them, defects included"
    )

    def gather(self, tasks: Sequence[Task], steps: Steps) -> list[Evidence | XProjError]:
        """The alignment of two sentences of the target's language."""
        sources = chain.sources(tasks, steps)
        targets = chain.targets(tasks, steps, sources)
        labelled = chain.labelled(tasks, steps, "source", sources)
        reader = read_as_seed_paper if self.as_published else None
        marked = marked_translations(labelled, steps, tasks[0].target, reader)
        backs = lift(lambda m: m.sentence, marked)
        return lift(
            self._evidence,
            labelled,
            sources,
            marked,
            targets,
            steps.align(labelled, backs),
            steps.align(backs, chain.sentences_of(targets)),
        )

    def _evidence(
        self,
        labelled: Sentence,
        source: Translation,
        marked: Marked,
        target: Translation,
        first: Alignment,
        second: Alignment,
    ) -> Evidence:
        return Evidence(
            self.name,
            marked.sentence,
            target.sentence,
            second,
            (labelled, marked.sentence, target.sentence),
            (first, second),
            origins=(source.origin, marked.origin, target.origin),
            notes=tuple(dict.fromkeys(chain.notes(source, target) + marked.notes)),
        )
