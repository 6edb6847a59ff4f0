"""Labellings vote on the command line: CoNLL and JSONL, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from xproj_core.cli import main
from xproj_core.domain import Sentence, Span
from xproj_core.domain.item import Item
from xproj_core.formats import conll, jsonl

TOKENS = ("Anna", "Lee", "left", "Oslo")


def write(path: Path, *spans: Span) -> str:
    """One labelled sentence, twice."""
    sentence = Sentence(TOKENS, "en", spans)
    if path.suffix == ".jsonl":
        items = [Item(key, target=sentence) for key in ("a", "b")]
        path.write_text(jsonl.dumps(items), encoding="utf-8")
    else:
        conll.dump(path, [sentence, sentence])
    return str(path)


def vote(output: Path, inputs: list[str], *more: str) -> int:
    """Run the command."""
    return main(["vote", "--inputs", *inputs, *more, "--output", str(output)])


@pytest.fixture
def three(tmp_path: Path) -> list[str]:
    anna, oslo = Span(0, 2, "PER"), Span(3, 4, "LOC")
    return [
        write(tmp_path / "a.conll", anna, oslo),
        write(tmp_path / "b.conll", anna),
        write(tmp_path / "c.conll", Span(0, 1, "PER"), oslo),
    ]


@pytest.mark.parametrize(
    ("more", "tags"),
    [
        ((), "B-PER I-PER O B-LOC"),
        (("--how", "unanimous"), "O O O O"),
        (("--weights", "1", "1", "5"), "B-PER O O B-LOC"),
        (("--weights", "1", "5", "1"), "B-PER I-PER O O"),
        (("--how", "weighted", "--threshold", "0.2"), "B-PER I-PER O B-LOC"),
        (("--least", "0.9"), "O O O O"),
    ],
)
def test_conll_votes(three: list[str], tmp_path: Path, more: tuple[str, ...], tags: str) -> None:
    assert vote(tmp_path / "new" / "p.conll", three, *more) == 0
    document = conll.load(tmp_path / "new" / "p.conll")
    assert [" ".join(sentence.tags) for sentence in document.tagged] == [tags, tags]
    assert {sentence.tokens for sentence in document.tagged} == {TOKENS}


def test_it_says_what_was_chosen(
    three: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert vote(tmp_path / "p.conll", three) == 0
    output = capsys.readouterr().out
    assert output == "2 sentences, 3 voters: 4 spans chosen (4 by 2), 2 outvoted.\n"


def test_nested_labels_and_scores_go_through_jsonl(tmp_path: Path) -> None:
    outer, inner = Span(0, 4, "EVENT", 0.9), Span(3, 4, "LOC", 0.5)
    inputs = [
        write(tmp_path / "a.jsonl", outer, inner),
        write(tmp_path / "b.jsonl", Span(0, 4, "EVENT", 0.7)),
        write(tmp_path / "c.jsonl", Span(3, 4, "LOC", 1.0)),
    ]
    assert vote(tmp_path / "p.jsonl", inputs) == 0
    rows = [json.loads(r) for r in (tmp_path / "p.jsonl").read_text("utf-8").splitlines()]
    assert [row["id"] for row in rows] == ["a", "b"]
    assert all(tuple(row["target"]["tokens"]) == TOKENS for row in rows)
    for row in rows:
        assert "gold" not in row
        entities = [(e["start"], e["end"], e["label"]) for e in row["target"]["entities"]]
        assert entities == [(0, 4, "EVENT"), (3, 4, "LOC")]
        assert [e["score"] for e in row["target"]["entities"]] == pytest.approx([1.6 / 3, 0.5])


def test_scores_weigh(tmp_path: Path) -> None:
    long, short = Span(0, 2, "PER", 0.4), Span(0, 1, "PER", 0.8)
    inputs = [write(tmp_path / "a.jsonl", long), write(tmp_path / "b.jsonl", short)]
    assert vote(tmp_path / "p.conll", inputs, "--how", "weighted", "--threshold", "0.3") == 0
    assert conll.load(tmp_path / "p.conll").tagged[0].tags == ("B-PER", "O", "O", "O")


def test_what_conll_cannot_hold_is_not_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inputs = [write(tmp_path / "a.jsonl", Span(0, 4, "EVENT"), Span(3, 4, "LOC"))]
    assert vote(tmp_path / "p.conll", inputs) == 2
    error = capsys.readouterr().err
    assert "'Anna Lee left Oslo' EVENT and 'Oslo' LOC" in error and ".jsonl" in error
    assert not (tmp_path / "p.conll").exists()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Anna B-PER\nLee I-PER\n\nAnna O\n", ", line 3: the sentence's end stands where"),
        (
            "Anna O\nLee O\nleft O\nOslo O\n\nAnna O\nLea O\nleft O\nOslo O\n",
            ", line 7: the token 'Lea' stands where {first}, line 7, has the token 'Lee'",
        ),
        (
            "Anna O\nLee O\nleft O\nOslo O\nthere O\n\nAnna O\n",
            ", line 5: the token 'there' stands where {first}, line 5, has the sentence's end",
        ),
        ("Anna O\n", "it holds 1 sentence and {first} 2"),
    ],
)
def test_other_tokens_are_refused_with_file_and_line(
    three: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, message: str
) -> None:
    other = tmp_path / "other.conll"
    other.write_text(text)
    assert vote(tmp_path / "p.conll", [three[0], str(other)]) == 2
    error = capsys.readouterr().err
    assert str(other) in error and message.format(first=three[0]) in error
    assert not (tmp_path / "p.conll").exists()


def test_jsonl_names_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = write(tmp_path / "a.jsonl", Span(0, 1, "PER"))
    items = [Item("a", target=Sentence(TOKENS, "en")), Item("b", target=Sentence(("No",), "en"))]
    other = tmp_path / "b.jsonl"
    other.write_text(jsonl.dumps(items), encoding="utf-8")
    assert vote(tmp_path / "p.jsonl", [first, str(other)]) == 2
    assert (
        f"{other}, line 2: the token 'No' stands where {first}, line 2" in capsys.readouterr().err
    )


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (("--weights", "1"), "Give 3 weights"),
        (("--weights", "1", "2", "3", "--how", "majority"), "weighted votes only"),
        (("--threshold", "1"), "below 1"),
        (("--least", "2"), "from 0 to 1"),
    ],
)
def test_settings_that_cannot_be_are_refused(
    three: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    more: tuple[str, ...],
    message: str,
) -> None:
    assert vote(tmp_path / "p.conll", three, *more) == 2
    assert message in capsys.readouterr().err


def test_a_file_that_is_not_there_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert vote(tmp_path / "p.conll", [str(tmp_path / "none.jsonl")]) == 2
    assert "none.jsonl" in capsys.readouterr().err
