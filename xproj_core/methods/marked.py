"""The labelled source translated with its markers: what both marker methods start from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xproj_core.domain import Sentence, Span
from xproj_core.domain.errors import EngineError, XProjError
from xproj_core.domain.outcomes import lift, where_good
from xproj_core.methods.marking import assign, mark, outermost, unmark
from xproj_core.methods.steps import Steps
from xproj_core.models.protocols import Translation
from xproj_core.text.detokenise import detokenise


@dataclass(frozen=True, slots=True)
class Marked:
    """A translation that carries labels because markers survived in it.

    Attributes:
        sentence: the translation without markers, labelled.
        sources: for each span of `sentence`, the source entity it stands for.
        n_marked: how many entities were marked.
        n_found: how many bracketed stretches came back.
    """

    sentence: Sentence
    sources: tuple[Span, ...]
    n_marked: int
    n_found: int
    origin: str
    notes: tuple[str, ...]


def marked_translations(
    sources: Sequence[Sentence | XProjError], steps: Steps, language: str
) -> list[Marked | XProjError]:
    """Each labelled sentence translated with markers, and its entities each alone."""

    def compute(good: list[Sentence]) -> list[Marked | XProjError]:
        translations = steps.translate([mark(s) for s in good], language)
        alone = _entities_alone(good, steps, language)
        return lift(_read, good, translations, alone)

    return where_good(sources, compute)


def _entities_alone(
    sentences: Sequence[Sentence], steps: Steps, language: str
) -> list[tuple[tuple[Span, str, str], ...]]:
    """For each sentence its entities: span, text translated by itself (or ""), text."""
    jobs = [(k, span) for k, s in enumerate(sentences) for span in outermost(s.spans)]
    texts = [detokenise(sentences[k].words(span), sentences[k].language) for k, span in jobs]
    translations = steps.translate(
        [
            Sentence(sentences[k].words(span), sentences[k].language, text=text)
            for (k, span), text in zip(jobs, texts, strict=True)
        ],
        language,
    )
    entities: list[list[tuple[Span, str, str]]] = [[] for _ in sentences]
    for (k, span), text, translation in zip(jobs, texts, translations, strict=True):
        alone = (
            detokenise(translation.sentence.tokens, language)
            if isinstance(translation, Translation)
            else ""
        )
        entities[k].append((span, alone, text))
    return [tuple(e) for e in entities]


def _read(
    source: Sentence, translation: Translation, entities: tuple[tuple[Span, str, str], ...]
) -> Marked:
    words, stretches = unmark(translation.sentence.tokens)
    if not words:
        raise EngineError("The translation with markers came back empty.")
    language = translation.sentence.language
    texts = [detokenise(words[start:end], language) for start, end in stretches]
    chosen = assign(texts, entities) if entities else []
    placed = sorted(
        (Span(start, end, entity.label), entity)
        for (start, end), entity in zip(stretches, chosen, strict=True)
        if entity is not None
    )
    lost = {e[0] for e in entities} - {entity for _, entity in placed}
    notes = tuple(
        f"The markers of “{' '.join(source.words(e))}” {e.label} did not survive translation."
        for e in sorted(lost)
    )
    return Marked(
        Sentence(words, language, text=detokenise(words, language)).labelled(
            span for span, _ in placed
        ),
        tuple(entity for _, entity in placed),
        len(entities),
        len(stretches),
        translation.origin,
        translation.notes + notes,
    )
