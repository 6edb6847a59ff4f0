"""A paragraph is a list of sentences, whatever is labelled in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes import engine
from xproj_core import examples
from xproj_core.answers.one_sentence import Question
from xproj_core.answers.passages import Ahead, passages, questions
from xproj_core.domain.errors import XProjError
from xproj_core.formats.inline import parse_inline
from xproj_core.methods import Memo, Mode

PARAGRAPH = "[Ada Byron](PER) kam. Sie traf [Dr. Vogt](PER) in [Kiel. Nord](LOC) heute. Bola ging."


def question(text: str, language: str = "de") -> Question:
    return Question(Mode.LABEL, text, "en", language)


@pytest.mark.parametrize("example", examples.load(), ids=lambda e: e.id)
def test_an_example_is_one_sentence(example: examples.Example) -> None:
    for code, text in example.marked.items():
        assert passages(question(text, code)) == (text.strip(),)


def test_no_entity_is_cut() -> None:
    assert passages(question(PARAGRAPH)) == (
        "[Ada Byron](PER) kam.",
        "Sie traf [Dr. Vogt](PER) in [Kiel. Nord](LOC) heute.",
        "Bola ging.",
    )
    assert passages(question("[A. B.](PER) kam. [C [D. E](LOC) F. G](ORG) ging.")) == (
        "[A. B.](PER) kam.",
        "[C [D. E](LOC) F. G](ORG) ging.",
    )


def test_pasted_columns_are_one() -> None:
    text = "Ada\tB-PER\nging\tO\n.\tO\nSie\tO\n"
    assert passages(question(text)) == (text,)


WORDS = [
    "Ada kam.",
    "[Kiel. X](LOC)",
    "[a [B. C](LOC)",
    "](PER)",
    " ",
    "\n\n",
    "Ist es?",
    "[",
]


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join))
def test_nothing_is_lost_and_labels_stay(text: str) -> None:
    parts = passages(question(text))
    assert "".join("".join(parts).split()) == "".join(text.split())
    try:
        sentence = parse_inline(text, "de")
    except XProjError:
        return
    labels = [span.label for part in parts for span in parse_inline(part, "de").spans]
    assert sorted(span.label for span in sentence.spans) == sorted(labels)


def test_answers_are_computed_ahead_and_can_be_stopped() -> None:
    every = questions(
        question("Lagos besuchte das werk. Lagos besuchte das alte werk. Lagos ging.")
    )
    memo = Memo()
    ahead = Ahead(every, engine(), memo)
    assert ahead.running
    ahead.start(lambda work: work())
    assert len(ahead.outcomes) == 3 and not ahead.running
    stopped = Ahead(every, engine(), memo)
    stopped.stop()
    stopped.start(lambda work: work())
    assert stopped.outcomes == [] and not stopped.running


def test_a_language_that_is_none_is_left_to_the_answer() -> None:
    assert passages(question("Ada kam. Bola ging.", "Klingonisch?")) == ("Ada kam. Bola ging.",)
