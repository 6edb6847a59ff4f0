"""The explanation of one entity, from its trace."""

from __future__ import annotations

from xproj_core.domain import Candidate, Evidence, Lost, Projected, Span, Trace
from xproj_core.drawing import wording
from xproj_core.drawing.payload_types import CandidateView, WhyView
from xproj_core.drawing.story import story
from xproj_core.project.explain import EQUAL

MOST_CANDIDATES = 12


def source_row(evidence: Evidence) -> int:
    """Where in the chain the labels that were projected stand.

    First, but for back-translation with markers, whose labels are read off the sentence between.
    """
    rows = (k for k, s in enumerate(evidence.chain[:-1]) if s == evidence.source)
    return next(rows, 0)


def placed(method: str, index: int, entity: Projected, evidence: Evidence) -> WhyView:
    """Why `entity` is where it is."""
    span, trace = entity.span, entity.trace
    text = wording.words(evidence.target, span.start, span.end)
    facts = [f"linked {wording.decimal(trace.confidence)}"]
    if trace.probability is not None:
        facts.insert(0, f"right with probability {wording.decimal(trace.probability)}")
    if trace.margin is not None:
        facts.append(_lead(trace.margin))
    view = _view(f"{method}:{index}", trace, evidence, span)
    view["label"] = span.label
    view["text"] = text
    view["question"] = f"Why is “{text}” {span.label} in {wording.title(method)}?"
    view["facts"] = ", ".join(facts)
    view["target"] = (span.start, span.end)
    return view


def _lead(margin: float) -> str:
    """How the chosen candidate's score stands to the best of the others."""
    if abs(margin) <= EQUAL:
        return "another candidate scores the same"
    if margin < 0:
        return f"another candidate scores {_by(-margin)} more"
    return f"{_by(margin)} more than the runner-up"


def _by(difference: float) -> str:
    return "less than .01" if difference < 0.005 else wording.decimal(difference)


def lost(method: str, index: int, entity: Lost, evidence: Evidence) -> WhyView:
    """Why `entity` landed nowhere."""
    text = wording.words(evidence.source, entity.source.start, entity.source.end)
    view = _view(f"{method}:lost:{index}", entity.trace, evidence, None)
    view["lost"] = True
    view["label"] = entity.source.label
    view["text"] = text
    view["question"] = f"Why is “{text}” lost in {wording.title(method)}?"
    view["reason"] = entity.reason.replace("-", " ")
    view["message"] = entity.message
    view["source"] = (entity.source.start, entity.source.end)
    return view


def _view(name: str, trace: Trace, evidence: Evidence, chosen: Span | None) -> WhyView:
    shown = _shown(trace, chosen)
    return WhyView(
        id=name,
        lost=False,
        label="",
        text="",
        question="",
        facts="",
        message="",
        reason="",
        rule=trace.rule,
        steps=[*story(evidence, trace, source_row(evidence)), *trace.steps],
        links=[
            (evidence.source.tokens[i], evidence.target.tokens[j], wording.decimal(score))
            for i, j, score in trace.links
        ],
        candidates=[_candidate(c, trace.source, evidence, chosen) for c in shown],
        more=len(trace.candidates) - len(shown),
        best=max((c.score for c in shown), default=0.0),
        source=(trace.source.start, trace.source.end) if trace.source else None,
        source_row=source_row(evidence),
        target=None,
    )


def _shown(trace: Trace, chosen: Span | None) -> list[Candidate]:
    """The best ones, and the chosen one wherever it stood."""
    best = list(trace.candidates[:MOST_CANDIDATES])
    rest = trace.candidates[MOST_CANDIDATES:]
    return best + [c for c in rest if _is(c, chosen)][:1]


def _is(candidate: Candidate, span: Span | None) -> bool:
    return span is not None and (candidate.start, candidate.end) == (span.start, span.end)


def _candidate(
    candidate: Candidate, source: Span | None, evidence: Evidence, chosen: Span | None
) -> CandidateView:
    return CandidateView(
        start=candidate.start,
        end=candidate.end,
        text=wording.words(evidence.target, candidate.start, candidate.end),
        linked=_linked(candidate, source, evidence),
        score=round(candidate.score, 4),
        score_text=wording.decimal(candidate.score),
        parts=[(k.replace("_", " "), wording.decimal(v)) for k, v in candidate.parts.items()],
        verdict=candidate.verdict,
        chosen=_is(candidate, chosen),
    )


def _linked(candidate: Candidate, source: Span | None, evidence: Evidence) -> str:
    """How many of the entity's words have a link into the candidate."""
    if source is None or evidence.alignment is None:
        return ""
    block = evidence.alignment.links[source.start : source.end, candidate.start : candidate.end]
    return f"{int(block.any(axis=1).sum())} of {len(source)}"
