"""All features of the entities of one sentence, in one order."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from xproj_core.confidence.link_clues import LINK_FEATURES, link_clues, overlap
from xproj_core.confidence.panel import Panel
from xproj_core.confidence.word_clues import WORD_FEATURES, word_clues
from xproj_core.domain import Evidence, Projected, Projection, Span
from xproj_core.domain.arrays import Matrix

LABELS = ("PER", "LOC", "ORG", "DATE", "MISC")
FORMAT = 1
"""Of the features. Raise it when one of them is counted otherwise: models fitted before then no
longer fit."""
_SENTENCE = (
    "words_linked",
    "source_words_linked",
    "sentence_ratio",
    "sentence_words",
    "entities",
    "entities_lost",
    "steps_between",
    "links_shared",
    "several_places",
    "moved",
)
_VERDICT = (
    "links_formula",
    "margin",
    "no_margin",
    "voters_agree",
    "voters_near",
    "returns",
    "return_near",
    "methods_agree",
    "methods_near",
    "no_methods",
    "tagger_score",
    "no_tagger_score",
)
FEATURES = (
    *LINK_FEATURES,
    *WORD_FEATURES,
    *_SENTENCE,
    *_VERDICT,
    *(f"label_{label}" for label in LABELS),
)


@dataclass(frozen=True, slots=True)
class ProjectionContext:
    """One projection, and all that is known beside it.

    Attributes:
        others: what other methods made of the same sentence.
        panel: what other projectors make of the same evidence.
        back: where each projected entity returns to.
    """

    evidence: Evidence
    projection: Projection
    others: Sequence[Projection]
    panel: Panel
    back: dict[Span, tuple[Span, ...]]


def features(context: ProjectionContext) -> Matrix[np.float64]:
    """(entities of the projection, `FEATURES`), every value finite."""
    rows = np.zeros((len(context.projection.entities), len(FEATURES)))
    sentence_clues = _of_sentence(context)
    others = [frozenset(projection.spans) for projection in context.others]
    for k, entity in enumerate(context.projection.entities):
        clues = {
            **sentence_clues,
            **link_clues(context.evidence.alignment, entity.trace.source, entity.span),
            **word_clues(
                context.evidence.source, context.evidence.target, entity.trace.source, entity.span
            ),
            **_of_entity(context, entity),
            **_verdicts(context, entity, others),
            **{f"label_{label}": float(entity.span.label == label) for label in LABELS},
        }
        rows[k] = [clues[name] for name in FEATURES]
    return rows


def _of_sentence(context: ProjectionContext) -> dict[str, float]:
    evidence = context.evidence
    source, target = max(1, len(evidence.source)), max(1, len(evidence.target))
    links = None if evidence.alignment is None else evidence.alignment.links
    return {
        "words_linked": 0.0 if links is None else float(links.any(axis=0).mean()),
        "source_words_linked": 0.0 if links is None else float(links.any(axis=1).mean()),
        "sentence_ratio": abs(math.log(target / source)),
        "sentence_words": math.log(target),
        "entities": min(8, len(evidence.source.spans)) / 8,
        "entities_lost": min(4, len(context.projection.lost)) / 4,
        "steps_between": float(max(0, len(evidence.chain) - 2)),
    }


def _of_entity(context: ProjectionContext, entity: Projected) -> dict[str, float]:
    source, span, evidence = entity.trace.source, entity.span, context.evidence
    shared = 0.0
    if source is not None and evidence.alignment is not None:
        links = evidence.alignment.links
        own = links[source.start : source.end].any(axis=0)
        shared = float(
            any(
                (own & links[other.start : other.end].any(axis=0)).any()
                for other in evidence.source.spans
                if not other.overlaps(source)
            )
        )
    places = sum(
        other.trace.source == source and source is not None for other in context.projection.entities
    )
    moved = 0.0
    if source is not None:
        before = (source.start + source.end) / max(1, len(evidence.source))
        moved = abs(before - (span.start + span.end) / max(1, len(evidence.target))) / 2
    return {"links_shared": shared, "several_places": float(places > 1), "moved": moved}


def _verdicts(
    context: ProjectionContext, entity: Projected, others: Sequence[frozenset[Span]]
) -> dict[str, float]:
    span, trace = entity.span, entity.trace
    agree, near = context.panel.shares(span)
    same, beside = Panel(tuple(others)).shares(span)
    back = context.back.get(span, ())
    score = None if trace.source is None else trace.source.score
    placed = context.evidence.alignment is None
    if placed and trace.source is None:
        score = trace.confidence  # a tagger on the target said so itself
    return {
        "links_formula": 0.0 if placed else trace.confidence,
        "margin": 0.0 if trace.margin is None else max(-1.0, min(1.0, trace.margin)),
        "no_margin": float(trace.margin is None),
        "voters_agree": agree,
        "voters_near": near,
        "returns": float(any(s == trace.source for s in back)),
        "return_near": 0.0
        if trace.source is None
        else max(
            (overlap((s.start, s.end), (trace.source.start, trace.source.end)) for s in back),
            default=0.0,
        ),
        "methods_agree": same,
        "methods_near": beside,
        "no_methods": float(not others),
        "tagger_score": 0.0 if score is None else score,
        "no_tagger_score": float(score is None),
    }
