"""Which step is to blame for one entity; the rules are told in `classify`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xproj_core.domain import Span
from xproj_core.evaluate.errors.evidence import Scene
from xproj_core.evaluate.errors.taxonomy import STEPS, Case, Kind, Step
from xproj_core.evaluate.errors.upstream import (
    Reason,
    against_gold,
    nothing_used,
    unknown_label,
    without_gold,
)

_REASONS = {
    "unaligned": Kind.UNALIGNED,
    "collision": Kind.COLLISION,
    "filtered": Kind.FILTERED,
    "outvoted": Kind.FILTERED,
    "method": Kind.UNALIGNED,
}


def paired(scene: Scene, gold: Span, predicted: Span) -> Case:
    """A gold entity and what the system has in its place."""
    sources = scene.sources(predicted)
    source = scene.stands_for(gold)
    if source is None and scene.gold_source is None and sources:
        source = sources[0]
    if scene.tagged_target:
        kind = Kind.SOURCE_LABEL if gold.same_place(predicted) else Kind.SOURCE_BOUNDARY
        tagged = kind, "The tagger ran on the target itself."
        if scene.lacks(gold.label):
            tagged = unknown_label(scene, gold.label)
        return _case(scene, tagged[0], gold, predicted, None, tagged[1])
    if scene.gold_source is not None:
        reason = against_gold(scene, gold, predicted, source)
    else:
        reason = without_gold(scene, gold, source)
    kind, message = reason or _misplaced(scene, gold, predicted, source)
    return _case(scene, kind, gold, predicted, source, message)


def missed(scene: Scene, gold: Span, predicted: Sequence[Span]) -> Case:
    """A gold entity with nothing in its place."""
    if scene.tagged_target:
        tagged = Kind.SOURCE_MISS, "The tagger on the target did not label it."
        if scene.lacks(gold.label):
            tagged = unknown_label(scene, gold.label)
        return _case(scene, tagged[0], gold, None, None, tagged[1])
    source = scene.stands_for(gold)
    reason: Reason | None = None
    if scene.gold_source is not None:
        reason = against_gold(scene, gold, None, source)
    elif source is None:
        reason = nothing_used(scene, gold)
    else:
        reason = without_gold(scene, gold, source)
    if reason is None:
        assert source is not None
        reason = _lost(scene, gold, source, predicted)
    return _case(scene, reason[0], gold, None, source, reason[1])


def spurious(scene: Scene, predicted: Span, matches: Mapping[Span, Span]) -> Case:
    """An entity of the system's for which no gold entity is left.

    Args:
        matches: the other predicted entities, and the gold ones they are paired with.
    """
    sources = scene.sources(predicted)
    source = sources[0] if sources else None
    kind, message = _spurious(scene, predicted, source, matches)
    step = STEPS.get(kind) or _which(scene, _meant(scene, predicted, source, matches), source)
    return Case(kind, step, None, predicted, source, message)


def _meant(
    scene: Scene, predicted: Span, source: Span | None, matches: Mapping[Span, Span]
) -> Span | None:
    """The gold entity that the source entity of a spurious one stands for."""
    places = [] if source is None else scene.places(source)
    return next((matches[p] for p in places if p != predicted and p in matches), None)


def _case(
    scene: Scene,
    kind: Kind,
    gold: Span,
    predicted: Span | None,
    source: Span | None,
    message: str,
) -> Case:
    oracle = scene.with_gold_source(gold)
    step = STEPS.get(kind) or _which(scene, gold, source)
    return Case(kind, step, gold, predicted, source, message, oracle)


def _which(scene: Scene, gold: Span | None, source: Span | None) -> Step:
    """Right links that were used wrongly are the projector's doing, wrong ones the aligner's."""
    if gold is None or source is None or not scene.record.links:
        return Step.PROJECTION
    if not _rightly_linked(scene, gold, source):
        return Step.ALIGNMENT
    return next(_of_intruders(scene, gold, source), Step.PROJECTION)


def _of_intruders(scene: Scene, gold: Span, source: Span) -> Iterator[Step]:
    """Where other entities went wrong that stand in the place of one that was right till then."""
    for other in scene.gold:
        intruder = scene.stands_for(other)
        if other == gold or intruder is None or intruder == source:
            continue
        places = [p for p in scene.places(intruder) if not p.same_place(other)]
        if not any(p.overlaps(gold) for p in places):
            continue
        if scene.gold_source is not None:
            reason = against_gold(scene, other, None, intruder)
        else:
            reason = without_gold(scene, other, intruder)
        if reason is not None and reason[0] in STEPS:
            yield STEPS[reason[0]]
        elif not _rightly_linked(scene, other, intruder):
            yield Step.ALIGNMENT


def _rightly_linked(scene: Scene, gold: Span, source: Span) -> bool:
    """The links tie the two to each other from end to end, and the gold entity to nothing else.

    A word may be without a link where the other side has no word for it.
    """
    there, back = scene.linked_target(source), scene.linked_source(gold.start, gold.end)
    ends = (min(there), max(there) + 1) if there else None
    if ends != (gold.start, gold.end) or not all(i in source for i in back):
        return False
    return len(back) == len(source) or all(j in there for j in range(gold.start, gold.end))


def _misplaced(scene: Scene, gold: Span, predicted: Span, source: Span | None) -> Reason:
    """The right source entity, if one is known, on not quite the right words."""
    if not predicted.overlaps(gold):
        return Kind.WRONG_PLACE, "None of the words it landed on is the entity's."
    fragments = [] if source is None else [p for p in scene.places(source) if p.overlaps(gold)]
    if len(fragments) > 1:
        return Kind.SPLIT, f"It arrived in {len(fragments)} pieces."
    if _covers_several(scene, predicted):
        return Kind.MERGED, "What arrived covers several gold entities."
    if source is not None and source not in scene.sources(predicted):
        lost = scene.lost(source)
        if lost is not None and lost.reason == "collision":
            return Kind.COLLISION, lost.message
        if predicted.label != gold.label:
            return Kind.TYPE, f"Its words carry the label of another entity, {predicted.label}."
    if gold.same_place(predicted):
        return Kind.TYPE, f"It is labelled {predicted.label}, not {gold.label}."
    lacks = gold.start < predicted.start or predicted.end < gold.end
    exceeds = predicted.start < gold.start or gold.end < predicted.end
    if lacks and exceeds:
        return Kind.SHIFTED, "It lacks words at one end and has others at the other."
    words = len(gold) - len(predicted)
    if lacks:
        return Kind.SHORT, f"It lacks {words} of its {len(gold)} words."
    return (
        Kind.LONG,
        f"It covers {-words} word{'s' if words < -1 else ''} more than the entity has.",
    )


def _covers_several(scene: Scene, predicted: Span) -> bool:
    under = [g for g in scene.gold if g.overlaps(predicted)]
    return any(not a.overlaps(b) for a in under for b in under)


def _lost(scene: Scene, gold: Span, source: Span, predicted: Sequence[Span]) -> Reason:
    """The source entity is right, and nothing of it arrived where it belongs."""
    over = [p for p in predicted if p.overlaps(gold)]
    if any(_covers_several(scene, p) for p in over):
        return Kind.MERGED, "It became part of an entity that covers several gold ones."
    lost = scene.lost(source)
    if lost is not None:
        kind = _REASONS.get(lost.reason)
        if kind is None:
            kind = Kind.FILTERED if scene.linked_target(source) else Kind.UNALIGNED
        return kind, lost.message
    if scene.places(source):
        return Kind.WRONG_PLACE, "Its source entity landed on other words."
    if over:
        return Kind.COLLISION, "Another entity has its words."
    kind = Kind.FILTERED if scene.linked_target(source) else Kind.UNALIGNED
    return kind, "The projector did not place it."


def _spurious(
    scene: Scene, predicted: Span, source: Span | None, matches: Mapping[Span, Span]
) -> Reason:
    if source is None:
        return Kind.SOURCE_SPURIOUS, "No source entity and no gold entity corresponds to it."
    if scene.gold_source is not None and source not in scene.gold_source:
        near = [c for c in scene.gold_source if c.overlaps(source)]
        if not near:
            return Kind.SOURCE_SPURIOUS, "The source's gold labels have no entity there."
        if any(c.same_place(source) for c in near):
            return Kind.SOURCE_LABEL, "The source's gold labels have another label there."
        return Kind.SOURCE_BOUNDARY, "The source's gold entity has other ends."
    for place in scene.places(source):
        if place != predicted and place in matches:
            if scene.gold_source is None:
                reason = without_gold(scene, matches[place], source)
                if reason is not None:
                    return reason
            if predicted.overlaps(matches[place]):
                return Kind.SPLIT, "It is one piece of an entity that arrived in several."
            return Kind.DUPLICATE, "Its source entity stands for another place already."
    if scene.gold_source is not None:
        if source in set(scene.counterparts.values()):
            return Kind.WRONG_PLACE, "Its source entity belongs elsewhere."
        return Kind.GUIDELINE, "No gold entity of the target corresponds to its source entity."
    if any(scene.stands_for(g) == source for g in scene.gold if g not in matches.values()):
        return Kind.WRONG_PLACE, "Its source entity belongs elsewhere (a guess)."
    inside = set(range(source.start, source.end))
    tied = [g for g in scene.gold if scene.linked_source(g.start, g.end) & inside]
    if any(g.overlaps(predicted) for g in tied):
        return Kind.SOURCE_BOUNDARY, "The tagger made several entities of one (a guess)."
    if tied or any(g.overlaps(predicted) for g in scene.gold):
        return Kind.WRONG_PLACE, "Its source entity seems to belong elsewhere (a guess)."
    message = "Nothing in the gold standard corresponds to its source entity (a guess)."
    return Kind.SOURCE_SPURIOUS, message
