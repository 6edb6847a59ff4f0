"""An engine whose translator, aligner or tagger makes mistakes.

The engine's own work is done through a memory (that of the clean runs, if it is given), so that
only what the noise touches is computed again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from xproj_core.domain import Alignment, Sentence, Span
from xproj_core.domain.errors import XProjError
from xproj_core.domain.outcomes import first_error, lift
from xproj_core.methods import Memo, Steps
from xproj_core.models.protocols import Engine, Tagger, Translation
from xproj_core.noise import Change, Noise, written
from xproj_core.noise.alignment import AlignmentNoise
from xproj_core.noise.edits import Edited
from xproj_core.noise.labels import LABELS, LabelNoise
from xproj_core.noise.translation import Made, TranslationNoise, followed

T = TypeVar("T")
Record = Callable[[Change], object]


def noisy(
    engine: Engine,
    noises: Sequence[Noise],
    *,
    memo: Memo | None = None,
    order: Sequence[str] = (),
    record: Record | None = None,
) -> Engine:
    """The engine with noises of translation, alignment and labels in it; others are left out.

    Args:
        memo: remembers what the engine itself makes; share it with the clean run.
        order: languages from the source to the target: which side of a link is shifted.
        record: is told each thing that is done, when it is done.
    """
    some = _Noises(
        Steps(engine, memo or Memo(), own_links="both"),
        tuple(n for n in noises if isinstance(n, TranslationNoise) and n.rate),
        tuple(n for n in noises if isinstance(n, AlignmentNoise) and n.rate),
        tuple(n for n in noises if isinstance(n, LabelNoise) and n.rate),
        tuple(order),
        record or (lambda change: None),
    )
    used = (*some.translation, *some.alignment, *some.labels)
    if not used:
        return engine
    return replace(
        engine,
        name=f"{engine.name}~{written(used)}",
        translator=NoisyTranslator(some)
        if some.translation or some.alignment
        else engine.translator,
        aligner=NoisyAligner(some) if some.alignment else engine.aligner,
        tagger=NoisyTagger(some, engine.tagger) if some.labels and engine.tagger else engine.tagger,
    )


@dataclass(frozen=True)
class _Noises:
    """The clean engine's steps, and what is done to their results."""

    steps: Steps
    translation: tuple[TranslationNoise, ...]
    alignment: tuple[AlignmentNoise, ...]
    labels: tuple[LabelNoise, ...]
    order: tuple[str, ...]
    record: Record

    def links(self, first: Sentence, second: Sentence, alignment: Alignment) -> Alignment:
        """Noise on an alignment, whichever of its sentences is nearer the source."""
        turned = self._rank(first) > self._rank(second)
        pair = (second, first) if turned else (first, second)
        noisy_alignment = alignment.transposed() if turned else alignment
        for noise in self.alignment:
            noisy_alignment, changes = noise.apply(*pair, noisy_alignment)
            for change in changes:
                self.record(change)
        return noisy_alignment.transposed() if turned else noisy_alignment

    def _rank(self, sentence: Sentence) -> int:
        known = sentence.language in self.order
        return self.order.index(sentence.language) if known else len(self.order)


class NoisyTranslator:
    """A translator whose translations are changed, and with them the alignments it gives."""

    def __init__(self, noises: _Noises) -> None:
        self._noises = noises
        self._inner = noises.steps.engine.translator
        used = (*noises.translation, *noises.alignment)
        self.name = f"{self._inner.name}~{written(used)}"

    def supports(self, source: str, target: str) -> bool:
        """What the translator itself supports."""
        return self._inner.supports(source, target)

    def translate(self, sentences: Sequence[Sentence], target: str) -> list[Translation]:
        """Every sentence, or the first error."""
        return _all_good(self.translate_each(sentences, target))

    def translate_each(
        self, sentences: Sequence[Sentence], target: str
    ) -> list[Translation | XProjError]:
        """Each sentence's translation with its mistakes, or why there is none."""
        steps = self._noises.steps
        clean = steps.translate(list(sentences), target)
        renderings = lift(
            lambda sentence, t: Made(sentence, t.sentence, t.alignment), sentences, clean
        )
        if any(n.needs_alignment for n in self._noises.translation):
            aligned = steps.align_translated(list(sentences), clean)
            renderings = lift(lambda m, a: replace(m, alignment=a), renderings, aligned)
        if any(n.needs_entities for n in self._noises.translation):
            renderings = lift(
                lambda m, e: replace(m, entities=e), renderings, self._entities(renderings)
            )
        return lift(self._changed, clean, renderings)

    def _entities(
        self, renderings: Sequence[Made | XProjError]
    ) -> list[tuple[Span, ...] | XProjError]:
        """The names in each translation: the tagger's in it, or in what was translated."""
        tagger = self._noises.steps.engine.tagger
        good = [m for m in renderings if isinstance(m, Made)]
        if tagger is None or not good:
            return [m if isinstance(m, XProjError) else () for m in renderings]
        if _knows(tagger, good[0].sentence.language):
            sentences = lift(lambda m: m.sentence.labelled(()), renderings)
            return self._noises.steps.tag_with(tagger, sentences)
        if _knows(tagger, good[0].original.language):
            sentences = lift(lambda m: m.given.labelled(()), renderings)
            return lift(_carried, renderings, self._noises.steps.tag_with(tagger, sentences))
        return [m if isinstance(m, XProjError) else () for m in renderings]

    def _changed(self, translation: Translation, rendering: Made) -> Translation:
        for noise in self._noises.translation:
            edit, changes = noise.apply(rendering)
            if not changes:
                continue
            for change in changes:
                self._noises.record(change)
            translation = followed(translation, edit)
            rendering = _after(rendering, edit)
        if translation.alignment is None or not self._noises.alignment:
            return translation
        links = self._noises.links(rendering.original, translation.sentence, translation.alignment)
        return replace(translation, alignment=links)


def _after(rendering: Made, edit: Edited) -> Made:
    alignment = None if rendering.alignment is None else edit.columns(rendering.alignment)
    return replace(
        rendering,
        sentence=edit.sentence,
        alignment=alignment,
        entities=edit.spans(rendering.entities),
    )


def _carried(rendering: Made, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Entities of what was translated, on the words that render them, first to last."""
    entities = []
    for span in spans:
        words = [
            k for k in range(len(rendering.sentence)) if any(i in span for i in rendering.inputs(k))
        ]
        if words:
            entities.append(Span(words[0], words[-1] + 1, span.label))
    return tuple(sorted(entities))


def _knows(tagger: Tagger, language: str) -> bool:
    return tagger.languages is None or language in tagger.languages


class NoisyAligner:
    """An aligner whose links are changed."""

    def __init__(self, noises: _Noises) -> None:
        self._noises = noises
        self.name = f"{noises.steps.engine.aligner.name}~{written(noises.alignment)}"

    def align(self, pairs: Sequence[tuple[Sentence, Sentence]]) -> list[Alignment]:
        """One alignment per pair, with its mistakes."""
        firsts, seconds = [a for a, _ in pairs], [b for _, b in pairs]
        clean = self._noises.steps.align(firsts, seconds)
        return _all_good(lift(self._noises.links, firsts, seconds, clean))


class NoisyTagger:
    """A tagger whose entities are changed."""

    def __init__(self, noises: _Noises, tagger: Tagger) -> None:
        self._noises, self._inner = noises, tagger
        self.name = f"{tagger.name}~{written(noises.labels)}"
        self.labels = tagger.labels
        self.languages = tagger.languages

    def tag(self, sentences: Sequence[Sentence]) -> list[tuple[Span, ...]]:
        """The entities of each sentence, with their mistakes."""
        clean = self._noises.steps.tag_with(self._inner, list(sentences))
        return _all_good(lift(self._changed, sentences, clean))

    def _changed(self, sentence: Sentence, spans: tuple[Span, ...]) -> tuple[Span, ...]:
        for noise in self._noises.labels:
            spans, changes = noise.apply(sentence, spans, self.labels or LABELS)
            for change in changes:
                self._noises.record(change)
        return spans


def _all_good(results: Sequence[T | XProjError]) -> list[T]:
    error = first_error(*results)
    if error is not None:
        raise error
    return [r for r in results if not isinstance(r, XProjError)]
