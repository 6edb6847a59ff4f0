"""Back-translation: refine the direct alignment through the translation of the translation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xproj_core.align.compose import REFINEMENTS, THRESHOLD, Refinement, compose, refine
from xproj_core.domain import Alignment, Evidence, Sentence
from xproj_core.domain.errors import XProjError
from xproj_core.domain.outcomes import lift
from xproj_core.domain.parameters import option
from xproj_core.methods import chain
from xproj_core.methods.base import Mode, Task
from xproj_core.methods.steps import Steps
from xproj_core.models.protocols import Translation


@dataclass(frozen=True)
class BackTranslation:
    """s = MT(t), b = MT(s), A = refine(align(s, t), compose(align(s, b), align(b, t))).

    b is in the language of what was given, so one of the two hops stays within a language.
    """

    name = "back_translation"
    refinement: Refinement = option(
        "interpolate", "how direct and composed links are joined", choices=REFINEMENTS
    )
    direct_share: float = option(
        0.5, "share of the direct alignment when interpolating", min=0, max=1
    )
    threshold: float = option(THRESHOLD, "weakest joined score that is a link", min=0, max=1)

    def gather(self, tasks: Sequence[Task], steps: Steps) -> list[Evidence | XProjError]:
        """The direct alignment and the one through b, joined; `parts` holds both."""
        label = tasks[0].mode is Mode.LABEL
        sources = chain.sources(tasks, steps)
        targets = chain.targets(tasks, steps, sources)
        s, t = chain.sentences_of(sources), chain.sentences_of(targets)
        backs = chain.typed_or_translated(
            tasks, steps, "back", s if label else t, tasks[0].target if label else tasks[0].source
        )
        b = chain.sentences_of(backs)
        if label:
            first, second = steps.align_translated(s, backs), steps.align(b, t)
        else:
            first, second = steps.align(s, b), chain.turned(steps.align_translated(t, backs))
        return lift(
            self._evidence,
            chain.labelled(tasks, steps, "source", sources),
            sources,
            backs,
            targets,
            first,
            second,
            chain.source_target_alignments(tasks, steps, sources, targets),
        )

    def _evidence(
        self,
        labelled: Sentence,
        source: Translation,
        back: Translation,
        target: Translation,
        first: Alignment,
        second: Alignment,
        direct: Alignment,
    ) -> Evidence:
        composed = compose(first, second, threshold=self.threshold)
        alignment = refine(
            direct, composed, self.refinement, weight=self.direct_share, threshold=self.threshold
        )
        sides = (source, back, target)
        return Evidence(
            self.name,
            labelled,
            target.sentence,
            alignment,
            (labelled, back.sentence, target.sentence),
            (first, second),
            {"direct": direct, "composed": composed},
            origins=chain.origins(*sides),
            notes=chain.notes(*sides),
        )
