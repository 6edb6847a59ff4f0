"""Why matching gave each entity the candidate that it has, or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xproj_core.domain import Candidate, Evidence, Projection
from xproj_core.project import explain
from xproj_core.project.explain import EQUAL, SHOWN, Draft, quote
from xproj_core.project.nesting import NONE, Pairs
from xproj_core.project.scores import Limits, Weighed
from xproj_core.project.words import Run
from xproj_core.text.strings import counted


def explained(
    evidence: Evidence,
    table: Sequence[Weighed],
    chosen: Mapping[int, Run],
    limits: Limits,
    rule: str,
    shared: Pairs = NONE,
) -> Projection:
    """The projection with its traces.

    Args:
        chosen: for the number of each placed entity, its run; from left to right.
        shared: the entities that may share words, two by two.
    """
    entities, lost = [], []
    for n, entry in enumerate(table):
        draft = Draft(entry.source, entry.words, rule=rule)
        rivals = [m for m in chosen if m != n and (m, n) not in shared]
        others = [(chosen[m], table[m]) for m in rivals]
        k = list(entry.runs).index(chosen[n]) if n in chosen else None
        weighing = _Weighing(entry, k, others, evidence, limits)
        draft.candidates = [weighing.candidate(k, rule) for k in weighing.shown()]
        linked = counted(len(entry.words), "linked word")
        draft.steps.append(f"{linked}, {counted(len(entry.runs), 'candidate')} weighed.")
        if n in chosen:
            draft.claims = [chosen[n]]
            draft.steps.append(_choice(weighing))
            entities += explain.projected(draft, evidence)
        else:
            _tell_loss(draft, entry, others, evidence, limits)
            lost.append(explain.lost(draft, evidence))
    return Projection(tuple(sorted(entities, key=lambda p: p.span)), tuple(lost))


@dataclass(frozen=True, slots=True)
class _Weighing:
    """One entity's candidates, and what the others got."""

    entry: Weighed
    k: int | None  # the number of the chosen candidate
    others: Sequence[tuple[Run, Weighed]]  # with which it may share no word
    evidence: Evidence
    limits: Limits

    def shown(self) -> list[int]:
        """The best candidates by number; the chosen one is among them, before its equals."""
        top, k = self.entry.ranked(SHOWN), self.k
        if k is None:
            return top
        totals = self.entry.totals
        rest = [n for n in top if n != k][: SHOWN - 1]
        at = next((p for p, n in enumerate(rest) if totals[n] <= totals[k]), len(rest))
        return [*rest[:at], k, *rest[at:]]

    def candidate(self, k: int, rule: str) -> Candidate:
        parts = {name: values[k] for name, values in self.entry.parts.items()}
        return Candidate(*self.entry.runs[k], self.entry.totals[k], parts, self.verdict(k, rule))

    def verdict(self, k: int, rule: str) -> str:
        """Why candidate `k` was or was not chosen."""
        if k == self.k:
            return f"chosen: {self._merit(k, rule)}"
        return self.obstacle(k) or self._against(k)

    def _merit(self, k: int, rule: str) -> str:
        above = self.better(k)
        if not above:
            equal = counted(len(self.equals(k)), "other")
            return f"highest score, as {equal} have" if self.equals(k) else "highest score"
        if all(self.limits.against(self.entry, n) for n in above):
            return "highest score within the limits"
        greedy = rule.startswith("best candidate")
        return "best of what was free" if greedy else "best total without overlap"

    def obstacle(self, k: int) -> str:
        """What keeps candidate `k` from being chosen, whatever it scores; "" if nothing does."""
        if reason := self.limits.against(self.entry, k):
            return reason
        taker = _taker(self.entry.runs[k], self.others)
        return f"overlaps {explain.entity(self.evidence.source, taker.source)}" if taker else ""

    def equals(self, k: int) -> list[int]:
        """The other candidates that score the same."""
        totals = self.entry.totals
        return [n for n, t in enumerate(totals) if n != k and abs(t - totals[k]) <= EQUAL]

    def better(self, k: int) -> list[int]:
        """The candidates that score more."""
        totals = self.entry.totals
        return [n for n, t in enumerate(totals) if t - totals[k] > EQUAL]

    def _against(self, k: int) -> str:
        """What speaks against candidate `k`, next to the one that was chosen."""
        if self.k is None:
            return "not chosen"
        run, chosen, totals = self.entry.runs[k], self.entry.runs[self.k], self.entry.totals
        compared = explain.compared(totals[k], totals[self.k])
        if abs(totals[k] - totals[self.k]) <= EQUAL:
            return f"{compared}, {_shape(run, chosen)}"
        return _difference(run, chosen, self.entry.words, compared)


def _taker(run: Run, others: Sequence[tuple[Run, Weighed]]) -> Weighed | None:
    """The entity that got a word of `run`, the leftmost of several."""
    for (start, end), other in others:
        if start < run[1] and run[0] < end:
            return other
    return None


def _shape(run: Run, chosen: Run) -> str:
    """How a run of equal score differs from the chosen one."""
    longer = (run[1] - run[0]) - (chosen[1] - chosen[0])
    if longer:
        return "longer" if longer > 0 else "shorter"
    return f"as long, further {'right' if run[0] > chosen[0] else 'left'}"


def _difference(run: Run, chosen: Run, words: Sequence[int], compared: str) -> str:
    """How a run of another score differs from the chosen one; the score itself if in no way."""
    linked = set(words)
    extra = [w for w in range(*run) if not chosen[0] <= w < chosen[1]]
    missing = [w for w in range(*chosen) if not run[0] <= w < run[1]]
    if not missing:
        unlinked = len([w for w in extra if w not in linked])
        return f"longer by {counted(unlinked, 'unlinked word')}" if unlinked else "longer"
    if not extra:
        left_out = len([w for w in missing if w in linked])
        return f"leaves out {counted(left_out, 'linked word')}" if left_out else "shorter"
    return f"elsewhere, {compared}" if len(extra) == run[1] - run[0] else compared


def _choice(weighing: _Weighing) -> str:
    """How the chosen candidate stood to the others, as a sentence."""
    entry, k = weighing.entry, weighing.k
    assert k is not None
    words = quote(weighing.evidence.target, *entry.runs[k])
    if len(entry.runs) == 1:
        return f"{words} is the only one."
    if above := weighing.better(k):
        first = min(above, key=entry.ranked(len(entry.runs)).index)
        rival = quote(weighing.evidence.target, *entry.runs[first])
        more = explain.compared(entry.totals[first], entry.totals[k])
        why = weighing.obstacle(first) or "would cost another entity more"
        return f"{rival} {more} but {why}; {words} is the best of the rest."
    if equal := weighing.equals(k):
        shapes = {_shape(entry.runs[n], entry.runs[k]).split(",")[0] for n in equal}
        rank = {"shorter": " It is the longest.", "longer": " It is the shortest."}
        told = rank.get(shapes.pop(), "") if len(shapes) == 1 else ""
        same = f"{counted(len(equal), 'other')} score{'s' if len(equal) == 1 else ''} the same"
        return f"{words} has the highest score; {same}.{told}"
    runner_up = max(t for n, t in enumerate(entry.totals) if n != k)
    slightly = "" if f"{runner_up:.2f}" != f"{entry.totals[k]:.2f}" else ", by less than .01"
    return f"{words} has the highest score{slightly}."


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
    draft.lose("collision", f"{explain.took(winner)}.")
