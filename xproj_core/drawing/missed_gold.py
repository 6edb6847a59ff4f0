"""At which step a method lost a gold entity, also when nothing of it reached the projector."""

from __future__ import annotations

from collections.abc import Sequence

from xproj_core.answers.one_sentence import Comparison
from xproj_core.domain import Evidence, Projection, Span
from xproj_core.domain.item import Item
from xproj_core.domain.record import record
from xproj_core.drawing import wording
from xproj_core.drawing.payload_types import ColumnView, WhyView
from xproj_core.drawing.why import source_row
from xproj_core.evaluate.errors.classify import classify
from xproj_core.evaluate.errors.taxonomy import ABOUT, Case


def explain_missed(comparison: Comparison, columns: Sequence[ColumnView]) -> dict[Span, str]:
    """Give columns explanations of the gold entities that they missed.

    Returns:
        for each such entity the id of its explanation, that of the first column that missed it.
    """
    ids: dict[Span, str] = {}
    for column, view in zip(comparison.columns, columns, strict=True):
        evidence, projection = column.evidence, column.projection
        if comparison.gold is None or comparison.target is None or not (evidence and projection):
            continue
        if evidence.target.tokens == comparison.target.tokens:
            views, known = missed_gold(column.method, evidence, projection, comparison.gold)
            view["why"] += views
            ids = known | ids
    return ids


def missed_gold(
    method: str, evidence: Evidence, projection: Projection, gold: Sequence[Span]
) -> tuple[list[WhyView], dict[Span, str]]:
    """Explanations of missed gold entities, and for each such entity the id of its explanation.

    A source entity that the projector lost has one already.
    """
    item = Item("", None, evidence.target.labelled(gold), frozenset({"target"}))
    made = record("", 0, method, evidence, projection, evidence.target)
    lost = {x.source: f"{method}:lost:{k}" for k, x in enumerate(projection.lost)}
    views: list[WhyView] = []
    ids: dict[Span, str] = {}
    for case in classify(item, made):
        if case.gold is None or case.outcome != "missed":
            continue
        known = lost.get(case.source) if case.source is not None else None
        ids[case.gold] = known or f"{method}:gold:{len(views)}"
        if known is None:
            views.append(_view(ids[case.gold], method, case, evidence))
    return views, ids


def _view(name: str, method: str, case: Case, evidence: Evidence) -> WhyView:
    assert case.gold is not None
    text = wording.words(evidence.target, case.gold.start, case.gold.end)
    return WhyView(
        id=name,
        lost=True,
        label=case.gold.label,
        text=text,
        question=f"Why has {wording.title(method)} not found “{text}”?",
        facts=f"gold {case.gold.label}, lost in {case.step}",
        message=case.message,
        reason=ABOUT[case.kind].title,
        rule="",
        steps=[],
        links=[],
        candidates=[],
        more=0,
        best=0.0,
        source=None,
        source_row=source_row(evidence),
        target=None,
    )
