"""Every as-published projector does what its published rule, written out plainly, does."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.laws import examples
from tests.published import bambara, needs
from tests.published_rules import (
    Tags,
    elp_runs,
    min_max_tags,
    ngram_tags,
    seed_tags,
    thesis_tags,
    write,
)
from xproj_core.domain import Alignment, Evidence, Sentence, Span
from xproj_core.project import projectors
from xproj_core.project.base import tags_of

WORDS = ("Yahoo", "!", "?", "Yahoo!", "?!", ".", "of")
NGRAMS = {"ties": "leftmost", "exclude_marks": True}


def ours(evidence: Evidence, name: str, **options: object) -> Tags:
    [projection] = projectors.create(name, **options).project([evidence])
    return list(tags_of(projection, len(evidence.target)))


@st.composite
def labelled_pairs(draw: st.DrawFn) -> Evidence:
    """Disjoint source entities, any links, a target with marks among its words."""
    n, m = draw(st.integers(1, 7)), draw(st.integers(1, 9))
    links = draw(st.sets(st.tuples(st.integers(0, n - 1), st.integers(0, m - 1)), max_size=22))
    cuts = sorted(draw(st.sets(st.integers(0, n), max_size=6)))
    spans = tuple(
        Span(a, b, draw(st.sampled_from(("PER", "LOC"))))
        for a, b in zip(cuts[::2], cuts[1::2], strict=False)
    )
    source = Sentence(tuple(f"s{k}" for k in range(n)), "en", spans)
    target = Sentence(tuple(draw(st.sampled_from(WORDS)) for _ in range(m)), "sw")
    alignment = Alignment.from_links(sorted(links), (n, m))
    return Evidence("given", source, target, alignment, (source, target), (alignment,))


def meeting() -> Evidence:
    """Two runs that grow until they share a word: the published code writes both."""
    source = Sentence(("a", "b", "c"), "en", (Span(0, 3, "PER"),))
    target = Sentence(("w", "x", "y", "z"), "sw")
    alignment = Alignment.from_links([(0, 0), (1, 2), (2, 1)], (3, 4))
    return Evidence("given", source, target, alignment, (source, target), (alignment,))


@given(
    evidence=labelled_pairs(),
    distance=st.integers(0, 4),
    threshold=st.sampled_from((0.0, 0.3, 0.5, 0.8, 1.0)),
)
@example(evidence=meeting(), distance=0, threshold=0.0)
@settings(max_examples=examples(400))
def test_the_seed_heuristic_at_any_setting(
    evidence: Evidence, distance: int, threshold: float
) -> None:
    expected = seed_tags(evidence, threshold, distance)
    options = {"length_ratio": threshold, "merge_distance": distance}
    assert ours(evidence, "seed-heuristic", **options) == expected


def test_runs_that_meet_are_written_one_over_another() -> None:
    assert seed_tags(meeting(), 0.0, 0) == ["B-PER", "B-PER", "I-PER", "O"]
    assert seed_tags(meeting(), 0.0, 1) == ["B-PER", "I-PER", "I-PER", "O"]


@given(evidence=labelled_pairs())
@settings(max_examples=examples(300))
def test_the_thesis_code_and_its_defaults(evidence: Evidence) -> None:
    assert ours(evidence, "thesis-published") == thesis_tags(evidence)


@given(evidence=labelled_pairs())
@settings(max_examples=examples(200))
def test_ngram_candidates_taken_greedily(evidence: Evidence) -> None:
    assert ours(evidence, "match-greedy", **NGRAMS) == ngram_tags(evidence)


@given(evidence=labelled_pairs())
@settings(max_examples=examples(200))
def test_easy_label_projection_before_collisions(evidence: Evidence) -> None:
    """With one entity there is nothing to collide with."""
    first = evidence.source.labelled(evidence.source.spans[:1])
    alone = Evidence("given", first, evidence.target, evidence.alignment, (), ())
    expected = ["O"] * len(alone.target)
    for (start, end), label in elp_runs(alone):
        write(expected, start, end, label)
    assert ours(alone, "elp-published") == expected


@needs("bambara-chain")
@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("seed-heuristic", seed_tags),
        ("thesis-published", thesis_tags),
        ("min-max", min_max_tags),
    ],
)
def test_the_same_tags_on_bambara(name: str, rule: Callable[[Evidence], Tags]) -> None:
    evidence, _ = bambara()
    projections = projectors.create(name).project(evidence)
    for one, projection in zip(evidence, projections, strict=True):
        assert list(tags_of(projection, len(one.target))) == rule(one)
