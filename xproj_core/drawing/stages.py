"""The steps translate · tag · link · place, and the one at which an entity went wrong."""

from __future__ import annotations

from xproj_core.domain import Evidence, Lost, Projected, Span, Trace
from xproj_core.drawing import wording
from xproj_core.drawing.payload_types import StageView
from xproj_core.evaluate.errors.taxonomy import ABOUT, Case, Kind, Step
from xproj_core.text.strings import counted

VERBS = {
    Step.TRANSLATION: "translate",
    Step.TAGGING: "tag",
    Step.ALIGNMENT: "link",
    Step.PROJECTION: "place",
}
_DURING = {
    Step.TRANSLATION: "when translating",
    Step.TAGGING: "when tagging",
    Step.ALIGNMENT: "when linking words",
    Step.PROJECTION: "when placing the label",
}


def verdict(case: Case) -> str:
    """ "right", or "too short, gone wrong when linking words"."""
    if case.kind is Kind.CORRECT:
        return "right"
    title = ABOUT[case.kind].title
    if case.step not in _DURING:
        return title
    verb = "lost" if case.outcome == "missed" else "gone wrong"
    return f"{title}, {verb} {_DURING[case.step]}"


def failed_step(entity: Lost | Projected, case: Case | None) -> Step:
    """Where the entity went wrong: by gold where that is known, else by why it landed nowhere.

    What a method that places labels itself did not place ("method") had no link to lose.
    """
    if case is not None:
        return case.step
    if isinstance(entity, Projected):
        return Step.NONE
    unlinked = entity.reason != "method" and not entity.trace.links
    return Step.ALIGNMENT if unlinked else Step.PROJECTION


def stages_of_case(case: Case, alone: bool) -> list[StageView]:
    """The strip of one case, without what each step did.

    Args:
        alone: a tagger read the target itself, so that there is no other step.
    """
    views = [
        StageView(
            step=step.value,
            name=verb,
            state="absent" if alone and step is not Step.TAGGING else "done",
            text="",
        )
        for step, verb in VERBS.items()
    ]
    return _marked(views, case.step, case.predicted is not None, ABOUT[case.kind].title)


def stages(
    evidence: Evidence, trace: Trace | None, step: Step, case: Case | None, span: Span | None
) -> list[StageView]:
    """What each step did, the failed one marked.

    Args:
        trace: of the entity; None for a gold entity of which nothing reached the projector.
        step: the one that failed, `Step.NONE` where none is known to.
        span: where the label stands on the target; None where it landed nowhere.
    """
    alone = len(evidence.chain) == 1
    linked = evidence.alignment is not None
    did = {
        Step.TRANSLATION: None if alone else _translated(evidence),
        Step.TAGGING: _tagged(evidence, trace, span),
        Step.ALIGNMENT: _linked(trace) if linked else None,
        Step.PROJECTION: None if alone else _placed(evidence, span),
    }
    views = [
        StageView(
            step=s.value,
            name=VERBS[s],
            state="absent" if text is None else "done",
            text="not in this method" if text is None else text,
        )
        for s, text in did.items()
    ]
    title = "" if case is None else ABOUT[case.kind].title
    return _marked(views, step, reached=span is not None, text=title)


def _marked(views: list[StageView], step: Step, reached: bool, text: str) -> list[StageView]:
    """The failed step marked, and what comes after it, where nothing came that far."""
    failed = False
    for view in views:
        if view["step"] == step.value:
            failed = True
            view["state"], view["text"] = "failed", text or view["text"] or "lost here"
        elif failed and not reached and view["state"] == "done":
            view["state"], view["text"] = "open", "not reached"
    return views


def _translated(evidence: Evidence) -> str:
    """ "French: Mini, English: Mini", in the order in which they were made."""
    names = wording.row_names(evidence.chain)
    pairs = zip(names, evidence.origins, strict=False)
    made = [f"{n}: {wording.origin(o)[0]}" for n, o in pairs if o not in {"", "given"}]
    there_and_back = any(name.endswith("′") for name in names)
    if evidence.origins and evidence.origins[-1] == "given" and not there_and_back:
        made.reverse()
    return ", ".join(made) or "texts as given"


def _tagged(evidence: Evidence, trace: Trace | None, span: Span | None) -> str:
    if trace is None or (trace.source is None and len(evidence.chain) > 1):
        return ""
    sentence, source = evidence.source, trace.source or span
    if source is None:
        return ""
    tagged = next((s for s in sentence.spans if s == source), source)
    text = f"“{wording.words(sentence, source.start, source.end)}” {source.label}"
    return text if tagged.score is None else f"{text} {wording.decimal(tagged.score)}"


def _placed(evidence: Evidence, span: Span | None) -> str:
    return "" if span is None else f"“{wording.words(evidence.target, span.start, span.end)}”"


def _linked(trace: Trace | None) -> str:
    if trace is None:
        return ""
    return counted(len(trace.links), "link") if trace.links else "no link"
