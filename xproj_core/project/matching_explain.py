"""Why matching gave each entity the candidate that it has, or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xproj_core.domain import Candidate, Evidence, Projection
from xproj_core.project import explain
from xproj_core.project.explain import SHOWN, Draft, quote
from xproj_core.project.scores import Limits, Weighed
from xproj_core.project.words import Run
from xproj_core.text.strings import counted


def explained(
    evidence: Evidence,
    table: Sequence[Weighed],
    chosen: Mapping[int, Run],
    limits: Limits,
    rule: str,
) -> Projection:
    """The projection with its traces.

    Args:
        chosen: for the number of each placed entity, its run; from left to right.
    """
    entities, lost = [], []
    for n, entry in enumerate(table):
        draft = Draft(entry.source, entry.words, rule=rule)
        top = entry.ranked(SHOWN)
        others = [(run, table[m]) for m, run in chosen.items() if m != n]
        draft.candidates = [
            _candidate(entry, k, chosen.get(n), others, evidence, limits) for k in top
        ]
        linked = counted(len(entry.words), "linked word")
        draft.steps.append(f"{linked}, {counted(len(entry.runs), 'candidate')} weighed.")
        if n in chosen:
            draft.claims = [chosen[n]]
            _tell_choice(draft, evidence)
            entities += explain.projected(draft, evidence)
        else:
            _tell_loss(draft, entry, others, evidence, limits)
            lost.append(explain.lost(draft, evidence))
    return Projection(tuple(sorted(entities, key=lambda p: p.span)), tuple(lost))


def _candidate(
    entry: Weighed,
    k: int,
    chosen: Run | None,
    others: Sequence[tuple[Run, Weighed]],
    evidence: Evidence,
    limits: Limits,
) -> Candidate:
    run, total = entry.runs[k], entry.totals[k]
    parts = {name: values[k] for name, values in entry.parts.items()}
    if run == chosen:
        best = total >= max(entry.totals)
        verdict = "chosen: highest score" if best else "chosen: best total without overlap"
    elif reason := limits.against(entry, k):
        verdict = reason
    elif taker := _taker(run, others):
        verdict = f"overlaps {explain.entity(evidence.source, taker.source)}"
    else:
        verdict = _against(run, chosen, entry.words)
    return Candidate(*run, total, parts, verdict)


def _taker(run: Run, others: Sequence[tuple[Run, Weighed]]) -> Weighed | None:
    """The entity that got a word of `run`, the leftmost of several."""
    for (start, end), other in others:
        if start < run[1] and run[0] < end:
            return other
    return None


def _against(run: Run, chosen: Run | None, words: Sequence[int]) -> str:
    """What speaks against `run`, next to the one that was chosen."""
    if chosen is None:
        return "not chosen"
    linked = set(words)
    extra = [w for w in range(*run) if not chosen[0] <= w < chosen[1]]
    missing = [w for w in range(*chosen) if not run[0] <= w < run[1]]
    if not missing:
        unlinked = len([w for w in extra if w not in linked])
        return f"longer by {counted(unlinked, 'unlinked word')}" if unlinked else "longer"
    if not extra:
        left_out = len([w for w in missing if w in linked])
        return f"leaves out {counted(left_out, 'linked word')}" if left_out else "shorter"
    return "elsewhere, scores less" if len(extra) == run[1] - run[0] else "scores less"


def _tell_choice(draft: Draft, evidence: Evidence) -> None:
    start, end = draft.claims[0]
    words = quote(evidence.target, start, end)
    best = draft.candidates[0]
    if len(draft.candidates) == 1:
        draft.steps.append(f"{words} is the only one.")
    elif (best.start, best.end) == (start, end):
        draft.steps.append(f"{words} has the highest score.")
    else:
        rival = quote(evidence.target, best.start, best.end)
        draft.steps.append(f"{rival} scores more but {best.verdict}; {words} is next.")


def _tell_loss(
    draft: Draft,
    entry: Weighed,
    others: Sequence[tuple[Run, Weighed]],
    evidence: Evidence,
    limits: Limits,
) -> None:
    """Name the reason why an entity got no candidate."""
    by_links = set(entry.parts) <= {"links", "cover"}
    if by_links and not entry.words:
        explain.unaligned(draft, evidence)
    elif not entry.runs:
        draft.lose(
            "no-candidate",
            "No span of the sentence is a candidate for it: its words hold"
            " ! or ?, or the tagger found nothing.",
        )
    elif max(entry.totals) <= 0:
        draft.lose("no-candidate", "Nothing ties a candidate to it: all score 0.")
    else:
        _tell_rival(draft, entry, others, evidence, limits)


def _tell_rival(
    draft: Draft,
    entry: Weighed,
    others: Sequence[tuple[Run, Weighed]],
    evidence: Evidence,
    limits: Limits,
) -> None:
    """It had candidates: name the limit that none exceeds, or the entity that took the best."""
    best = draft.candidates[0]
    able = [run for k, run in enumerate(entry.runs) if not limits.against(entry, k)]
    if not able:
        words = quote(evidence.target, best.start, best.end)
        reason = limits.against(entry, entry.ranked(1)[0])
        draft.lose("filtered", f"Its best candidate {words} ({best.score:.2f}) {reason}.")
        return
    taker = next((t for run in able if (t := _taker(run, others))), None)
    winner = explain.entity(evidence.source, taker.source) if taker else "Another entity"
    draft.lose("collision", f"{winner} took its words.")
