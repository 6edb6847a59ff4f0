"""What holds for every projector, whatever the evidence."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.laws import examples
from xproj_core.domain import Alignment, Evidence, Projection, Sentence, Span
from xproj_core.domain.errors import ProjectionError
from xproj_core.project import projectors
from xproj_core.project.base import tags_of
from xproj_core.project.explain import SHOWN
from xproj_core.project.nesting import sharing

NAMES = projectors.names()
REASONS = {
    "unaligned",
    "filtered",
    "collision",
    "no-candidate",
    "not-placed",
    "method",
    "outvoted",
}
VARIANTS: list[tuple[str, dict[str, object]]] = [(name, {}) for name in NAMES] + [
    ("seed-heuristic", {"merge_distance": 0, "length_ratio": 0.0}),
    ("elp", {"collisions": "overlap"}),
    ("thesis-heuristic", {"k": 0, "only_i": True}),
    ("min-max", {"comp_src": True, "comp_tgt": True, "restr_tgt": True}),
    ("min-max", {"comp_ins": True}),
    ("match-exact", {"cover": 1.0, "soft": True, "length_ratio": 0.5}),
    ("match-greedy", {"ties": "shorter", "max_words": 2}),
    ("match-exact", {"length_ratio": 0.6, "ratio_of": "characters"}),
    ("vote", {"how": "unanimous"}),
    ("vote", {"how": "weighted", "threshold": 0.1}),
]
FLAT = ("elp-published", "thesis-published")
"""They do as published code does, which knows no nested labels."""
every = pytest.mark.parametrize(("name", "options"), VARIANTS)


def sentence(length: int, language: str, spans: tuple[Span, ...] = ()) -> Sentence:
    return Sentence(tuple(f"{language}{n}" for n in range(length)), language, spans)


def evidence_of(source: Sentence, target: Sentence, alignment: Alignment | None) -> Evidence:
    return Evidence("given", source, target, alignment, (source, target), (alignment,))


@st.composite
def spans_over(draw: st.DrawFn, length: int) -> tuple[Span, ...]:
    """Disjoint spans in a sentence of `length` tokens."""
    cuts = sorted(draw(st.lists(st.integers(0, length), max_size=8, unique=True)))
    return tuple(
        Span(a, b, draw(st.sampled_from(("PER", "LOC"))))
        for a, b in zip(cuts[::2], cuts[1::2], strict=False)
    )


@st.composite
def any_spans(draw: st.DrawFn, length: int) -> tuple[Span, ...]:
    """Spans that may overlap and nest."""
    starts = st.tuples(st.integers(0, length - 1), st.integers(1, 3), st.sampled_from("PL"))
    drawn = draw(st.lists(starts, max_size=4, unique=True))
    return tuple(sorted({Span(a, min(length, a + n), y) for a, n, y in drawn}))


@st.composite
def any_evidence(draw: st.DrawFn, nested: bool = False) -> Evidence:
    """A labelled source, a target and any soft alignment between them."""
    n, m = draw(st.integers(1, 7)), draw(st.integers(1, 8))
    cells = st.tuples(st.integers(0, n - 1), st.integers(0, m - 1))
    links = draw(st.dictionaries(cells, st.floats(0.05, 1.0), max_size=14))
    alignment = Alignment.from_links(links, (n, m), links)
    spans = draw(any_spans(n) if nested else spans_over(n))
    return evidence_of(sentence(n, "en", spans), sentence(m, "sw"), alignment)


def project(name: str, options: dict[str, object], evidence: Evidence) -> Projection:
    return projectors.create(name, **options).project([evidence])[0]


@every
@given(evidence=st.one_of(any_evidence(), any_evidence(nested=True)))
@settings(max_examples=examples(60))
def test_entities_lie_on_the_target_apart_and_keep_their_labels(
    name: str, options: dict[str, object], evidence: Evidence
) -> None:
    projection = project(name, options, evidence)
    for entity in projection.entities:
        assert 0 <= entity.span.start < entity.span.end <= len(evidence.target)
        assert entity.trace.source in evidence.source.spans
        assert entity.span.label == entity.trace.source.label
    if name in FLAT or not sharing(evidence.source.spans):
        covered = [w for s in projection.spans for w in range(s.start, s.end)]
        assert len(set(covered)) == len(covered)
        assert len(tags_of(projection, len(evidence.target))) == len(evidence.target)


@every
@given(evidence=st.one_of(any_evidence(), any_evidence(nested=True)))
@settings(max_examples=examples(60))
def test_every_source_entity_is_projected_or_lost_once(
    name: str, options: dict[str, object], evidence: Evidence
) -> None:
    projection = project(name, options, evidence)
    placed = {entity.trace.source for entity in projection.entities}
    lost = [entity.source for entity in projection.lost]
    assert sorted([*placed, *lost]) == sorted(evidence.source.spans)  # type: ignore[type-var]


@every
@given(evidence=st.one_of(any_evidence(), any_evidence(nested=True)))
@settings(max_examples=examples(60))
def test_traces_tell_the_truth(name: str, options: dict[str, object], evidence: Evidence) -> None:
    projection = project(name, options, evidence)
    assert evidence.alignment is not None
    for trace in [*(e.trace for e in projection.entities), *(e.trace for e in projection.lost)]:
        source = trace.source
        assert source is not None
        assert 0.0 <= trace.confidence <= 1.0
        links = {(i, j) for i, j, _ in trace.links}
        assert links == {p for p in evidence.alignment.pairs() if p[0] in source}
        assert all(s == evidence.alignment.scores[i, j] for i, j, s in trace.links)
        scores = [c.score for c in trace.candidates]
        assert len(scores) <= SHOWN and scores == sorted(scores, reverse=True)
        assert trace.rule
    for lost in projection.lost:
        assert lost.reason in REASONS and lost.message.endswith(".")
        assert (lost.reason == "unaligned") == (not lost.trace.links)
        assert not any(c.verdict.startswith(("chosen", "kept")) for c in lost.trace.candidates)
    for entity in projection.entities:
        places = {(c.start, c.end): c.verdict for c in entity.trace.candidates}
        verdict = places.get((entity.span.start, entity.span.end))
        assert verdict is None or verdict.startswith(("chosen", "kept", "overlaps"))


@every
@given(data=st.data(), length=st.integers(1, 9))
@settings(max_examples=examples(60))
def test_the_identity_alignment_reproduces_the_source(
    name: str, options: dict[str, object], data: st.DataObject, length: int
) -> None:
    if options.get("max_words"):
        return  # a limit on length is there to break this
    spans = data.draw(spans_over(length))
    alignment = Alignment.from_links([(i, i) for i in range(length)], (length, length))
    evidence = evidence_of(sentence(length, "en", spans), sentence(length, "sw"), alignment)
    projection = project(name, options, evidence)
    assert projection.spans == spans
    assert projection.lost == ()
    assert all(entity.trace.confidence == 1.0 for entity in projection.entities)


@every
@given(evidence=any_evidence(), extra=st.integers(1, 3))
@settings(max_examples=examples(40))
def test_unaligned_words_at_the_ends_only_shift(
    name: str, options: dict[str, object], evidence: Evidence, extra: int
) -> None:
    assert evidence.alignment is not None
    n, m = evidence.alignment.shape
    scores = np.zeros((n + extra, m + 2 * extra))
    scores[extra:, extra : extra + m] = evidence.alignment.scores
    source = sentence(
        n + extra,
        "en",
        tuple(Span(s.start + extra, s.end + extra, s.label) for s in evidence.source.spans),
    )
    wider = evidence_of(source, sentence(m + 2 * extra, "sw"), Alignment(scores, scores > 0))
    moved = tuple(
        Span(s.start + extra, s.end + extra, s.label)
        for s in project(name, options, evidence).spans
    )
    assert project(name, options, wider).spans == moved


@every
@given(evidence=any_evidence(), rng=st.randoms(use_true_random=False))
@settings(max_examples=examples(40))
def test_source_words_outside_entities_do_not_matter(
    name: str, options: dict[str, object], evidence: Evidence, rng: object
) -> None:
    """Neither their links nor their order."""
    assert evidence.alignment is not None
    scores = evidence.alignment.scores.copy()
    outside = [i for i in range(len(scores)) if not any(i in s for s in evidence.source.spans)]
    shuffled = outside.copy()
    rng.shuffle(shuffled)  # type: ignore[attr-defined]
    scores[outside] = scores[shuffled]
    other = replace(evidence, alignment=Alignment(scores, scores > 0))
    assert project(name, options, other) == project(name, options, evidence)


@every
@given(several=st.lists(any_evidence(), max_size=4))
@settings(max_examples=examples(20))
def test_a_batch_is_its_parts(
    name: str, options: dict[str, object], several: list[Evidence]
) -> None:
    together = projectors.create(name, **options).project(several)
    assert together == [project(name, options, evidence) for evidence in several]


@pytest.mark.parametrize("name", NAMES)
def test_what_the_method_placed_passes_untouched(name: str) -> None:
    person, location = Span(0, 1, "PER"), Span(2, 3, "LOC")
    placed = ((Span(1, 3, "PER", 0.4), person), (Span(2, 4, "ORG"), None))
    evidence = Evidence(
        "markers",
        sentence(3, "en", (person, location)),
        sentence(4, "sw"),
        None,
        (),
        (),
        placed=placed,
    )
    projection = projectors.create(name).project([evidence])[0]
    assert [p.span for p in projection.entities] == [span for span, _ in placed]
    assert [p.trace.confidence for p in projection.entities] == [0.4, 1.0]
    assert [(lost.source, lost.reason) for lost in projection.lost] == [(location, "method")]


@pytest.mark.parametrize("name", NAMES)
def test_evidence_without_anything_to_go_by_is_an_error(name: str) -> None:
    evidence = evidence_of(sentence(1, "en", (Span(0, 1, "PER"),)), sentence(1, "sw"), None)
    with pytest.raises(ProjectionError, match="given gave neither an alignment nor placed"):
        projectors.create(name).project([evidence])


@pytest.mark.parametrize("name", NAMES)
def test_empty_sentences(name: str) -> None:
    empty = evidence_of(sentence(0, "en"), sentence(0, "sw"), Alignment.from_links([], (0, 0)))
    half = evidence_of(
        sentence(2, "en", (Span(0, 2, "PER"),)), sentence(0, "sw"), Alignment.from_links([], (2, 0))
    )
    first, second = projectors.create(name).project([empty, half])
    assert (first.entities, first.lost, second.entities) == ((), (), ())
    assert [lost.reason for lost in second.lost] == ["unaligned"]
    assert projectors.create(name).project([]) == []
