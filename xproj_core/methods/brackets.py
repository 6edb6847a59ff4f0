"""Markers around entities that survive translation, after EasyProject.

Chen, Jiang, Ritter and Xu (Findings of ACL 2023, "Frustratingly Easy Label Projection for
Cross-lingual Transfer"): wrap each entity in square brackets, translate, read the brackets.
The published codes know flat labels; here brackets nest as labels do. Of two entities that cross
one cannot be marked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from xproj_core.domain import Sentence, Span
from xproj_core.domain.errors import EngineError, XProjError
from xproj_core.domain.outcomes import lift, where_good
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


Alone = tuple[Span, str, str]
"""An entity, its text translated by itself ("" if that failed), its text as it was."""
Reader = Callable[[Sentence, Translation, Sequence[Alone]], Marked]
"""From the source, its translation with markers and its entities to what the markers say."""


def marked_translations(
    sources: Sequence[Sentence | XProjError],
    steps: Steps,
    language: str,
    reader: Reader | None = None,
) -> list[Marked | XProjError]:
    """Each labelled sentence translated with markers, and its entities each alone.

    Args:
        reader: how a published code reads brackets, which it sets around the outermost entities
            only; `read_brackets` where None.
    """
    choose = nesting if reader is None else outermost

    def compute(good: list[Sentence]) -> list[Marked | XProjError]:
        entities = [choose(s.spans) for s in good]
        translations = steps.translate(list(map(mark, good, entities)), language)
        alone = _entities_alone(good, entities, steps, language)
        return lift(reader or read_brackets, good, translations, alone)

    return where_good(sources, compute)


def _entities_alone(
    sentences: Sequence[Sentence],
    marked: Sequence[Sequence[Span]],
    steps: Steps,
    language: str,
) -> list[tuple[Alone, ...]]:
    """For each sentence its marked entities."""
    jobs = [(k, span) for k, own in enumerate(marked) for span in own]
    texts = [detokenise(sentences[k].words(span), sentences[k].language) for k, span in jobs]
    translations = steps.translate(
        [
            Sentence(sentences[k].words(span), sentences[k].language, text=text)
            for (k, span), text in zip(jobs, texts, strict=True)
        ],
        language,
    )
    entities: list[list[Alone]] = [[] for _ in sentences]
    for (k, span), text, translation in zip(jobs, texts, translations, strict=True):
        alone = (
            detokenise(translation.sentence.tokens, language)
            if isinstance(translation, Translation)
            else ""
        )
        entities[k].append((span, alone, text))
    return [tuple(e) for e in entities]


def read_brackets(source: Sentence, translation: Translation, entities: Sequence[Alone]) -> Marked:
    """The labels that `assign` gives, without the brackets.

    Raises:
        EngineError: the translation is empty.
    """
    words, stretches = unmark(translation.sentence.tokens)
    if not words:
        raise EngineError("The translation with markers came back empty.")
    if len({(e[0].start, e[0].end) for e in entities}) == len(entities):
        stretches = tuple(dict.fromkeys(stretches))  # double brackets around one entity are one
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


OPEN, CLOSE = "[", "]"
SIMILAR = 0.5
"""Least SequenceMatcher ratio at which two strings count as the same entity."""
_VARIANTS = {
    "[[": (OPEN, OPEN),
    "《": (OPEN,),
    "【": (OPEN,),
    "［": (OPEN,),
    "]]": (CLOSE, CLOSE),
    "》": (CLOSE,),
    "】": (CLOSE,),
    "］": (CLOSE,),
}


def outermost(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Without the spans inside or across others, for codes that know flat labels."""
    outer_spans: list[Span] = []
    for span in sorted(spans, key=_outer_first):
        if not outer_spans or span.start >= outer_spans[-1].end:
            outer_spans.append(span)
    return tuple(outer_spans)


def nesting(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Without the spans across others: brackets nest, but do not cross."""
    nested: list[Span] = []
    for span in sorted(spans, key=_outer_first):
        if all(span.start >= s.end or span.end <= s.end for s in nested):
            nested.append(span)
    return tuple(nested)


def _outer_first(span: Span) -> tuple[int, int, Span]:
    return span.start, -span.end, span


def mark(sentence: Sentence, entities: Sequence[Span]) -> Sentence:
    """The sentence with a bracket token before and after each of some entities."""
    starts, ends = Counter(s.start for s in entities), Counter(s.end for s in entities)
    tokens: list[str] = []
    for i, token in enumerate((*sentence.tokens, "")):
        tokens += [CLOSE] * ends[i] + [OPEN] * starts[i] + ([token] if token else [])
    return Sentence(tuple(tokens), sentence.language, text=detokenise(tokens, sentence.language))


def unmark(tokens: Sequence[str]) -> tuple[tuple[str, ...], tuple[tuple[int, int], ...]]:
    """Tokens without brackets, and the [start, end) of each bracketed stretch, outer ones first.

    A bracket without its partner is dropped.
    """
    words: list[str] = []
    stretches: list[tuple[int, int]] = []
    opened: list[int] = []
    for token in (part for t in tokens for part in _VARIANTS.get(t, (t,))):
        if token == OPEN:
            opened.append(len(words))
        elif token == CLOSE:
            if opened and opened[-1] < len(words):
                stretches.append((opened[-1], len(words)))
            del opened[-1:]
        else:
            words.append(token)
    return tuple(words), tuple(sorted(stretches, key=lambda s: (s[0], -s[1])))


def assign(bracketed: Sequence[str], entities: Sequence[Alone]) -> list[Span | None]:
    """The entity that each bracketed string stands for, None where none fits.

    EasyProject's rules in order: all of one label and all there, then by place; an exact
    match with the entity translated alone, or untranslated; the most similar over `SIMILAR`
    (the published codes take the first or the last, see `published_markers`); the one that is left.

    Args:
        bracketed: bracketed strings of the translation.
    """
    if len(bracketed) == len(entities) and len({e[0].label for e in entities}) == 1:
        return [e[0] for e in entities]
    left = list(range(len(entities)))
    chosen: list[int | None] = [None] * len(bracketed)
    ranked = sorted(
        (
            (_similarity(text, entities[e]), -k, -e)
            for k, text in enumerate(bracketed)
            for e in left
        ),
        reverse=True,
    )
    for similarity, minus_k, minus_e in ranked:
        k, e = -minus_k, -minus_e
        if similarity > SIMILAR and chosen[k] is None and e in left:
            chosen[k] = e
            left.remove(e)
    open_places = [k for k, e in enumerate(chosen) if e is None]
    if len(open_places) == len(left) == 1:
        chosen[open_places[0]] = left[0]
    return [None if e is None else entities[e][0] for e in chosen]


def _similarity(text: str, entity: Alone) -> float:
    """Of two strings, lower-cased, the better of translated and untranslated."""
    return max(
        SequenceMatcher(None, text.lower(), known.lower()).ratio() for known in entity[1:] if known
    )
