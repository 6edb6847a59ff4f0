"""Evidence and projections as plain JSON values."""

from __future__ import annotations

from typing import Any

from xproj_core.domain.errors import XProjError
from xproj_core.domain.projection import Evidence, Lost, Projected, Projection, Trace
from xproj_core.domain.sentence import Sentence, Span


def as_json(evidence: Evidence | XProjError, outcome: Projection | XProjError) -> dict[str, Any]:
    """All that a method made of a sentence; or the problem that prevented it."""
    for part in (evidence, outcome):
        if isinstance(part, XProjError):
            return {"problem": str(part)}
    assert isinstance(evidence, Evidence) and isinstance(outcome, Projection)
    return {
        "chain": [
            {**_sentence(s), "origin": origin}
            for s, origin in zip(
                evidence.chain, evidence.origins or [""] * len(evidence.chain), strict=True
            )
        ],
        "links": _links(evidence),
        "notes": list(evidence.notes),
        "entities": [_projected(p) for p in outcome.entities],
        "lost": [_lost(lost) for lost in outcome.lost],
    }


def _sentence(sentence: Sentence) -> dict[str, Any]:
    return {
        "language": sentence.language,
        "tokens": list(sentence.tokens),
        "entities": [_span(s) for s in sentence.spans],
    }


def _span(span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "label": span.label}


def _links(evidence: Evidence) -> list[list[float]]:
    if evidence.alignment is None:
        return []
    scores = evidence.alignment.scores
    return [[i, j, round(float(scores[i, j]), 4)] for i, j in evidence.alignment.pairs()]


def _projected(projected: Projected) -> dict[str, Any]:
    return {**_span(projected.span), "why": _trace(projected.trace)}


def _lost(lost: Lost) -> dict[str, Any]:
    return {
        **_span(lost.source),
        "reason": lost.reason,
        "message": lost.message,
        "why": _trace(lost.trace),
    }


def _trace(trace: Trace) -> dict[str, Any]:
    return {
        "source": _span(trace.source) if trace.source else None,
        "rule": trace.rule,
        "confidence": round(trace.confidence, 4),
        "margin": None if trace.margin is None else round(trace.margin, 4),
        "links": [[i, j, round(score, 4)] for i, j, score in trace.links],
        "candidates": [
            {
                "start": c.start,
                "end": c.end,
                "score": round(c.score, 4),
                "verdict": c.verdict,
                "parts": {k: round(v, 4) for k, v in c.parts.items()},
            }
            for c in trace.candidates
        ],
        "steps": list(trace.steps),
    }
