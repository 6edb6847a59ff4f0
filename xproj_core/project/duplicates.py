"""One label on the same words is one entity, whatever came to lie there.

Two source entities of one label that share words may arrive on the same words of the target. The
surer one is placed there, of equals the longer; the other is lost to it.
"""

from __future__ import annotations

from dataclasses import replace

from xproj_core.domain import Evidence, Lost, Projected, Projection, Span, Trace
from xproj_core.project import explain

Place = tuple[int, int, str]


def distinct(projection: Projection, evidence: Evidence) -> Projection:
    """The projection with every entity once; untouched where it has no duplicates."""
    first: dict[Place, Projected] = {}
    for entity in sorted(projection.entities, key=_rank):
        first.setdefault(_place(entity.span), entity)
    if len(first) == len(projection.entities):
        return projection
    entities = tuple(e for e in projection.entities if first[_place(e.span)] is e)
    placed = {e.trace.source for e in entities}
    lost: dict[Span, Lost] = {}
    for entity in projection.entities:
        source = entity.trace.source
        if source is not None and source not in placed:
            lost.setdefault(source, _lost(entity, first[_place(entity.span)], source, evidence))
    order = {span: n for n, span in enumerate(evidence.source.spans)}
    losses = sorted([*projection.lost, *lost.values()], key=lambda loss: order[loss.source])
    return Projection(entities, tuple(losses))


def _place(span: Span) -> Place:
    return span.start, span.end, span.label


def _rank(entity: Projected) -> tuple[float, int]:
    source = entity.trace.source
    return -entity.trace.confidence, 0 if source is None else -len(source)


def _lost(entity: Projected, winner: Projected, source: Span, evidence: Evidence) -> Lost:
    rival = winner.trace.source
    by = "Another entity" if rival is None else explain.entity(evidence.source, rival)
    words = explain.quote(evidence.target, entity.span.start, entity.span.end)
    message = f"{by} came to {words} with the same label."
    trace: Trace = entity.trace
    verdict = f"the label is there already, from {by}"
    candidates = tuple(
        replace(c, verdict=verdict) if c.verdict.startswith(("chosen", "kept")) else c
        for c in trace.candidates
    )
    kept = replace(trace, candidates=candidates, confidence=0.0, margin=None)
    return Lost(source, "collision", message, kept)
