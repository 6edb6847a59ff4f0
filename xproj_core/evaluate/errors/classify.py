"""Why each wrong or missing entity is wrong or missing: exactly one class for each.

Every gold entity and every predicted entity is in exactly one case, so that the counts add up:
correct cases are the true positives of strict scoring, the others with a gold entity its false
negatives, the others with a predicted entity its false positives.

Gold and predicted entities are paired one to one: equal ones, then those that overlap most, then
a missed and a spurious one that come from the same source entity ("wrong place"). The class is
that of the first step that failed, in the order translation, tagging, alignment, projection; what
the annotators disagree about comes last.

How the first failing step is found
- The source has gold labels (`Item.gold_of("source")` on the tokens that were used). The source's
  gold entity that corresponds to the target's is known where the one projects to the other
  exactly, and otherwise found by links, spelling, or elimination. The tagger is at fault where its
  entity differs from that one; `Case.with_gold_source` says whether a right one would have helped.
- It has none. The source words that are linked to the gold entity stand for it. If the tagger left
  them unlabelled, it missed the entity. Without links, words that are spelt alike do; without
  those, a machine translation is taken to have dropped the entity, while a human translation is
  taken to hold it somewhere unlinked. These are guesses, and their messages say so. Whether a
  spurious entity is the tagger's invention or one that the annotators did not count cannot be told
  apart; it is put down to the tagger.
- Ends are the tagger's fault where the links lead from exactly the gold entity to other words than
  those it labelled, and the missing or additional target words hang on the difference.
- Where the entity itself was right up to the projector, and another one that went wrong before that
  stands in its place, the step at which the other went wrong counts.

Split and merged come before too short and too long, being told by the number of pieces. The label
is the projector's fault only where the words carry that of another entity: projection copies
labels.
"""

from __future__ import annotations

from collections.abc import Collection

from xproj_core.domain import Span
from xproj_core.domain.item import Item
from xproj_core.domain.record import Record
from xproj_core.evaluate.errors.attribution import missed, paired, spurious
from xproj_core.evaluate.errors.evidence import Scene, comparable
from xproj_core.evaluate.errors.pairing import matched
from xproj_core.evaluate.errors.taxonomy import Case, Kind, Step

__all__ = ["Case", "Kind", "Step", "classify"]


def classify(item: Item, record: Record, ignore: Collection[str] = ()) -> list[Case]:
    """All cases of one sentence; none where the item has no gold labels for this text.

    Entities whose label is in `ignore` are left out on both sides.
    """
    comparison = comparable(item, record)
    if comparison is None:
        return []
    gold = tuple(g for g in comparison[0] if g.label not in ignore)
    inexact = comparison[1]
    if record.problem is not None:
        return [Case(Kind.FAILED, Step.RUN, g, None, None, record.problem) for g in gold]
    predicted = tuple(p for p in record.predicted if p.label not in ignore)
    if not inexact and gold == predicted:  # most sentences
        return [_correct(g, record) for g in gold]
    return _cases(Scene(item, record, gold), inexact, predicted)


def _cases(scene: Scene, inexact: frozenset[Span], predicted: tuple[Span, ...]) -> list[Case]:
    both, alone, extra = matched(scene.gold, predicted)
    for gold in list(alone):
        source = scene.stands_for(gold)
        for p in extra:
            if source is not None and source in scene.sources(p):
                both.append((gold, p))
                alone.remove(gold)
                extra.remove(p)
                break
    cases = []
    for gold, p in both:
        if gold in inexact:
            cases.append(_tokenisation(gold, p))
        elif gold == p:
            cases.append(_correct(gold, scene.record))
        else:
            cases.append(paired(scene, gold, p))
    matches = {p: gold for gold, p in both}
    cases += [
        _tokenisation(g, None) if g in inexact else missed(scene, g, predicted) for g in alone
    ]
    cases += [spurious(scene, p, matches) for p in extra]
    return sorted(cases, key=_place)


def _place(case: Case) -> tuple[int, int, bool]:
    span = case.gold or case.predicted
    assert span is not None
    return span.start, span.end, case.gold is None


def _correct(gold: Span, record: Record) -> Case:
    source = next((p.source for p in record.placements if p.target == gold), None)
    return Case(Kind.CORRECT, Step.NONE, gold, gold, source, "")


def _tokenisation(gold: Span, predicted: Span | None) -> Case:
    return Case(
        Kind.TOKENISATION,
        Step.REFERENCE,
        gold,
        predicted,
        None,
        "The gold entity ends within a word of the system's.",
    )
