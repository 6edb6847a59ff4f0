"""One label on the same words is one entity, whatever came to lie there.

Two source entities of one label that share words may arrive on the same words of the target. The
surer one is placed there, of equals the longer; the other is lost to it, or keeps its other places.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from xproj_core.domain import Evidence, Lost, Projected, Projection, Span, Trace
from xproj_core.project import explain
from xproj_core.project.words import Run

_Winners = dict[Run, str]  # by place of a duplicate: whose entity is there


def distinct(projection: Projection, evidence: Evidence) -> Projection:
    """The projection with every entity once; untouched where it has no duplicates."""
    first: dict[tuple[Run, str], Projected] = {}
    for entity in sorted(projection.entities, key=_rank):
        first.setdefault((_run(entity), entity.span.label), entity)
    if len(first) == len(projection.entities):
        return projection
    winners: dict[Span, _Winners] = {}
    losers: dict[Span, Projected] = {}
    entities = []
    for entity in projection.entities:
        winner, source = first[_run(entity), entity.span.label], entity.trace.source
        if winner is entity or source is None:
            entities.append(entity)
        else:
            winners.setdefault(source, {})[_run(entity)] = _name(winner, evidence)
            losers.setdefault(source, entity)
    for entity in entities:
        losers.pop(entity.trace.source or entity.span, None)
    lost = [_lost(source, loser, winners[source], evidence) for source, loser in losers.items()]
    order = {span: n for n, span in enumerate(evidence.source.spans)}
    return Projection(
        tuple(replace(e, trace=_said(e.trace, winners)) for e in entities),
        tuple(sorted([*projection.lost, *lost], key=lambda loss: order[loss.source])),
    )


def _run(entity: Projected) -> Run:
    return entity.span.start, entity.span.end


def _rank(entity: Projected) -> tuple[float, int]:
    source = entity.trace.source
    return -entity.trace.confidence, 0 if source is None else -len(source)


def _name(winner: Projected, evidence: Evidence) -> str:
    source = winner.trace.source
    return "another entity" if source is None else explain.entity(evidence.source, source)


def _said(trace: Trace, winners: Mapping[Span, _Winners]) -> Trace:
    """The trace with a verdict on what was a duplicate."""
    own = {} if trace.source is None else winners.get(trace.source, {})
    if not own:
        return trace
    candidates = (
        replace(c, verdict=f"the label is there already, from {own[c.start, c.end]}")
        if (c.start, c.end) in own
        else c
        for c in trace.candidates
    )
    return replace(trace, candidates=tuple(candidates))


def _lost(source: Span, loser: Projected, winners: _Winners, evidence: Evidence) -> Lost:
    words = explain.quote(evidence.target, *_run(loser))
    message = f"{winners[_run(loser)]} came to {words} with the same label."
    trace = replace(_said(loser.trace, {source: winners}), confidence=0.0, margin=None)
    return Lost(source, "collision", message, trace)
