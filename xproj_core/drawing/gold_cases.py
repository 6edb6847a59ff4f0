"""What gold says about each method: which entities it missed or got wrong, and at which step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xproj_core.answers.one_sentence import Comparison
from xproj_core.domain import Evidence, Projection, Span
from xproj_core.domain.item import Item
from xproj_core.domain.record import record
from xproj_core.drawing import why, wording
from xproj_core.drawing.payload_types import ColumnView, OutcomeView, WhyView
from xproj_core.drawing.stages import stages, verdict
from xproj_core.drawing.story import became
from xproj_core.evaluate.errors.classify import classify
from xproj_core.evaluate.errors.taxonomy import ABOUT, Case, Kind


def known_gold(comparison: Comparison, evidence: Evidence) -> Sequence[Span] | None:
    """The gold entities of the sentence that this method labelled; None where none are known."""
    target = comparison.target
    same = target is not None and evidence.target.tokens == target.tokens
    return comparison.gold if same else None


def cases(
    method: str, evidence: Evidence, projection: Projection, gold: Sequence[Span] | None
) -> list[Case]:
    """One case for each gold entity and each wrong one of the method's."""
    if gold is None:
        return []
    item = Item("", None, evidence.target.labelled(gold), frozenset({"target"}))
    return classify(item, record("", 0, method, evidence, projection, evidence.target))


def judged(comparison: Comparison) -> list[list[Case]]:
    """The cases of each column; none where it has no answer or no gold is known."""
    return [
        cases(c.method, c.evidence, c.projection, known_gold(comparison, c.evidence))
        if c.evidence and c.projection
        else []
        for c in comparison.columns
    ]


def explained(
    method: str, evidence: Evidence, projection: Projection, gold_cases: Sequence[Case]
) -> list[WhyView]:
    """Every entity: those that were placed, those that were lost, and gold ones that never came."""
    by_place = {c.predicted: c for c in gold_cases if c.predicted is not None}
    of_lost = _of_lost(projection, gold_cases)
    unseen = [c for c in gold_cases if c.outcome == "missed" and c not in of_lost.values()]
    return [
        *(
            why.placed(method, k, entity, evidence, by_place.get(entity.span))
            for k, entity in enumerate(projection.entities)
        ),
        *(
            why.lost(method, k, entity, evidence, of_lost.get(entity.source))
            for k, entity in enumerate(projection.lost)
        ),
        *(
            _unseen(f"{method}:gold:{k}", method, case, evidence, projection)
            for k, case in enumerate(unseen)
        ),
    ]


def note_outcomes(
    comparison: Comparison, columns: Sequence[ColumnView], gold_cases: Sequence[Sequence[Case]]
) -> dict[Span, str]:
    """Write into the explanations what every method made of the same gold entity.

    Returns:
        for each gold entity the id of its explanation, that of the first method without it.
    """
    outcomes: dict[Span, list[OutcomeView]] = {}
    for column, view, own in zip(comparison.columns, columns, gold_cases, strict=True):
        if column.projection is not None:
            for gold, outcome in _outcomes(column.method, view["title"], column.projection, own):
                outcomes.setdefault(gold, []).append(outcome)
    explanations = {w["id"]: w for view in columns for w in view["why"]}
    for of_gold in outcomes.values():
        for outcome in of_gold if len(of_gold) > 1 else ():
            explanations[outcome["entity"]]["outcomes"] = of_gold
    return {
        gold: next((o for o in of_gold if not o["right"]), of_gold[0])["entity"]
        for gold, of_gold in outcomes.items()
    }


def _of_lost(projection: Projection, gold_cases: Sequence[Case]) -> dict[Span, Case]:
    """For source entities that landed nowhere, the gold entity that each stands for.

    Of several, the first that is missed; one in whose place another entity stands comes last.
    """
    lost = {entity.source for entity in projection.lost}
    of_lost: dict[Span, Case] = {}
    for case in sorted(gold_cases, key=lambda c: c.outcome != "missed"):
        if case.gold is not None and case.source is not None and case.source in lost:
            of_lost.setdefault(case.source, case)
    return of_lost


def _outcomes(
    method: str, title: str, projection: Projection, gold_cases: Sequence[Case]
) -> Iterator[tuple[Span, OutcomeView]]:
    """Each gold entity with what became of it and where that is explained, as in `explained`."""
    placed = {p.span: f"{method}:{k}" for k, p in reversed(list(enumerate(projection.entities)))}
    lost = {x.source: f"{method}:lost:{k}" for k, x in enumerate(projection.lost)}
    of_lost = _of_lost(projection, gold_cases)
    n_unseen = 0
    for case in gold_cases:
        if case.gold is None:
            continue
        if case.predicted is not None:
            entity = placed[case.predicted]
        elif case.source is not None and of_lost.get(case.source) is case:
            entity = lost[case.source]
        else:
            entity, n_unseen = f"{method}:gold:{n_unseen}", n_unseen + 1
        yield (
            case.gold,
            OutcomeView(
                title=title, entity=entity, text=verdict(case), right=case.kind is Kind.CORRECT
            ),
        )


def _unseen(
    name: str, method: str, case: Case, evidence: Evidence, projection: Projection
) -> WhyView:
    """The explanation of a gold entity for which the method has nothing in that place."""
    assert case.gold is not None
    text = wording.words(evidence.target, case.gold.start, case.gold.end)
    entity = next((p for p in projection.entities if case.source == p.trace.source), None)
    elsewhere = entity if case.source is not None else None
    view = why.blank(name, evidence)
    view["lost"] = True
    view["label"] = case.gold.label
    view["text"] = text
    view["question"] = f"Why has {wording.title(method)} not found “{text}”?"
    view["opening"] = " ".join(
        [f"Gold has “{text}” {case.gold.label}: {verdict(case)}.", *_linked(case.gold, evidence)]
    )
    trace, span = (elsewhere.trace, elsewhere.span) if elsewhere is not None else (None, None)
    view["stages"] = stages(evidence, trace, case.step, case, span)
    view["facts"] = f"gold {case.gold.label}"
    view["message"] = case.message
    view["reason"] = ABOUT[case.kind].title
    return view


def _linked(gold: Span, evidence: Evidence) -> Iterator[str]:
    """The words that the links tie it to, and how they are labelled."""
    at = why.source_row(evidence)
    if len(evidence.chain) > 1:
        yield f"It stands beside {became(evidence, at)}."
    if evidence.alignment is None:
        return
    words = sorted({i for i, j in evidence.alignment.pairs() if j in gold})
    if not words:
        yield "No word there is linked to it."
    for run in _runs(words):
        labels = sorted({s.label for s in evidence.source.spans if s.overlaps(run)})
        quoted = wording.words(evidence.source, run.start, run.end)
        yield f"Linked to it is “{quoted}”, labelled {' and '.join(labels) or 'nothing'} there."


def _runs(words: Sequence[int]) -> Iterator[Span]:
    """Neighbouring words as one span."""
    start = 0
    for k in range(1, len(words) + 1):
        if k == len(words) or words[k] != words[k - 1] + 1:
            yield Span(words[start], words[k - 1] + 1, "linked")
            start = k
