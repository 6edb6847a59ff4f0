"""What went wrong before anything was projected, or among the annotators."""

from __future__ import annotations

from xproj_core.domain import Span
from xproj_core.evaluate.errors.evidence import Scene
from xproj_core.evaluate.errors.spelling import SIMILAR, likeness
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
        if scene.lacks(right.label):
            return unknown_label(scene, right.label)
        return Kind.SOURCE_MISS, "The source's gold entity was not labelled."
    if source != right:
        if scene.lacks(right.label):
            return unknown_label(scene, right.label)
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


def without_gold(scene: Scene, gold: Span, source: Span | None) -> Reason | None:
    """The source has none: do the links say that the tagger's entity differs from this one?"""
    if source is None:
        return None
    if source.label != gold.label and _tied(scene, gold, source):
        if scene.lacks(gold.label):
            return unknown_label(scene, gold.label)
        return Kind.SOURCE_LABEL, (
            f"The source entity is labelled {source.label}, the gold one {gold.label}: the tagger's"
            " mistake, or a difference of guidelines (a guess)."
        )
    if _other_ends(scene, gold, source):
        return Kind.SOURCE_BOUNDARY, (
            "The links lead from exactly its words to other source words than those that the"
            " tagger labelled (a guess)."
        )
    return None


def unknown_label(scene: Scene, label: str) -> Reason:
    """The tagger has no such label."""
    known = ", ".join(scene.record.tagset or ()) or "none"
    return Kind.UNKNOWN_LABEL, f"The tagger has no label {label}; its labels: {known}."


def _tied(scene: Scene, gold: Span, source: Span) -> bool:
    words = scene.linked_source(gold.start, gold.end)
    alike = scene.likeness(gold, scene.source.words(source))
    return any(i in source for i in words) or alike >= SIMILAR


def _other_ends(scene: Scene, gold: Span, source: Span) -> bool:
    """The links tie exactly the gold entity to other words than those that were labelled.

    Where a link is missing or leads astray, the words to which the gold entity is linked do not
    lead back to exactly the gold entity; then the tagger cannot be judged.
    """
    linked = scene.linked_source(gold.start, gold.end)
    near = [i for i in linked if source.start - _NEAR <= i < source.end + _NEAR]
    if not near:
        return False
    right = Span(min(near), max(near) + 1, gold.label)
    there = scene.linked_target(right)
    if (min(there), max(there) + 1) != (gold.start, gold.end):
        return False
    excess = [i for i in range(source.start, source.end) if i not in right]
    lacking = [i for i in range(right.start, right.end) if i not in source]
    return bool(lacking) or any(scene.linked_target(Span(i, i + 1, gold.label)) for i in excess)


def nothing_used(scene: Scene, gold: Span) -> Reason:
    """No labelled entity of the source has anything to do with it; the source has no gold."""
    words = scene.linked_source(gold.start, gold.end)
    if words:
        if scene.by_machine and _ordinary(scene, gold, words):
            return Kind.MT_CHANGED, "It is linked to ordinary words of the translation (a guess)."
        if scene.lacks(gold.label):
            return unknown_label(scene, gold.label)
        return Kind.SOURCE_MISS, "The source words linked to it were not labelled."
    if scene.spelt_in_source(gold) is not None:
        if scene.lacks(gold.label):
            return unknown_label(scene, gold.label)
        return Kind.SOURCE_MISS, "Source words spelt like it were not labelled (a guess)."
    if scene.by_machine:
        if written := scene.written(gold):
            name = " ".join(written)
            return Kind.MT_DROPPED, f"The translation has nothing linked to it and no “{name}”."
        message = "The translation has nothing linked to it or spelt so (a guess)."
        return Kind.MT_DROPPED, message
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
