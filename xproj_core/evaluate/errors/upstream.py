"""What went wrong before anything was projected, or among the annotators."""

from __future__ import annotations

from xproj_core.domain import Span
from xproj_core.evaluate.errors.evidence import SIMILAR, Scene, likeness
from xproj_core.evaluate.errors.taxonomy import Kind

Reason = tuple[Kind, str]
_NEAR = 3  # source words that a tagger's wrong end may be away


def against_gold(
    scene: Scene, gold: Span, predicted: Span | None, source: Span | None
) -> Reason | None:
    """The source has gold labels: is the entity that was used the gold one?"""
    right = scene.counterparts.get(gold)
    if right is None:
        return Kind.GUIDELINE, "No gold entity of the source corresponds to it."
    if source is None:
        return Kind.SOURCE_MISS, "The source's gold entity was not labelled."
    if source != right:
        if source.same_place(right):
            return Kind.SOURCE_LABEL, f"It is {right.label}, and was labelled {source.label}."
        return Kind.SOURCE_BOUNDARY, "The source's gold entity has other ends."
    if (
        predicted is not None
        and gold.same_place(predicted)
        and predicted.label == right.label
        and source in scene.sources(predicted)
    ):
        return Kind.GUIDELINE, f"Its gold label is {right.label} in the source, {gold.label} here."
    return None


def without_gold(scene: Scene, gold: Span, predicted: Span, source: Span | None) -> Reason | None:
    """The source has none: do the links say that the tagger's entity differs from this one?"""
    if source is None or source not in scene.sources(predicted):
        return None
    if not predicted.overlaps(gold):
        return None
    if source.label != gold.label and _tied(scene, gold, source):
        return Kind.SOURCE_LABEL, (
            f"The source entity is labelled {source.label}, the gold one {gold.label}: the tagger's"
            " mistake, or a difference of guidelines (a guess)."
        )
    if _other_ends(scene, gold, predicted, source):
        return Kind.SOURCE_BOUNDARY, (
            "The words in question are linked to source words on which the tagger put the end"
            " (a guess)."
        )
    return None


def _tied(scene: Scene, gold: Span, source: Span) -> bool:
    words = scene.linked_source(gold.start, gold.end)
    return any(i in source for i in words) or (
        likeness(scene.record.target.words(gold), scene.source.words(source)) >= SIMILAR
    )


def _other_ends(scene: Scene, gold: Span, predicted: Span, source: Span) -> bool:
    """All words by which the two differ hang on source words by which the taggings differ."""
    ours = set(range(source.start, source.end))
    linked_words = scene.linked_source(gold.start, gold.end)
    lacking = [j for j in range(gold.start, gold.end) if j not in predicted]
    excess = [j for j in range(predicted.start, predicted.end) if j not in gold]
    near = set(range(source.start - _NEAR, source.end + _NEAR)) - ours
    short = all(scene.linked_source(j, j + 1) & near for j in lacking)
    long = all(scene.linked_source(j, j + 1) & (ours - linked_words) for j in excess)
    return short and long and bool(lacking or excess)


def nothing_used(scene: Scene, gold: Span) -> Reason:
    """No labelled entity of the source has anything to do with it; the source has no gold."""
    words = scene.linked_source(gold.start, gold.end)
    if words:
        if scene.by_machine and _ordinary(scene, gold, words):
            return Kind.MT_CHANGED, "It is linked to ordinary words of the translation (a guess)."
        return Kind.SOURCE_MISS, "The source words linked to it were not labelled."
    if scene.spelt_in_source(gold) is not None:
        return Kind.SOURCE_MISS, "Source words spelt like it were not labelled (a guess)."
    if scene.by_machine:
        return (
            Kind.MT_DROPPED,
            "The translation has nothing linked to it or spelt so (a guess).",
        )
    return Kind.UNALIGNED, "The source has nothing linked to it or spelt like it (a guess)."


def _ordinary(scene: Scene, gold: Span, words: set[int]) -> bool:
    """A name, in capitals, whose translation has none; in scripts that have capitals."""
    name = scene.record.target.words(gold)
    source_words = [scene.source.tokens[i] for i in sorted(words)]
    return (
        any(t != t.lower() for t in name)
        and any(t != t.upper() for t in source_words)
        and all(t == t.lower() for t in source_words)
        and likeness(name, source_words) < SIMILAR
    )
