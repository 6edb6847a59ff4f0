"""Spans for every row of a chain, and what connects them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from xproj_core.domain import Alignment, Evidence, Sentence, Span
from xproj_core.domain.overlap import lanes
from xproj_core.drawing import wording
from xproj_core.drawing.payload_types import BondView, LinkView, SpanView, WhyView
from xproj_core.drawing.why import source_row


def plain_spans(
    spans: Iterable[Span], sentence: Sentence, kind: Literal["gold", "entity"], whose: str
) -> list[SpanView]:
    """Spans that nothing explains, such as gold, in their lanes."""
    return laned([_view(s, kind, None, _aria(s, sentence, whose)) for s in spans])


def laned(spans: Sequence[SpanView]) -> list[SpanView]:
    """The same spans, each in a lane where it overlaps no other."""
    lane_numbers = lanes([Span(s["start"], s["end"], s["label"]) for s in spans])
    for span, lane in zip(spans, lane_numbers, strict=True):
        span["lane"] = lane
    return sorted(spans, key=lambda s: (s["start"], s["lane"]))


def chain_spans(evidence: Evidence, reasons: Sequence[WhyView], title: str) -> list[list[SpanView]]:
    """The spans of each sentence of the chain: source, what is between, target."""
    target = _target_spans(evidence, reasons, title)
    if len(evidence.chain) == 1:
        return [target]
    source = [_source_span(s, evidence, reasons, title) for s in evidence.source.spans]
    at = source_row(evidence)
    rows = {at: source, len(evidence.chain) - 1: target}
    starts = [set(range(s["start"], s["end"])) for s in source]
    reached = starts
    for k in range(at + 1, len(evidence.chain) - 1):
        reached = _through(evidence.hops[k - 1], reached)
        rows[k] = _between(evidence.chain[k], reached, source, title)
    reached = starts
    for k in range(at - 1, -1, -1):
        reached = _through(_turned(evidence.hops[k]), reached)
        rows[k] = _between(evidence.chain[k], reached, source, title)
    _join_by_words(evidence, rows, reasons)
    return [rows[k] for k in range(len(evidence.chain))]


def _turned(hop: Alignment | None) -> Alignment | None:
    return None if hop is None else hop.transposed()


def _between(
    sentence: Sentence, reached: Sequence[set[int]], source: Sequence[SpanView], title: str
) -> list[SpanView]:
    """A sentence's own entities, or the runs of words through which links go."""
    if sentence.spans:
        return [_own_span(s, sentence, reached, source, title) for s in sentence.spans]
    return _via_spans(sentence, reached, source, title)


def _join_by_words(
    evidence: Evidence, rows: Mapping[int, list[SpanView]], reasons: Sequence[WhyView]
) -> None:
    """Where no links lead, entities of one label and the same words belong together."""
    last = len(evidence.chain) - 1
    ids = {(w["label"], w["text"].casefold()): w["id"] for w in reasons if w["target"]}
    for k in range(last):
        if evidence.hops[k] is not None:
            continue
        for span in rows[k]:
            text = wording.words(evidence.chain[k], span["start"], span["end"]).casefold()
            span["entity"] = span["entity"] or ids.get((span["label"], text))


def _target_spans(evidence: Evidence, reasons: Sequence[WhyView], title: str) -> list[SpanView]:
    views = []
    for why in reasons:
        if why["target"] is not None:
            span = Span(*why["target"], why["label"])
            aria = _aria(span, evidence.target, title, why["facts"].partition(",")[0])
            views.append(_view(span, "entity", why["id"], aria))
    return views


def _source_span(
    span: Span, evidence: Evidence, reasons: Sequence[WhyView], title: str
) -> SpanView:
    span_reasons = [w for w in reasons if w["source"] == (span.start, span.end)]
    why = next(
        (w for w in span_reasons if w["label"] == span.label),
        span_reasons[0] if span_reasons else None,
    )
    whose = f"source side of {title}" + (", lost" if why and why["lost"] else "")
    return _view(span, "entity", why and why["id"], _aria(span, evidence.source, whose))


def _through(hop: Alignment | None, starts: Sequence[set[int]]) -> list[set[int]]:
    """For each set of tokens, the next sentence's tokens that are linked to them."""
    linked: dict[int, set[int]] = {}
    for i, j in hop.pairs() if hop is not None else ():
        linked.setdefault(i, set()).add(j)
    return [set().union(*(linked.get(i, set()) for i in tokens)) for tokens in starts]


def _own_span(
    span: Span,
    sentence: Sentence,
    reached: Sequence[set[int]],
    source: Sequence[SpanView],
    title: str,
) -> SpanView:
    """A labelled span of a sentence between; it belongs to the entity that reaches it most."""
    shared = [
        len(tokens.intersection(range(span.start, span.end))) * (s["label"] == span.label)
        for tokens, s in zip(reached, source, strict=True)
    ]
    best = max(range(len(shared)), key=shared.__getitem__, default=None)
    entity = source[best]["entity"] if best is not None and shared[best] else None
    return _view(span, "entity", entity, _aria(span, sentence, title))


def _via_spans(
    sentence: Sentence, reached: Sequence[set[int]], source: Sequence[SpanView], title: str
) -> list[SpanView]:
    """Runs of words through which each entity's links go."""
    views = []
    for tokens, entity in zip(reached, source, strict=True):
        for start, end in _runs(tokens):
            span = Span(start, end, entity["label"])
            aria = _aria(span, sentence, f"on the way in {title}")
            views.append(_view(span, "via", entity["entity"], aria))
    return views


def _runs(tokens: set[int]) -> list[tuple[int, int]]:
    """Unbroken runs of `tokens` as half-open pairs."""
    starts = sorted(t for t in tokens if t - 1 not in tokens)
    ends = sorted(t + 1 for t in tokens if t + 1 not in tokens)
    return list(zip(starts, ends, strict=True))


def _view(
    span: Span, kind: Literal["gold", "entity", "via"], entity: str | None, aria: str
) -> SpanView:
    return SpanView(
        start=span.start,
        end=span.end,
        label=span.label,
        lane=0,
        kind=kind,
        entity=entity,
        aria=aria,
    )


def _aria(span: Span, sentence: Sentence, *more: str) -> str:
    parts = [span.label, wording.words(sentence, span.start, span.end), *more]
    return ", ".join(filter(None, parts))


def links(hop: Alignment, before: Sequence[SpanView], after: Sequence[SpanView]) -> list[LinkView]:
    """The hop's links with their scores, labelled where both ends are in such entities."""
    source_labels, other = _labels(before, hop.shape[0]), _labels(after, hop.shape[1])
    return [
        LinkView(
            source=i,
            target=j,
            score=round(float(hop.scores[i, j]), 2),
            label=next((label for label in source_labels[i] if label in other[j]), None),
        )
        for i, j in hop.pairs()
    ]


def _labels(spans: Sequence[SpanView], n_tokens: int) -> list[list[str]]:
    """The labels over each token, innermost first."""
    over: list[list[str]] = [[] for _ in range(n_tokens)]
    for span in sorted(spans, key=lambda s: -s["lane"]):
        for token in range(span["start"], span["end"]):
            over[token].append(span["label"])
    return over


def bonds(before: Sequence[SpanView], after: Sequence[SpanView]) -> list[BondView]:
    """The spans of one entity in two neighbouring rows whose words nothing links."""
    return [
        BondView(source=(a["start"], a["end"]), target=(b["start"], b["end"]), label=b["label"])
        for a in before
        for b in after
        if a["entity"] is not None and a["entity"] == b["entity"]
    ]
