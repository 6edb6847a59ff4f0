"""Direct: translate, align the two sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xproj_core.domain import Evidence
from xproj_core.domain.errors import XProjError
from xproj_core.domain.outcomes import lift
from xproj_core.methods import chain
from xproj_core.methods.base import Task
from xproj_core.methods.steps import Steps


@dataclass(frozen=True)
class Direct:
    """s = MT(t), A = align(s, t); or t = MT(s) where the source is given."""

    name = "direct"

    def gather(self, tasks: Sequence[Task], steps: Steps) -> list[Evidence | XProjError]:
        """One alignment, between source and target."""
        sources = chain.sources(tasks, steps)
        targets = chain.targets(tasks, steps, sources)
        return lift(
            lambda s, t, source, target, alignment: Evidence(
                self.name,
                s,
                target,
                alignment,
                (s, target),
                (alignment,),
                origins=chain.origins(source, t),
                notes=chain.notes(source, t),
            ),
            chain.labelled(tasks, steps, "source", sources),
            targets,
            sources,
            chain.sentences_of(targets),
            chain.source_target_alignments(tasks, steps, sources, targets),
        )
