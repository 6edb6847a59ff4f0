"""Pivot: link source and target through a sentence in a third language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xproj_core.align.compose import THRESHOLD, compose, interpolate
from xproj_core.domain import Alignment, Evidence, Sentence
from xproj_core.domain.errors import XProjError
from xproj_core.domain.outcomes import lift
from xproj_core.domain.parameters import option
from xproj_core.methods import chain
from xproj_core.methods.base import Mode, Task
from xproj_core.methods.steps import Steps
from xproj_core.models.protocols import Translation


@dataclass(frozen=True)
class Pivot:
    """p = MT(t), s = MT(p), A = compose(align(s, p), align(p, t)).

    Where the source is given: p = MT(s), and t is the target all methods share.
    """

    name = "pivot"
    direct_share: float = option(0.0, "share of the direct alignment mixed in", min=0, max=1)
    threshold: float = option(THRESHOLD, "weakest composed score that is a link", min=0, max=1)

    def gather(self, tasks: Sequence[Task], steps: Steps) -> list[Evidence | XProjError]:
        """Two alignments, composed; `parts` holds what was mixed."""
        source_sides = chain.sources(tasks, steps) if tasks[0].mode is Mode.TRANSLATE else []
        targets = chain.targets(tasks, steps, source_sides)
        pivots = chain.pivots(tasks, steps, source_sides)
        sources = source_sides or chain.typed_or_translated(
            tasks, steps, "pivot-source", chain.sentences_of(pivots), tasks[0].source
        )
        firsts, seconds = self._hops(tasks, steps, sources, pivots, targets)
        return lift(
            self._evidence,
            chain.labelled(tasks, steps, "source" if source_sides else "pivot-source", sources),
            sources,
            pivots,
            targets,
            firsts,
            seconds,
            self._directs(tasks, steps, sources, targets),
        )

    def _hops(
        self,
        tasks: Sequence[Task],
        steps: Steps,
        sources: chain.Sides,
        pivots: chain.Sides,
        targets: chain.Sides,
    ) -> tuple[list[Alignment | XProjError], list[Alignment | XProjError]]:
        """Source x pivot and pivot x target."""
        s, p, t = (chain.sentences_of(sides) for sides in (sources, pivots, targets))
        if tasks[0].mode is Mode.LABEL:
            first = chain.turned(steps.align_translated(p, sources))
            return first, chain.turned(steps.align_translated(t, pivots))
        return steps.align_translated(s, pivots), steps.align(p, t)

    def _directs(
        self, tasks: Sequence[Task], steps: Steps, sources: chain.Sides, targets: chain.Sides
    ) -> Sequence[Alignment | XProjError | None]:
        """Source x target, only where it is to be mixed in."""
        if not self.direct_share:
            return [None] * len(sources)
        if tasks[0].mode is Mode.TRANSLATE:
            return chain.source_target_alignments(tasks, steps, sources, targets)
        # The source came out of the pivot here: nobody translated one into the other.
        return steps.align(chain.sentences_of(sources), chain.sentences_of(targets))

    def _evidence(
        self,
        labelled: Sentence,
        source: Translation,
        pivot: Translation,
        target: Translation,
        first: Alignment,
        second: Alignment,
        direct: Alignment | None,
    ) -> Evidence:
        composed = compose(first, second, threshold=self.threshold)
        parts = {"composed": composed}
        alignment = composed
        if direct is not None:
            parts["direct"] = direct
            alignment = interpolate(direct, composed, self.direct_share, threshold=self.threshold)
        sides = (source, pivot, target)
        return Evidence(
            self.name,
            labelled,
            target.sentence,
            alignment,
            (labelled, pivot.sentence, target.sentence),
            (first, second),
            parts,
            origins=chain.origins(*sides),
            notes=chain.notes(*sides),
        )
