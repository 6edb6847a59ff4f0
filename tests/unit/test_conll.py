"""CoNLL columns: what is written is read back, and what cannot be read is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xproj_core.domain import Sentence, Span
from xproj_core.domain.errors import FormatError, InputError
from xproj_core.formats import conll

tokens = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Cf", "Zs", "Zl", "Zp")), min_size=1, max_size=6
)
tags = st.sampled_from(["O", "B-PER", "I-PER", "B-LOC", "I-GPE-x"])
files = st.lists(st.lists(st.tuples(tokens, tags), max_size=5), max_size=6)


@given(files, st.sampled_from("\t "), st.booleans(), st.booleans())
def test_load_undoes_dump(
    rows: list[list[tuple[str, str]]], separator: str, windows: bool, bom: bool
) -> None:
    pairs = [([w for w, _ in sentence], [t for _, t in sentence]) for sentence in rows]
    data = conll.dumps(pairs, separator).encode()
    if windows:
        data = data.replace(b"\n", b"\r\n")
    if bom:
        data = b"\xef\xbb\xbf" + data
    read = conll.loads(data)
    assert [(list(sentence.tokens), list(sentence.tags)) for sentence in read.tagged] == pairs


def test_sentences_survive_a_file(tmp_path: Path) -> None:
    there = [
        Sentence(("Nairobi", "in", "Kenya"), "en", (Span(0, 1, "LOC"), Span(2, 3, "LOC"))),
        Sentence((), "en"),
        Sentence(("Wangari", "Maathai"), "en", (Span(0, 2, "PER"),)),
    ]
    conll.dump(tmp_path / "x.conll", there)
    read = conll.load(tmp_path / "x.conll")
    assert read.sentences("en") == there
    assert "1 empty sentence" in read.notes[0]


def test_blank_lines_may_hold_blanks_and_the_last_one_may_be_missing() -> None:
    read = conll.loads("Kampala B-LOC\n \t \nMbarara B-LOC")
    assert [sentence.tokens for sentence in read.tagged] == [("Kampala",), ("Mbarara",)]
    assert [sentence.line for sentence in read.tagged] == [1, 3]


def test_a_token_keeps_what_is_no_line_end() -> None:
    odd = ["\x0b", "\u2028", "\x85", "\u00a0", "a\u200db"]
    read = conll.loads(conll.dumps([(odd, ["O"] * len(odd))]))
    assert list(read.tagged[0].tokens) == odd


def test_columns_in_between_and_elsewhere() -> None:
    assert conll.loads("1 Oslo NNP B-LOC\n", token_column=1).tagged[0].tags == ("B-LOC",)
    read = conll.loads("Oslo\tB-LOC\tgood\n", tag_column=1)
    assert read.tagged[0].tags == ("B-LOC",)


def test_latin_1_is_read_and_announced() -> None:
    read = conll.loads("Malmö B-LOC\n".encode("latin-1"), file="m.conll")
    assert read.tagged[0].tokens == ("Malmö",)
    assert "m.conll is not UTF-8 (byte 0xf6 in line 1)" in read.notes[0]


def test_utf_16_is_read_and_announced() -> None:
    read = conll.loads("Malmö B-LOC\n".encode("utf-16"))
    assert read.tagged[0].tokens == ("Malmö",)
    assert "UTF-16" in read.notes[0]


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("Oslo B-LOC\nBergen\n", 2, "expected a token and a tag"),
        ("Oslo B-LOC\n\nBergen LOC\n", 3, "expected O, B-label or I-label as the tag of 'Bergen'"),
        ("\tO\n", 1, "the token is missing"),
        ("Oslo O\nBe\0rgen O\n", 2, "null character"),
    ],
)
def test_what_does_not_parse_is_named(text: str, line: int, problem: str) -> None:
    with pytest.raises(FormatError, match=problem) as caught:
        conll.loads(text, file="a.conll")
    assert caught.value.line == line
    assert str(caught.value).startswith(f"a.conll, line {line}: ")


def test_orphans_by_scheme() -> None:
    read = conll.loads("in O\nNew I-LOC\nYork I-LOC\n", file="o.conll")
    assert read.sentences(orphans="start")[0].spans == (Span(1, 3, "LOC"),)
    assert read.sentences(orphans="outside")[0].spans == ()
    with pytest.raises(FormatError, match=r"o.conll, line 2: I-LOC at 'New' follows no B-LOC"):
        read.sentences(orphans="error")


def test_the_line_of_an_orphan_after_an_empty_sentence() -> None:
    read = conll.loads("a O\n\n\nb O\nc I-X\n")
    with pytest.raises(FormatError, match="line 5"):
        read.sentences(orphans="error")


@pytest.mark.parametrize("token", ["", "a\tb", "a\nb", "a\rb"])
def test_tokens_that_columns_cannot_hold(token: str) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        conll.dumps([([token], ["O"])])


def test_a_missing_file_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read: No such file"):
        conll.load(tmp_path / "none.conll")
