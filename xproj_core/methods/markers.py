"""Markers: the labels ride through translation in brackets; no alignment at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xproj_core.domain import Evidence, Sentence, Span
from xproj_core.domain.errors import XProjError
from xproj_core.domain.outcomes import lift
from xproj_core.methods import chain
from xproj_core.methods.base import Task
from xproj_core.methods.locate import locate
from xproj_core.methods.marked import Marked, marked_translations
from xproj_core.methods.steps import Steps
from xproj_core.models.protocols import Translation


@dataclass(frozen=True)
class Markers:
    """m = MT(s with markers); its entities are looked up in the shared target by their words.

    EasyProject labels m itself. Here all methods share one target, so that they can be
    compared; where m, without its markers, is that target, the two are the same.
    """

    name = "markers"

    def gather(self, tasks: Sequence[Task], steps: Steps) -> list[Evidence | XProjError]:
        """Entities placed on the target without alignment."""
        sources = chain.sources(tasks, steps)
        targets = chain.targets(tasks, steps, sources)
        labelled = chain.labelled(tasks, steps, "source", sources)
        marked = marked_translations(labelled, steps, tasks[0].target)
        return lift(self._evidence, labelled, sources, marked, targets)

    def _evidence(
        self, labelled: Sentence, source: Translation, marked: Marked, target: Translation
    ) -> Evidence:
        placed: list[tuple[Span, Span | None]] = []
        taken: frozenset[int] = frozenset()
        for span, entity in zip(marked.sentence.spans, marked.sources, strict=True):
            place = locate(
                span.start, span.end, marked.sentence.tokens, target.sentence.tokens, taken
            )
            if place is not None:
                placed.append((Span(*place, span.label), entity))
                taken |= frozenset(range(*place))
        return Evidence(
            self.name,
            labelled,
            target.sentence,
            None,
            (labelled, marked.sentence, target.sentence),
            (None, None),
            placed=tuple(placed),
            origins=(source.origin, marked.origin, target.origin),
            notes=tuple(dict.fromkeys(chain.notes(source, target) + marked.notes)),
        )
