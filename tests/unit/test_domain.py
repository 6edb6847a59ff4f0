"""The domain refuses what cannot be."""

from __future__ import annotations

import numpy as np
import pytest

from xproj_core.domain import Alignment, Evidence, Sentence, Span
from xproj_core.domain.errors import InputError, LanguageError, ProjectionError
from xproj_core.domain.languages import (
    direction,
    is_unspaced,
    name,
    nllb_code,
    normalise,
)
from xproj_core.domain.overlap import disagreements, lanes


def test_spans_are_half_open_and_never_empty() -> None:
    span = Span(1, 3, "PER")
    assert len(span) == 2 and 1 in span and 3 not in span
    assert not span.overlaps(Span(3, 4, "PER"))
    with pytest.raises(InputError, match="at least one token"):
        Span(2, 2, "PER")


def test_a_sentence_refuses_spans_beyond_its_end() -> None:
    with pytest.raises(InputError, match="after the last of 2 tokens"):
        Sentence(("a", "b"), "en", (Span(1, 3, "LOC"),))


def test_alignment_names_the_link_that_does_not_fit() -> None:
    with pytest.raises(ProjectionError, match="2-0 does not fit"):
        Alignment.from_links([(2, 0)], (2, 2))


def test_alignments_cannot_be_changed_after_the_fact() -> None:
    alignment = Alignment.from_links([(0, 1)], (1, 2))
    with pytest.raises(ValueError, match="read-only"):
        alignment.scores[0, 0] = 1.0
    assert alignment.transposed().pairs() == [(1, 0)]


def test_evidence_refuses_an_alignment_of_other_sentences() -> None:
    sentence = Sentence(("a",), "en")
    with pytest.raises(ProjectionError, match="2 x 1"):
        Evidence(
            "direct",
            sentence,
            sentence,
            Alignment(np.ones((2, 1)), np.ones((2, 1), bool)),
            (sentence, sentence),
            (),
        )


def test_disagreements_see_label_and_boundary() -> None:
    tracks = {
        "a": [Span(0, 2, "PER"), Span(3, 4, "LOC")],
        "b": [Span(0, 1, "PER"), Span(3, 4, "LOC")],
    }
    assert disagreements(tracks, 5) == {0, 1}
    assert disagreements({"a": [Span(0, 1, "PER")], "b": [Span(0, 1, "ORG")]}, 2) == {0}
    assert disagreements({}, 3) == disagreements({"a": []}, 3) == frozenset()


def test_lanes_keep_overlapping_spans_apart() -> None:
    spans = [Span(0, 5, "ORG"), Span(2, 3, "LOC"), Span(3, 6, "PER"), Span(6, 7, "LOC")]
    chosen = lanes(spans)
    assert chosen == (0, 1, 1, 0)


@pytest.mark.parametrize(
    ("typed", "code", "nllb"),
    [
        ("deu", "de", "deu_Latn"),
        ("swa", "sw", "swh_Latn"),
        ("bam_Latn", "bm", "bam_Latn"),
        ("zh-TW", "zh-Hant", "zho_Hant"),
        ("zho_Hans", "zh", "zho_Hans"),
        ("ar", "ar", "arb_Arab"),
        ("luo", "luo", "luo_Latn"),
        ("yor", "yo", "yor_Latn"),
        ("Luganda", "lg", "lug_Latn"),
        ("german", "de", "deu_Latn"),
        ("isiZulu", "zu", "zul_Latn"),
    ],
)
def test_codes_come_in_many_shapes(typed: str, code: str, nllb: str) -> None:
    assert normalise(typed) == code and nllb_code(typed) == nllb


@pytest.mark.parametrize("typed", ["xx", "<b>", "", "klingonish", "english language teacher"])
def test_what_is_no_language_is_refused(typed: str) -> None:
    with pytest.raises(LanguageError, match="is not a language"):
        normalise(typed)


def test_direction_and_spacing() -> None:
    assert direction("ar") == direction("he") == "rtl" and direction("ha") == "ltr"
    assert is_unspaced("zh") and is_unspaced("th") and not is_unspaced("ko")
    assert name("zu") == "isiZulu"
