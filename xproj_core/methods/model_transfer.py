"""Model transfer: a tagger that knows the target language, straight on the target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xproj_core.domain import Evidence, Span, languages
from xproj_core.domain.errors import EngineError, LanguageError, XProjError
from xproj_core.domain.outcomes import lift
from xproj_core.methods import chain
from xproj_core.methods.base import Task
from xproj_core.methods.steps import Steps
from xproj_core.models.protocols import Tagger, Translation


@dataclass(frozen=True)
class ModelTransfer:
    """Neither translation nor alignment; needs a tagger for the target's language."""

    name = "model_transfer"
    places_labels = True

    def gather(self, tasks: Sequence[Task], steps: Steps) -> list[Evidence | XProjError]:
        """The target's entities as the engine's target tagger sees them."""
        tagger = _tagger_for(tasks[0].target, steps)
        if isinstance(tagger, XProjError):
            return [tagger for _ in tasks]
        targets = chain.targets(tasks, steps, chain.sources(tasks, steps))
        spans = steps.tag_with(tagger, chain.sentences_of(targets))
        return lift(self._evidence, targets, spans)

    def _evidence(self, target: Translation, spans: tuple[Span, ...]) -> Evidence:
        sentence = target.sentence
        return Evidence(
            self.name,
            sentence.labelled(spans),
            sentence,
            None,
            (sentence,),
            (),
            placed=tuple((span, None) for span in spans),
            origins=(target.origin,),
            notes=target.notes,
        )


def _tagger_for(language: str, steps: Steps) -> Tagger | XProjError:
    tagger = steps.engine.target_tagger
    if tagger is None:
        return EngineError(
            f"The engine {steps.engine.name} has no tagger for the target. Choose one that has,"
            " such as a multilingual token classifier."
        )
    if tagger.languages is not None and language not in tagger.languages:
        known = ", ".join(sorted(languages.name(code) for code in tagger.languages))
        return LanguageError(
            f"The tagger {tagger.name} does not know {languages.name(language)}; it knows {known}."
        )
    return tagger
