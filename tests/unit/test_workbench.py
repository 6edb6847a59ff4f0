"""One question, all methods: what the main page relies on."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from tests.fakes import engine
from xproj_core.answers.one_sentence import Question, Typed, answer
from xproj_core.domain import Alignment, Span
from xproj_core.domain.errors import (
    FormatError,
    InputError,
    LanguageError,
    TooLongError,
)
from xproj_core.methods import Memo, Mode

ASKED = Question(Mode.LABEL, "[Lagos](LOC) besuchte das alte werk", "en", "de", "fr")


def test_three_columns_gold_and_no_disagreement() -> None:
    comparison = answer(ASKED, engine(), Memo())
    assert [c.method for c in comparison.columns] == ["direct", "pivot", "back_translation"]
    assert comparison.gold == (Span(0, 1, "LOC"),) and not comparison.disagreements
    for column in comparison.columns:
        assert column.problem is None and column.projection is not None
        assert column.projection.spans == comparison.gold
        assert column.projection.entities[0].trace.links


def test_gold_that_no_method_finds_is_a_disagreement() -> None:
    comparison = answer(
        replace(ASKED, text="Lagos besuchte das alte [werk](ORG)"), engine(), Memo()
    )
    assert comparison.disagreements == {0, 4}


def test_a_labelled_source_is_projected_onto_its_translation() -> None:
    question = Question(Mode.TRANSLATE, "Lagos visited the [old plant](ORG)", "en", "de", "fr")
    comparison = answer(question, engine(), Memo())
    assert comparison.gold is None and comparison.target is not None
    assert comparison.target.tokens == ("Lagos", "besuchte", "das", "alte", "werk")
    spans = {c.projection.spans for c in comparison.columns if c.projection}
    assert spans == {(Span(3, 5, "ORG"),)}


def test_pasted_conll_keeps_its_tokens() -> None:
    question = replace(ASKED, text="Lagos\tB-LOC\nbesuchte\tO\ndas\tO\nwerk.\tO\n")
    comparison = answer(question, engine(), Memo())
    assert comparison.target is not None and comparison.target.tokens[-1] == "werk."
    assert comparison.gold == (Span(0, 1, "LOC"),)
    with pytest.raises(InputError, match="2 sentences"):
        answer(replace(ASKED, text="Lagos\tB-LOC\n\nOslo\tB-LOC\n"), engine(), Memo())


def test_an_edit_changes_what_depends_on_it_and_says_so() -> None:
    fake, memo = engine(), Memo()
    first = answer(ASKED, fake, memo)
    assert first.computed["translate"] > 0
    edits = {"source": Typed("Lagos visited the [old plant](ORG)", labelled=True)}
    second = answer(replace(ASKED, edits=edits), fake, memo)
    assert sum(second.computed.values()) == 0  # the same words, other labels: nothing to redo
    assert second.columns[0].projection is not None
    assert second.columns[0].projection.spans == (Span(3, 5, "ORG"),)
    before, after = (comparison.columns[1].projection for comparison in (first, second))
    assert before is not None and after is not None and after.spans == before.spans


def test_a_method_that_fails_fills_its_own_column_only() -> None:
    comparison = answer(replace(ASKED, pivot="sw"), engine(), Memo())
    assert "no words" in str(comparison.columns[1].problem)
    assert comparison.columns[0].projection is not None
    comparison = answer(
        replace(ASKED, projector_options={"no_such": 1}, methods=("direct",)), engine(), Memo()
    )
    assert "no_such" in str(comparison.columns[0].problem)


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"text": "  \u0007 "}, InputError, "no word"),
        ({"text": "word " * 1001}, TooLongError, "1,001 tokens"),
        ({"text": "x" * 1_000_000}, TooLongError, "1,000,000 characters"),
        ({"source": "de"}, LanguageError, "both German"),
        ({"target": "xx-nonsense"}, LanguageError, "not a language code"),
        ({"text": "[Lagos](LOC besuchte"}, FormatError, "column"),
    ],
)
def test_what_cannot_be_used_is_said(
    change: dict[str, str], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        answer(replace(ASKED, **change), engine(), Memo())  # type: ignore[arg-type]


def test_the_memory_of_alignments_is_bounded_by_their_cells() -> None:
    def align(memo: Memo, sides: list[int]) -> None:
        memo.recall("align", sides, lambda n: n, compute_alignments)

    def compute_alignments(some: list[int]) -> list[Alignment]:
        computed["align"] += len(some)
        return [Alignment.from_links([], (n, n)) for n in some]

    memo, computed = Memo(size=100), Counter[str]()
    align(memo, [200, 190, 180])  # 41, 37 and 33 with their cells: the first has to go
    align(memo, [190, 180])
    assert computed == {"align": 3}
    align(memo, [200])
    assert computed == {"align": 4}
    align(memo, [1000])  # more than there is room for: given, not kept
    align(memo, [1000, 200])
    assert computed == {"align": 6}
