"""What comparisons are made of by hand, without any engine."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from xproj_core.align.compose import compose
from xproj_core.answers.one_sentence import Column, Comparison
from xproj_core.domain import (
    Alignment,
    Candidate,
    Evidence,
    Lost,
    Projected,
    Projection,
    Sentence,
    Span,
    Trace,
)
from xproj_core.domain.overlap import disagreements

Spans = Iterable[tuple[int, int, str]]
Links = Iterable[tuple[int, int, float]]


def sentence(text: str | list[str], language: str, spans: Spans = ()) -> Sentence:
    """Tokens between spaces, or as they are."""
    tokens = text.split(" ") if isinstance(text, str) else text
    return Sentence(tuple(tokens), language, tuple(Span(*s) for s in spans))


def aligned(first: Sentence, other: Sentence, links: Links) -> Alignment:
    """Links with scores, over a faint background that is the same every time."""
    shape = len(first), len(other)
    noise = np.random.default_rng(len(first) * 101 + len(other)).random(shape)
    scores = np.where(noise > 0.85, noise * 0.12, 0.0)
    hard = np.zeros(shape, dtype=bool)
    for i, j, score in links:
        scores[i, j], hard[i, j] = score, True
    return Alignment(scores, hard)


def traced(source: Span, span: Span, alignment: Alignment | None) -> Trace:
    """A trace such as a matcher leaves."""
    candidates, links = [], []
    if alignment is not None:
        for start in range(max(0, span.start - 1), span.start + 1):
            for end in range(span.end, min(alignment.shape[1], span.end + 1) + 1):
                block = alignment.links[source.start : source.end, start:end].sum()
                score = 2 * float(block) / (len(source) + end - start)
                chosen = (start, end) == (span.start, span.end)
                verdict = "chosen: highest total without overlap" if chosen else "longer"
                candidates.append(Candidate(start, end, min(score, 1.0), verdict=verdict))
        links = [
            (i, j, float(alignment.scores[i, j]))
            for i, j in alignment.pairs()
            if i in source and j in span
        ]
    candidates.sort(key=lambda c: -c.score)
    return Trace(
        source,
        tuple(links),
        tuple(candidates),
        rule="the set of candidates with the highest total score that do not overlap",
        confidence=candidates[0].score if candidates else 0.5,
        margin=candidates[0].score - candidates[1].score if len(candidates) > 1 else None,
        steps=(f"{len(candidates)} candidates weighed", "solved exactly"),
    )


def column(
    method: str,
    chain: list[Sentence],
    hops: list[Links],
    placed: list[tuple[int, tuple[int, int, str]]],
    lost: list[tuple[int, str, str]] = (),  # type: ignore[assignment]
    origins: tuple[str, ...] = (),
    notes: tuple[str, ...] = (),
) -> Column:
    """`placed` and `lost` name source entities by their place in the source."""
    alignments = [aligned(a, b, links) for a, b, links in zip(chain, chain[1:], hops, strict=False)]
    used = alignments[0] if len(alignments) == 1 else compose(alignments[0], alignments[1])
    source, target = chain[0], chain[-1]
    entities = tuple(
        Projected(Span(*span), traced(source.spans[k], Span(*span), used)) for k, span in placed
    )
    losses = tuple(
        Lost(source.spans[k], reason, message, Trace(source.spans[k], steps=(message,)))
        for k, reason, message in lost
    )
    evidence = Evidence(
        method,
        source,
        target,
        used,
        tuple(chain),
        tuple(alignments),
        parts={"composed": used} if len(alignments) > 1 else {},
        origins=origins,
        notes=notes,
    )
    return Column(method, evidence, Projection(entities, losses))


def compared(
    columns: list[Column], target: Sentence | None, gold: Spans | None = None
) -> Comparison:
    """The columns as an answer."""
    known = None if gold is None else tuple(Span(*s) for s in gold)
    tracks = {c.method: c.projection.spans for c in columns if c.projection}
    if known is not None:
        tracks["gold"] = known
    differ = disagreements(tracks, len(target)) if target else frozenset()
    return Comparison(tuple(columns), target, known, differ, {}, {}, 0.0)


def diagonal(first: Sentence, other: Sentence, score: float = 0.9) -> list[tuple[int, int, float]]:
    """Links along the diagonal, stretched to fit."""
    n, m = len(first), len(other)
    return sorted({(i, min(m - 1, round(i * (m - 1) / max(1, n - 1))), score) for i in range(n)})


def straight(
    source: Sentence, target: Sentence, spans: list[tuple[int, int, str]], pivot: Sentence
) -> Comparison:
    """Direct, pivot and a column with a problem, all linked along the diagonal."""
    placed = list(enumerate(spans))
    direct = column(
        "direct", [source, target], [diagonal(source, target)], placed, origins=("memory", "given")
    )
    through = column(
        "pivot",
        [source, pivot, target],
        [diagonal(source, pivot), diagonal(pivot, target, 0.6)],
        placed[1:],
        [(0, "collision", "the same words went to another entity")],
        origins=("memory", "memory", "given"),
    )
    trouble = Column(
        "back_translation",
        problem="Mini does not translate from this language. Paste a translation, or choose a"
        " Research engine on the engines page.",
    )
    return compared([direct, through, trouble], target, spans)
