"""The explanation of one entity, from its trace."""

from __future__ import annotations

from xproj_core.domain import Candidate, Evidence, Lost, Projected, Span, Trace
from xproj_core.drawing import wording
from xproj_core.drawing.payload_types import CandidateView, WhyView
from xproj_core.drawing.stages import failed_step, stages, verdict
from xproj_core.drawing.story import story
from xproj_core.evaluate.errors.taxonomy import Case, Kind
from xproj_core.project.explain import EQUAL

MOST_CANDIDATES = 12


def source_row(evidence: Evidence) -> int:
    """Where in the chain the labels that were projected stand.

    First, but for back-translation with markers, whose labels are read off the sentence between.
    """
    rows = (k for k, s in enumerate(evidence.chain[:-1]) if s == evidence.source)
    return next(rows, 0)


def placed(
    method: str, index: int, entity: Projected, evidence: Evidence, case: Case | None = None
) -> WhyView:
    """Why `entity` is where it is, and what is wrong with that by gold, if `case` says so."""
    span, trace = entity.span, entity.trace
    text = wording.words(evidence.target, span.start, span.end)
    facts = [] if evidence.alignment is None else [f"linked {wording.decimal(trace.confidence)}"]
    if trace.probability is not None:
        facts.insert(0, f"right with probability {wording.decimal(trace.probability)}")
    if trace.margin is not None:
        facts.append(_lead(trace.margin))
    view = _view(f"{method}:{index}", trace, evidence, span)
    view["label"] = span.label
    view["text"] = text
    view["question"] = f"Why is “{text}” {span.label} in {wording.title(method)}?"
    view["opening"] = story(evidence, trace, source_row(evidence), span)
    if case is not None and case.kind is not Kind.CORRECT:
        view["reason"], view["message"] = verdict(case), against_gold(case, evidence)
    view["stages"] = stages(evidence, trace, failed_step(entity, case), case, span)
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


def lost(
    method: str, index: int, entity: Lost, evidence: Evidence, case: Case | None = None
) -> WhyView:
    """Why `entity` landed nowhere; `case` is that of the gold entity which is missed by it."""
    text = wording.words(evidence.source, entity.source.start, entity.source.end)
    view = _view(f"{method}:lost:{index}", entity.trace, evidence, None)
    opening = [story(evidence, entity.trace, source_row(evidence), None)]
    if case is not None:
        opening.append(f"{against_gold(case, evidence)} It was {verdict(case)}.")
    view["lost"] = True
    view["label"] = entity.source.label
    view["text"] = text
    view["question"] = f"Why is “{text}” lost in {wording.title(method)}?"
    view["opening"] = " ".join(opening)
    view["stages"] = stages(evidence, entity.trace, failed_step(entity, case), case, None)
    view["reason"] = entity.reason.replace("-", " ")
    view["message"] = entity.message
    view["source"] = (entity.source.start, entity.source.end)
    return view


def against_gold(case: Case, evidence: Evidence) -> str:
    """What gold has there, and for an entity of the method's what is wrong with it."""
    if case.gold is None:
        return f"Gold has no such entity. {case.message}"
    text = wording.words(evidence.target, case.gold.start, case.gold.end)
    gold = f"Gold has “{text}” {case.gold.label}."
    return gold if case.outcome == "missed" else f"{gold} {case.message}"


def _view(name: str, trace: Trace, evidence: Evidence, chosen: Span | None) -> WhyView:
    shown = _shown(trace, chosen)
    view = blank(name, evidence)
    view["rule"] = trace.rule
    view["steps"] = list(trace.steps)
    view["links"] = [
        (evidence.source.tokens[i], evidence.target.tokens[j], wording.decimal(score))
        for i, j, score in trace.links
    ]
    view["candidates"] = [_candidate(c, trace.source, evidence, chosen) for c in shown]
    view["more"] = len(trace.candidates) - len(shown)
    view["best"] = max((c.score for c in shown), default=0.0)
    view["source"] = (trace.source.start, trace.source.end) if trace.source else None
    return view


def blank(name: str, evidence: Evidence) -> WhyView:
    """An explanation that says nothing yet."""
    return WhyView(
        id=name,
        lost=False,
        label="",
        text="",
        question="",
        opening="",
        stages=[],
        outcomes=[],
        facts="",
        message="",
        reason="",
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
