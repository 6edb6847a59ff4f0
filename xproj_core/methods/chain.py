"""The sentences that methods share: given, translated, or typed over.

All functions take tasks of one mode and one set of languages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from xproj_core.domain import Alignment, Evidence, Sentence, Span
from xproj_core.domain.errors import LanguageError, XProjError
from xproj_core.domain.outcomes import lift
from xproj_core.methods.base import Mode, Task
from xproj_core.methods.steps import Steps
from xproj_core.models.protocols import Engine, Translation

Side = Translation | XProjError
Sides = list[Side]
Sentences = Sequence[Sentence | XProjError]
_NOT_NEEDED = XProjError("not needed")


def typed_or_translated(
    tasks: Sequence[Task], steps: Steps, slot: str, sentences: Sentences, language: str
) -> Sides:
    """Each sentence in `language`, or what a person typed into `slot`."""
    inputs = [_NOT_NEEDED if slot in t.edits else s for t, s in zip(tasks, sentences, strict=True)]
    translations = steps.translate(inputs, language)
    return [
        Translation(t.edits[slot].sentence, "typed") if slot in t.edits else side
        for t, side in zip(tasks, translations, strict=True)
    ]


def labelled(
    tasks: Sequence[Task], steps: Steps, slot: str, sides: Sequence[Side]
) -> list[Sentence | XProjError]:
    """Each side with its entities: a person's, those that came with it, or the tagger's."""
    known = [_known_labels(t, slot, s) for t, s in zip(tasks, sides, strict=True)]
    untagged = [
        _NOT_NEEDED if k is not None else s for k, s in zip(known, sentences_of(sides), strict=True)
    ]
    spans = [f if k is None else k for k, f in zip(known, steps.tag(untagged), strict=True)]
    return lift(lambda side, entities: side.sentence.labelled(entities), sides, spans)


def _known_labels(task: Task, slot: str, side: Side) -> tuple[Span, ...] | None:
    """Labels that nobody has to find."""
    if slot in task.edits:
        return task.edits[slot].spans
    if slot == "source" and task.mode is Mode.TRANSLATE:
        return task.labels
    if isinstance(side, Translation) and side.origin == "memory" and side.sentence.spans:
        return side.sentence.spans
    return None


def with_tagset(evidence: Evidence, task: Task, engine: Engine) -> Evidence:
    """The evidence with the labels that the engine's tagger can give, where it was asked."""
    on_target = len(evidence.chain) == 1
    tagger = engine.target_tagger if on_target else engine.tagger
    typed = [task.edits[slot] for slot in ("source", "pivot-source") if slot in task.edits]
    by_people = task.labels is not None or any(edit.spans is not None for edit in typed)
    if tagger is None or (by_people and not on_target):
        return evidence
    return replace(evidence, tagset=tuple(tagger.labels))


def sources(tasks: Sequence[Task], steps: Steps) -> Sides:
    """The side that carries labels: given, typed over, or the target translated."""
    if tasks[0].mode is Mode.LABEL:
        sentences = [t.sentence for t in tasks]
        return typed_or_translated(tasks, steps, "source", sentences, tasks[0].source)
    return [
        Translation(t.edits["source"].sentence, "typed")
        if "source" in t.edits
        else Translation(t.sentence, "given")
        for t in tasks
    ]


def targets(tasks: Sequence[Task], steps: Steps, source_sides: Sequence[Side]) -> Sides:
    """The side that receives labels: given, typed over, or the source translated.

    All methods share it, so that their labels can be compared on one token grid.
    """
    if tasks[0].mode is Mode.LABEL:
        return [Translation(t.sentence, "given") for t in tasks]
    return typed_or_translated(tasks, steps, "target", sentences_of(source_sides), tasks[0].target)


def pivots(tasks: Sequence[Task], steps: Steps, source_sides: Sequence[Side]) -> Sides:
    """What is given, in the pivot language."""
    task = tasks[0]
    if task.pivot is None or task.pivot in (task.source, task.target):
        problem = LanguageError("Choose a pivot: a third language between source and target.")
        return [problem for _ in tasks]
    if task.mode is Mode.LABEL:
        sentences: Sentences = [t.sentence for t in tasks]
    else:
        sentences = sentences_of(source_sides)
    return typed_or_translated(tasks, steps, "pivot", sentences, task.pivot)


def sentences_of(sides: Sequence[Side]) -> list[Sentence | XProjError]:
    """The sentences alone."""
    return lift(lambda side: side.sentence, sides)


def turned(alignments: Sequence[Alignment | XProjError]) -> list[Alignment | XProjError]:
    """Each alignment seen from the other side."""
    return lift(lambda a: a.transposed(), alignments)


def source_target_alignments(
    tasks: Sequence[Task], steps: Steps, source_sides: Sequence[Side], target_sides: Sequence[Side]
) -> list[Alignment | XProjError]:
    """Source x target where one is the other's translation."""
    if tasks[0].mode is Mode.LABEL:
        return turned(steps.align_translated(sentences_of(target_sides), source_sides))
    return steps.align_translated(sentences_of(source_sides), target_sides)


def origins(*sides: Side) -> tuple[str, ...]:
    """Who made each sentence of a chain."""
    return tuple(s.origin if isinstance(s, Translation) else "" for s in sides)


def notes(*sides: Side) -> tuple[str, ...]:
    """What the translators had to say, each thing once."""
    remarks = (n for s in sides if isinstance(s, Translation) for n in s.notes)
    return tuple(dict.fromkeys(remarks))
