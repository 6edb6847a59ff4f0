"""No explanation contradicts the numbers that it stands beside, in any projector.

Every verdict, step and message has to be one of the sentences below, and what it claims has to
hold of the candidates' scores, lengths, places and links. A new sentence needs a line here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.laws import examples
from tests.unit.test_projector_laws import VARIANTS, any_spans, evidence_of, sentence, spans_over
from xproj_core.domain import (
    Alignment,
    Candidate,
    Evidence,
    Lost,
    Projected,
    Projection,
    Span,
    Trace,
)
from xproj_core.drawing import why, wording
from xproj_core.drawing.gold_cases import cases, explained
from xproj_core.evaluate.errors.taxonomy import Kind
from xproj_core.project import projectors
from xproj_core.project.explain import EQUAL, apart, compared, took
from xproj_core.project.vote import Vote

MORE: list[tuple[str, dict[str, object]]] = [
    ("match-exact", {"soft": True, "cover": 0.7, "max_words": 1}),
    ("match-greedy", {"ties": "leftmost", "threshold": 0.7}),
    ("match-greedy", {"ties": "leftmost"}),
    ("thesis-heuristic", {"k": 2, "d": 0, "keep": "shortest"}),
    ("thesis-heuristic", {"k": 1, "d": 0, "threshold": 0.4}),
    ("seed-heuristic", {"length_ratio": 0.0, "merge_distance": 0}),
    ("vote", {"how": "weighted", "threshold": 0.6}),
    ("vote", {"least": 0.6}),
    ("vote", {"projectors": "elp+min-max"}),
]
every = pytest.mark.parametrize(("name", "options"), [*VARIANTS, *MORE])


@st.composite
def evidence_with_ties(draw: st.DrawFn) -> Evidence:
    """Links that all weigh the same, few different weights, or any: most candidates are equal."""
    n, m = draw(st.integers(1, 7)), draw(st.integers(1, 9))
    cells = st.tuples(st.integers(0, n - 1), st.integers(0, m - 1))
    weights = draw(
        st.sampled_from((st.just(1.0), st.sampled_from((0.5, 0.504, 1.0)), st.floats(0.05, 1.0)))
    )
    links = draw(st.dictionaries(cells, weights, max_size=14))
    spans = draw(st.one_of(spans_over(n), any_spans(n)))
    alignment = Alignment.from_links(links, (n, m), links)
    return evidence_of(sentence(n, "en", spans), sentence(m, "sw"), alignment)


@dataclass(frozen=True)
class Told:
    """A sentence in its place: the trace, what it ended as, and the candidate it is about."""

    trace: Trace
    placed: tuple[Span, ...]
    projection: Projection
    evidence: Evidence
    projector: Any
    candidate: Candidate = Candidate(0, 0, 0.0)  # noqa: RUF009

    @property
    def source(self) -> Span:
        assert self.trace.source is not None
        return self.trace.source

    @property
    def size(self) -> int:
        return self.candidate.end - self.candidate.start

    @property
    def linked(self) -> set[int]:
        return {j for _, j, _ in self.trace.links}

    @property
    def kept(self) -> list[Candidate]:
        """The candidates that this entity has got, or had until an equal one was there."""
        got = ("chosen", "kept", "the label is there already")
        return [c for c in self.trace.candidates if c.verdict.startswith(got)]

    @property
    def equalled(self) -> bool:
        """True where it was lost, as another of its label came to the same words."""
        lost = [x for x in self.projection.lost if x.source == self.trace.source]
        return any("with the same label" in x.message for x in lost)

    def scoring(self, words: str) -> list[Candidate]:
        """The candidates that are written so."""
        return [c for c in self.trace.candidates if self.words(c.start, c.end) == words]

    def words(self, start: int, end: int) -> str:
        return " ".join(self.evidence.target.tokens[start:end])

    def has(self, text: str) -> set[int]:
        """The words of the entities named in "'a b' PER and 'c' LOC", by source or target words.

        Of one that lost them again to a third, what it could have had.
        """
        held: set[int] = set()
        named = set(re.findall(r"'([^']*)' (\w+)", text))
        for p in self.projection.entities:
            if {(self.words(p.span.start, p.span.end), p.span.label), *self._origin(p)} & named:
                held.update(range(p.span.start, p.span.end))
        for x in self.projection.lost:
            if self._origin(x) & named:
                held.update(w for c in x.trace.candidates for w in range(c.start, c.end))
        return held

    def _origin(self, entity: Projected | Lost) -> set[tuple[str, str]]:
        source = entity.trace.source
        return {(" ".join(self.evidence.source.words(source)), source.label)} if source else set()


def _only(told: Told) -> Candidate:
    (kept,) = told.kept
    return kept


def _highest(t: Told) -> bool:
    return all(t.candidate.score >= c.score - EQUAL for c in t.trace.candidates)


def _better(t: Told) -> list[Candidate]:
    return [c for c in t.trace.candidates if c.score > t.candidate.score + EQUAL]


def _same_score(t: Told) -> list[Candidate]:
    return [
        c
        for c in t.trace.candidates
        if c is not t.candidate and abs(c.score - t.candidate.score) <= EQUAL
    ]


def _overlaps(t: Told, who: str) -> bool:
    return bool(t.has(who) & set(range(t.candidate.start, t.candidate.end)))


def _tie(t: Told, shape: str) -> bool:
    own = _only(t)
    longer = t.size - (own.end - own.start)
    shapes = {"longer": longer > 0, "shorter": longer < 0}
    shapes["as long, further right"] = not longer and t.candidate.start > own.start
    shapes["as long, further left"] = not longer and t.candidate.start < own.start
    return abs(t.candidate.score - own.score) <= EQUAL and shapes[shape]


def _less(t: Told) -> bool:
    return t.candidate.score < _only(t).score - EQUAL


def _extra(t: Told) -> set[int]:
    own = _only(t)
    return set(range(t.candidate.start, t.candidate.end)) - set(range(own.start, own.end))


def _missing(t: Told) -> set[int]:
    own = _only(t)
    return set(range(own.start, own.end)) - set(range(t.candidate.start, t.candidate.end))


def _votes(t: Told, n: str, of: str) -> bool:
    return int(n) == len(t.candidate.parts) and int(of) == len(t.projector.voters)


def _sizes(t: Told) -> list[int]:
    return [c.end - c.start for c in t.trace.candidates]


def _longest_kept(t: Told) -> int:
    return max((c.end - c.start for c in t.kept), default=max(_sizes(t)))


VERDICTS: list[tuple[str, Callable[..., bool]]] = [
    (
        r"the label is there already, from (.*)",
        lambda t, who: (
            bool(t.has(who))
            and (t.candidate.start, t.candidate.end, t.source.label)
            in {(s.start, s.end, s.label) for s in t.projection.spans}
        ),
    ),
    (r"chosen: highest score", lambda t: _highest(t) and not _same_score(t)),
    (
        r"chosen: highest score, as (\d+) others? have",
        lambda t, n: _highest(t) and 0 < len(_same_score(t)) <= int(n),
    ),
    (r"chosen: highest score within the limits", lambda t: bool(_better(t))),
    (
        r"chosen: (best of what was free|best total without overlap)",
        lambda t, _: any("overlaps" in c.verdict for c in _better(t)),
    ),
    (r"scores the same, (.*)", _tie),
    (r"scores no more than ([\d.]+)", lambda t, n: t.candidate.score <= float(n)),
    (
        r"longer by (\d+) unlinked words?",
        lambda t, n: _less(t) and not _missing(t) and len(_extra(t) - t.linked) == int(n),
    ),
    (
        r"leaves out (\d+) linked words?",
        lambda t, n: _less(t) and not _extra(t) and len(_missing(t) & t.linked) == int(n),
    ),
    (r"elsewhere, scores less( by less than .01)?", lambda t, _: _less(t) and len(_extra(t)) > 0),
    (
        r"scores less( by less than .01)?",
        lambda t, near: (
            _less(t) and bool(near) == (f"{t.candidate.score:.2f}" == f"{_only(t).score:.2f}")
        ),
    ),
    (
        r"overlaps (.*?)(?:, (a shorter entity|as long and placed before it))?",
        lambda t, who, _: _overlaps(t, who),
    ),
    (r"changed places with (.*)", lambda t, who: bool(t.has(who))),
    (r"united with (.*)", lambda t, who: True),
    (r"chosen: united with another entity", lambda t: bool(t.placed)),
    (
        r"is at most ([\d.]+) of the (letters of the )?(\d+) source words?",
        lambda t, r, letters, n: (
            int(n) == len(t.source) and (bool(letters) or t.size / len(t.source) <= float(r))
        ),
    ),
    (
        r"at most ([\d.]+) of (\d+) source words?",
        lambda t, r, n: int(n) == len(t.source) and t.size / int(n) <= float(r),
    ),
    (
        r"kept: longer than the limit",
        lambda t: t.size / len(t.source) > t.projector.length_ratio,
    ),
    (r"kept", lambda t: bool(t.placed)),
    (r"chosen: its words are free", lambda t: bool(t.placed)),
    (r"chosen: longest run", lambda t: t.size == max(_sizes(t))),
    (
        r"chosen: first( to last)? linked word",
        lambda t, last: (
            t.candidate.start == min(t.linked)
            and t.candidate.end == (max(t.linked) + 1 if last else min(t.linked) + 1)
        ),
    ),
    (r"dropped .*", lambda t: not t.placed),
    (r"not chosen", lambda t: False),
    (r"shorter", lambda t: t.size < max(_sizes(t))),
    (r"longer", lambda t: t.size > min(_sizes(t))),
    (
        r"as long, but further right",
        lambda t: any(
            c.start < t.candidate.start and c.end - c.start == t.size for c in t.trace.candidates
        ),
    ),
    (
        r"(?:as \w+: )?(?:chosen: )?(\d+) of (\d+) votes(?: \(([\d.]+)\))?(?:, (.*))?",
        lambda t, n, of, part, rest: (
            _votes(t, n, of)
            and (part is None or float(part) == pytest.approx(t.candidate.score, abs=0.0051))
            and _rest(t, n, of, rest)
        ),
    ),
]


def _rest(t: Told, n: str, of: str, rest: str | None) -> bool:
    """What is said after the number of votes."""
    if rest is None:
        return True
    if rest == "all needed":
        return int(n) < int(of)
    if rest == "more than half needed":
        return int(n) <= int(of) / 2
    if found := re.fullmatch(r"more than ([\d.]+) needed", rest):
        return t.candidate.score <= float(found[1]) + EQUAL
    if found := re.fullmatch(r"mean confidence ([\d.]+), at least ([\d.]+) needed", rest):
        return float(found[1]) < float(found[2])
    if found := re.fullmatch(r"in the way of (.*)", rest):
        return bool(found[1])
    return rest == "as another entity"


def _alone_on_top(t: Told, words: str, near: str | None) -> bool:
    own = _only(t)
    others = [c.score for c in t.trace.candidates if c is not own]
    written = f"{own.score:.2f}"
    return (
        own in t.scoring(words)
        and all(score < own.score - EQUAL for score in others)
        and bool(near) == any(f"{score:.2f}" == written for score in others)
    )


def _on_top_with_others(t: Told, words: str, n: str, rank: str | None) -> bool:
    own = _only(t)
    others = [c for c in t.trace.candidates if c is not own]
    same = [c for c in others if abs(c.score - own.score) <= EQUAL]
    longer = {(c.end - c.start) - (own.end - own.start) for c in same}
    return (
        own in t.scoring(words)
        and all(c.score <= own.score + EQUAL for c in others)
        and 0 < len(same) <= int(n)
        and (rank != "longest" or max(longer) < 0)
        and (rank != "shortest" or min(longer) > 0)
    )


def _best_of_the_rest(t: Told, rival: str, _: str | None, verdict: str, words: str) -> bool:
    own = _only(t)
    rivals = [c for c in t.scoring(rival) if c.score > own.score + EQUAL]
    return own in t.scoring(words) and any(c.verdict == verdict for c in rivals)


STEPS: list[tuple[str, Callable[..., bool]]] = [
    (
        r"(\d+) linked words?, (\d+) candidates? weighed\.",
        lambda t, n, k: int(n) == len(t.linked) and int(k) >= len(t.trace.candidates),
    ),
    (r"'(.*)' is the only one\.", lambda t, _: len(t.trace.candidates) == 1),
    (r"'(.*)' has the highest score(, by less than .01)?\.", lambda t, *w: _alone_on_top(t, *w)),
    (
        r"'(.*)' has the highest score; (\d+) others? scores? the same\."
        r"(?: It is the (longest|shortest)\.)?",
        lambda t, *w: _on_top_with_others(t, *w),
    ),
    (
        r"'(.*)' scores more( by less than .01)? but (.*); '(.*)' is the best of the rest\.",
        lambda t, *w: _best_of_the_rest(t, *w),
    ),
    (r"(\d+) linked words? in (\d+) runs?\.", lambda t, n, _: int(n) <= len(t.linked)),
    (r"Joined across (\d+) unlinked words?: (\d+) runs? left\.", lambda t, *_: True),
    (
        r"Kept: (\d+) runs? longer than [\d.]+ of (\d+) source words?\.",
        lambda t, _, n: int(n) == len(t.source),
    ),
    (r"Kept: the longest, (\d+) words?\.", lambda t, n: int(n) == max(_sizes(t))),
    (r"Of these, the (longest|shortest): (\d+) runs?\.", lambda t, *_: True),
    (r"Left out: \d+ linked punctuation marks?\.", lambda t: True),
    (r"United with .*, which has the same label and .*\.", lambda t: True),
    (
        r"(.*) took some of its words\.",
        lambda t, who: bool(t.placed or t.equalled) and bool(t.has(who)),
    ),
    (
        r"(\d+) linked words?, (?:(\d+) unlinked words?|no unlinked word) in between\.",
        lambda t, n, gaps: (
            int(n) == len(t.linked)
            and int(gaps or 0) == max(t.linked) + 1 - min(t.linked) - len(t.linked)
        ),
    ),
    (r"RESTR-TGT: one source word, so only the first target word\.", lambda t: len(t.source) == 1),
    (r"Wanted by .*; the confidence of each in brackets\.", lambda t: True),
    (r"[\w-]+ has (.*) there\.", lambda t, _: True),
    (r"[\w-]+: (.*)", lambda t, _: not t.placed),
]


def _too_short(t: Told, n: str, ratio: str, size: str) -> bool:
    own = int(size) == len(t.source) and int(n) == max(_sizes(t))
    return own and int(n) / int(size) <= float(ratio)


MESSAGES: list[tuple[str, Callable[..., bool]]] = [
    (r"(.*) came to '.*' with the same label\.", lambda t, who: bool(t.has(who))),
    (
        r"No voter placed it\. ([^:]*): (.*)",
        lambda t, names, why: all(f"{n}: {why}" in t.trace.steps for n in names.split(" and ")),
    ),
    (r"No word of '.*' is linked to the .* sentence\.", lambda t: not t.linked),
    (
        r"(.*) took its words(?:: '(.*)' had .* votes.*)?\.",
        lambda t, who, place: (
            bool(t.has(who)) and (place is None or t.scoring(place)[0] is t.trace.candidates[0])
        ),
    ),
    (r"It changed places with (.*), which is not shorter\.", lambda t, who: bool(t.has(who))),
    (r"It was united with (.*), which has the same label and .*\.", lambda t, _: True),
    (
        r"Its best candidate '(.*)' \(([\d.]+)\) (.*)\.",
        lambda t, words, score, verdict: (
            (best := t.trace.candidates[0]) in t.scoring(words)
            and f"{best.score:.2f}" == score
            and best.verdict == verdict
        ),
    ),
    (r"Its run of (\d+) words? is at most ([\d.]+) of the (\d+) source words?\.", _too_short),
    (
        r"The longest of its runs, of (\d+) words?,"
        r" is at most ([\d.]+) of the (\d+) source words?\.",
        _too_short,
    ),
    (
        r"COMP-SRC: its word '(.*)' has no link\.",
        lambda t, word: (
            t.evidence.source.tokens.index(word) not in {i for i, _, _ in t.trace.links}
        ),
    ),
    (
        r"COMP-TGT: its linked words are (\d+) runs, not one\.",
        lambda t, n: 1 < int(n) <= len(t.linked),
    ),
    (r"COMP-INS dropped the sentence: .*\.", lambda t: not t.projection.entities),
    (
        r"Its best place '(.*)': (.*)\.",
        lambda t, words, verdict: (
            t.scoring(words)[0] is t.trace.candidates[0]
            and t.trace.candidates[0].verdict == verdict
        ),
    ),
    (
        r"'(.*)' came of another entity for (more|as many) voters\.",
        lambda t, words, _: any(
            " ".join(words.split()) == t.words(p.span.start, p.span.end)
            for p in t.projection.entities
        ),
    ),
]


def _holds(text: str, table: list[tuple[str, Callable[..., bool]]], told: Told) -> bool:
    for pattern, check in table:
        if match := re.fullmatch(pattern, text):
            assert check(told, *match.groups()), (text, told.candidate, told.trace)
            return True
    raise AssertionError(f"nothing here says when this is true: {text!r}")


@every
@given(evidence=evidence_with_ties())
@settings(max_examples=examples(120), deadline=None)
def test_what_is_said_holds_of_the_numbers(
    name: str, options: dict[str, object], evidence: Evidence
) -> None:
    projector = projectors.create(name, **options)
    (projection,) = projector.project([evidence])
    for trace in [*(e.trace for e in projection.entities), *(x.trace for x in projection.lost)]:
        placed = tuple(p.span for p in projection.entities if p.trace.source == trace.source)
        told = Told(trace, placed, projection, evidence, projector)
        for candidate in trace.candidates:
            about = Told(trace, placed, projection, evidence, projector, candidate)
            _holds(candidate.verdict, VERDICTS, about)
            if candidate.verdict.startswith(("chosen", "kept")):
                run = range(candidate.start, candidate.end)
                assert any(set(run) & set(range(s.start, s.end)) for s in placed)
        for step in trace.steps:
            _holds(step, STEPS, told)
    for lost in projection.lost:
        _holds(lost.message, MESSAGES, Told(lost.trace, (), projection, evidence, projector))


@every
@given(evidence=evidence_with_ties())
@settings(max_examples=examples(60), deadline=None)
def test_the_chosen_candidate_is_always_shown(
    name: str, options: dict[str, object], evidence: Evidence
) -> None:
    if isinstance(projectors.create(name, **options), Vote) or "match" not in name:
        return
    (projection,) = projectors.create(name, **options).project([evidence])
    for k, entity in enumerate(projection.entities):
        chosen = [c for c in entity.trace.candidates if c.verdict.startswith("chosen")]
        assert [(c.start, c.end) for c in chosen] == [(entity.span.start, entity.span.end)]
        above = [c for c in entity.trace.candidates if c.score > chosen[0].score + EQUAL]
        facts = why.placed("direct", k, entity, evidence)["facts"]
        if above:
            assert "scores" in facts and "more" in facts and "runner-up" not in facts
        elif "runner-up" in facts:
            others = [c.score for c in entity.trace.candidates if c is not chosen[0]]
            assert wording.decimal(chosen[0].score - max(others)) in facts


@every
@given(evidence=evidence_with_ties(), data=st.data())
@settings(max_examples=examples(60), deadline=None)
def test_opening_and_steps_agree_with_links_places_and_gold(
    name: str, options: dict[str, object], evidence: Evidence, data: st.DataObject
) -> None:
    (projection,) = projectors.create(name, **options).project([evidence])
    gold = data.draw(spans_over(len(evidence.target)))
    gold_cases = cases("direct", evidence, projection, gold)
    views = explained("direct", evidence, projection, gold_cases)
    entities: list[Projected | Lost] = [*projection.entities, *projection.lost]
    for view, entity in zip(views, entities, strict=False):
        stages = {s["name"]: s for s in view["stages"]}
        assert list(stages) == ["translate", "tag", "link", "place"]
        failed = [s["step"] for s in view["stages"] if s["state"] == "failed"]
        if stages["link"]["state"] == "done":
            assert int(stages["link"]["text"].split()[0].replace("no", "0")) == len(view["links"])
        if isinstance(entity, Lost):
            assert len(failed) == 1 or "guideline" in view["opening"]
            assert failed != ["alignment"] or gold_cases or not view["links"]
            continue
        span, linked = entity.span, {j for _, j, _ in entity.trace.links}
        (own,) = [c for c in gold_cases if c.predicted == span]
        assert (not view["reason"]) == (own.kind is Kind.CORRECT) == (span in gold)
        assert failed == ([] if own.kind in (Kind.CORRECT, Kind.GUIDELINE) else [own.step])
        covered = set(range(span.start, span.end))
        assert ("exactly the words" in view["opening"]) == (linked == covered)
        assert ("leaves out" in view["opening"]) == bool(linked - covered)
        assert f"is {span.label} because" in view["opening"]


@given(a=st.floats(0, 3), b=st.floats(0, 3))
def test_equal_is_called_equal(a: float, b: float) -> None:
    said = compared(a, b)
    assert (said == "scores the same") == (abs(a - b) <= EQUAL)
    assert ("more" in said) == (a - b > EQUAL)
    assert ("less than .01" in said) == (said != "scores the same" and f"{a:.2f}" == f"{b:.2f}")
    first, second = apart(a, b)
    assert first != second or abs(a - b) < 1e-8


def test_who_took_the_words_is_said_in_one_place() -> None:
    from pathlib import Path

    folder = Path(took.__code__.co_filename).parent
    places = [
        p.name
        for p in folder.glob("*.py")
        if re.search(r"took (\{what|its |some )", p.read_text("utf-8"))
    ]
    assert places == ["explain.py"]
