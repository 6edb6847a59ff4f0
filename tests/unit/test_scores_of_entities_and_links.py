"""Entity scores next to seqeval's, and alignment error rate by hand."""

from __future__ import annotations

import json

import pytest
import seqeval.metrics as seqeval
from hypothesis import given
from hypothesis import strategies as st
from seqeval.scheme import IOB2

from xproj_core.domain import Span
from xproj_core.domain.errors import InputError
from xproj_core.evaluate.scores.entities import Scores, score_spans, score_tags
from xproj_core.evaluate.scores.link_scores import score_links
from xproj_core.formats.iob import Scheme

TAGS = ["O", "O", "B-PER", "I-PER", "B-LOC", "I-LOC"]


@st.composite
def corpora(draw: st.DrawFn) -> tuple[list[list[str]], list[list[str]]]:
    """Gold and predicted tags of the same sentences."""
    lengths = draw(st.lists(st.integers(1, 8), min_size=1, max_size=5))
    sides = [[[draw(st.sampled_from(TAGS)) for _ in range(n)] for n in lengths] for _ in range(2)]
    return sides[0], sides[1]


@pytest.mark.filterwarnings("ignore::Warning")
@given(corpora(), st.sampled_from(["conll", "strict"]))
def test_micro_scores_are_seqevals(
    case: tuple[list[list[str]], list[list[str]]], scheme: Scheme
) -> None:
    gold, predicted = case
    ours = score_tags(gold, predicted, scheme)
    mode = {"mode": "strict", "scheme": IOB2} if scheme == "strict" else {}
    if scheme == "strict" and ours.overall.n_gold + ours.overall.n_predicted == 0:
        return  # seqeval cannot average over no label at all
    for name, value in (
        ("precision_score", ours.overall.precision),
        ("recall_score", ours.overall.recall),
        ("f1_score", ours.overall.f1),
    ):
        reference = getattr(seqeval, name)(gold, predicted, zero_division=0, **mode)
        assert value == pytest.approx(float(reference))


@given(corpora())
def test_labels_add_up(case: tuple[list[list[str]], list[list[str]]]) -> None:
    scores = score_tags(*case)
    for count in ("n_gold", "n_predicted", "n_correct"):
        parts = sum(getattr(s, count) for s in scores.per_label.values())
        assert parts == getattr(scores.overall, count)


def test_ignored_labels_count_on_neither_side() -> None:
    gold = [[Span(0, 1, "PER"), Span(2, 3, "DATE")]]
    predicted = [[Span(0, 1, "PER"), Span(3, 4, "MISC")]]
    scores = score_spans(gold, predicted, ignore={"DATE", "MISC"})
    assert scores.overall == Scores(1, 1, 1)
    assert list(scores.per_label) == ["PER"]


def test_json_has_the_promised_keys() -> None:
    scores = score_spans([[Span(0, 1, "PER"), Span(1, 2, "LOC")]], [[Span(0, 1, "PER")]])
    read = json.loads(json.dumps(scores.as_dict()))
    assert read["precision"] == 1.0
    assert read["recall"] == 0.5
    assert read["f1"] == pytest.approx(2 / 3)
    assert (read["n_gold"], read["n_predicted"], read["n_correct"]) == (2, 1, 1)
    assert read["per_label"]["LOC"]["recall"] == 0.0


def test_sides_must_fit() -> None:
    with pytest.raises(InputError, match="2 gold sentences"):
        score_spans([[], []], [[]])
    with pytest.raises(InputError, match="Sentence 2 has 1 gold tags and 2 predicted ones"):
        score_tags([["O"], ["O"]], [["O"], ["O", "O"]])


def test_alignment_error_rate_by_hand() -> None:
    scores = score_links(
        predicted=[{(0, 0), (1, 1), (2, 0)}], sure=[{(0, 0), (2, 2)}], possible=[{(1, 1)}]
    )
    assert scores.precision == pytest.approx(2 / 3)
    assert scores.recall == pytest.approx(1 / 2)
    assert scores.aer == pytest.approx(1 - (1 + 2) / (3 + 2))


def test_perfect_and_empty_alignments() -> None:
    perfect = score_links([{(0, 0)}], [{(0, 0)}])
    assert (perfect.aer, perfect.precision, perfect.recall) == (0.0, 1.0, 1.0)
    assert score_links([set()], [set()]).aer == 0.0
    assert score_links([set()], [{(0, 0)}]).aer == 1.0
