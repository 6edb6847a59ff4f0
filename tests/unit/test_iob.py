"""Tags to spans and back, next to seqeval's reading."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from seqeval.metrics.sequence_labeling import get_entities
from seqeval.scheme import IOB2, Entities

from xproj_core.domain import Span
from xproj_core.domain.errors import InputError
from xproj_core.formats import iob

tag_sequences = st.lists(st.sampled_from(["O", "B-PER", "I-PER", "B-LOC", "I-LOC"]), max_size=14)


@st.composite
def labelled(draw: st.DrawFn) -> tuple[tuple[Span, ...], int]:
    """Disjoint spans and a sentence length that holds them."""
    cuts = draw(st.lists(st.integers(0, 30), max_size=12, unique=True).map(sorted))
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    spans = [Span(a, b, draw(st.sampled_from("PER LOC ORG".split()))) for a, b in pairs]
    return tuple(spans), draw(st.integers(cuts[-1] if cuts else 0, 40))


@given(labelled())
def test_tags_then_spans_is_the_identity(case: tuple[tuple[Span, ...], int]) -> None:
    spans, length = case
    tags = iob.tags(spans, length)
    assert iob.orphans(tags) == ()
    assert iob.spans(tags, "conll") == iob.spans(tags, "strict") == spans


@given(tag_sequences)
def test_conll_reading_is_seqevals_default(tags: list[str]) -> None:
    expected = [(start, end + 1, label) for label, start, end in get_entities(tags)]
    assert [(s.start, s.end, s.label) for s in iob.spans(tags, "conll")] == expected


@given(tag_sequences)
def test_strict_reading_is_seqevals_strict_iob2(tags: list[str]) -> None:
    entities = Entities([tags], IOB2).entities[0] if tags else []
    expected = [(e.start, e.end, e.tag) for e in entities]
    assert [(s.start, s.end, s.label) for s in iob.spans(tags, "strict")] == expected


@given(tag_sequences)
def test_the_readings_differ_exactly_where_there_are_orphans(tags: list[str]) -> None:
    same = iob.spans(tags, "conll") == iob.spans(tags, "strict")
    assert same == (not iob.orphans(tags))


@pytest.mark.parametrize("tag", ["", "B", "B-", "PER", "S-PER", "o", "I_PER"])
def test_other_tags_are_refused_by_name(tag: str) -> None:
    with pytest.raises(InputError, match="not an IOB2 tag"):
        iob.spans(["O", tag])


def test_overlapping_spans_cannot_be_written() -> None:
    with pytest.raises(InputError, match=r"share a token.*LOC \[1, 3\).*PER \[0, 2\)"):
        iob.tags([Span(0, 2, "PER"), Span(1, 3, "LOC")], 4)
    with pytest.raises(InputError, match="ends after the last of 2 tokens"):
        iob.tags([Span(1, 3, "LOC")], 2)
