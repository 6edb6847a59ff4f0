"""How projectors say what they did: a `Draft` per source entity becomes its traces.

Confidence is the same for all projectors, so that it can be compared between them. With
w(i, j) the score of a link, 0 where nothing is linked, e the source words and p the target words,

    confidence = (sum over i in e of max over j in p of w  +  sum over j in p of max over i in e
                  of w) / (|e| + |p|)

which is Dice's coefficient of the linked words when every link scores 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from xproj_core.domain import Candidate, Evidence, Lost, Projected, Sentence, Span, Trace, languages
from xproj_core.domain.errors import LanguageError
from xproj_core.project.words import Run
from xproj_core.text.strings import counted

SHOWN = 8  # candidates in a trace
Link = tuple[int, int, float]
"""Source token, target token, score."""
EQUAL = 1e-9  # scores that differ by no more are the same, as `solve` takes them


@dataclass(slots=True)
class Draft:
    """What becomes of one source entity while a projector works.

    Attributes:
        words: target words linked to it, ascending.
        candidates: what was weighed, best first.
        claims: the target runs that it is to get.
        verdicts: for a run, why it was or was not taken.
        loss: reason code and message, once it is known that it lands nowhere.
    """

    source: Span
    words: list[int]
    rule: str = ""
    candidates: list[Candidate] = field(default_factory=list)
    claims: list[Run] = field(default_factory=list)
    verdicts: dict[Run, str] = field(default_factory=dict)
    steps: list[str] = field(default_factory=list)
    loss: tuple[str, str] | None = None

    def lose(self, reason: str, message: str, verdict: str = "") -> None:
        """It lands nowhere; the first reason given is the one that counts.

        With a `verdict`, every run that was chosen, or was claimed, gets that one instead.
        """
        if verdict:
            chosen = [
                run
                for run, old_verdict in self.verdicts.items()
                if old_verdict.startswith("chosen")
            ]
            self.verdicts.update(dict.fromkeys([*chosen, *self.claims], verdict))
        self.claims = []
        self.loss = self.loss or (reason, message)

    def consider(self, runs: Sequence[Run]) -> None:
        """Weigh runs by their length in proportion to the source entity's, longest first."""
        size = len(self.source)
        self.candidates = [
            Candidate(a, b, (b - a) / size, {"words": float(b - a)})
            for a, b in sorted(runs, key=lambda run: (run[0] - run[1], run[0]))
        ]


@lru_cache(maxsize=256)
def _glue(language: str) -> str:
    try:
        return "" if languages.is_unspaced(language) else " "
    except LanguageError:
        return " "


@lru_cache(maxsize=256)
def _language(code: str) -> str:
    try:
        return "target" if code == "und" else languages.name(code)
    except LanguageError:
        return "target"


def quote(sentence: Sentence, start: int, end: int) -> str:
    """The words [start, end) in quotes."""
    return f"'{_glue(sentence.language).join(sentence.tokens[start:end])}'"


def entity(sentence: Sentence, span: Span) -> str:
    """A labelled span for a reader: 'Lagos' LOC."""
    return f"{quote(sentence, span.start, span.end)} {span.label}"


def took(winner: str, what: str = "its words") -> str:
    """What is said of an entity whose words went to `winner`; no full stop."""
    return f"{winner} took {what}"


def compared(score: float, other: float) -> str:
    """How `score` stands to `other`, as a reader sees both with two decimals."""
    if abs(score - other) <= EQUAL:
        return "scores the same"
    word = "more" if score > other else "less"
    slightly = " by less than .01" if f"{score:.2f}" == f"{other:.2f}" else ""
    return f"scores {word}{slightly}"


def apart(first: float, second: float) -> tuple[str, str]:
    """Both numbers with two decimals, or as many as it takes to tell them apart."""
    for digits in range(2, 10):
        told = f"{first:.{digits}f}", f"{second:.{digits}f}"
        if told[0] != told[1]:
            return told
    return f"{first:.2f}", f"{second:.2f}"


def unaligned(draft: Draft, evidence: Evidence) -> None:
    """Lose the entity for want of links."""
    words = quote(evidence.source, draft.source.start, draft.source.end)
    language = _language(evidence.target.language)
    draft.lose("unaligned", f"No word of {words} is linked to the {language} sentence.")


def confidence(entity_links: Sequence[Link], size: int, start: int, end: int) -> float:
    """How well an entity's links tie its `size` words to the target words [start, end); see above.

    They are few, so that going through them is quicker than cutting out a matrix.
    """
    best_of_source: dict[int, float] = {}
    best_of_target: dict[int, float] = {}
    for i, j, score in entity_links:
        if start <= j < end:
            best_of_source[i] = max(score, best_of_source.get(i, 0.0))
            best_of_target[j] = max(score, best_of_target.get(j, 0.0))
    total = sum(best_of_target.values()) + sum(best_of_source.values())
    return min(1.0, max(0.0, total / (size + end - start)))


def links(evidence: Evidence, source: Span) -> tuple[Link, ...]:
    """The links of an entity's words: (source token, target token, score)."""
    if evidence.alignment is None:
        return ()
    part = slice(source.start, source.end)
    # flat, since NumPy takes twice as long over two dimensions
    cells = evidence.alignment.links[part].ravel().nonzero()[0]
    scores = evidence.alignment.scores[part].ravel()[cells].tolist()
    width, first = evidence.alignment.links.shape[1], source.start
    return tuple(
        (first + cell // width, cell % width, score)
        for cell, score in zip(cells.tolist(), scores, strict=True)
    )


def _margin(draft: Draft, start: int, end: int) -> float | None:
    if len(draft.candidates) < 2:
        return None
    chosen = [c.score for c in draft.candidates if (c.start, c.end) == (start, end)]
    others = [c.score for c in draft.candidates if (c.start, c.end) not in draft.claims]
    return chosen[0] - max(others) if chosen and others else None


def _trace(
    draft: Draft, entity_links: tuple[Link, ...], sure: float = 0.0, margin: float | None = None
) -> Trace:
    shown = draft.candidates[:SHOWN]
    if draft.verdicts:
        verdicts = draft.verdicts
        shown = [
            Candidate(c.start, c.end, c.score, c.parts, verdicts.get((c.start, c.end), c.verdict))
            for c in shown
        ]
    return Trace(
        source=draft.source,
        links=entity_links,
        candidates=tuple(shown),
        rule=draft.rule,
        confidence=sure,
        margin=margin,
        steps=tuple(draft.steps),
    )


def projected(
    draft: Draft, evidence: Evidence, spans: Sequence[Span] | None = None
) -> list[Projected]:
    """The entity on the target, once per claim, or as `spans` where those differ from them."""
    if spans is None:
        spans = [Span(a, b, draft.source.label) for a, b in draft.claims]
    entities = []
    entity_links = links(evidence, draft.source)
    for start, end, label in ((s.start, s.end, s.label) for s in spans):
        sure = confidence(entity_links, len(draft.source), start, end)
        trace = _trace(draft, entity_links, sure, _margin(draft, start, end))
        entities.append(Projected(Span(start, end, label, sure), trace))
    return entities


def lost(draft: Draft, evidence: Evidence) -> Lost:
    """The entity that landed nowhere, with its reason."""
    reason, message = draft.loss or ("not-placed", "No rule placed it.")
    return Lost(draft.source, reason, message, _trace(draft, links(evidence, draft.source)))


def joined(draft: Draft, linked_runs: Sequence[Run], merged: Sequence[Run]) -> None:
    """Tell how the linked words fell into runs, and what was joined."""
    draft.steps.append(
        f"{counted(len(draft.words), 'linked word')} in {counted(len(linked_runs), 'run')}."
    )
    if len(merged) < len(linked_runs):
        filled = sum(b - a for a, b in merged) - sum(b - a for a, b in linked_runs)
        draft.steps.append(
            f"Joined across {counted(filled, 'unlinked word')}: {counted(len(merged), 'run')} left."
        )
