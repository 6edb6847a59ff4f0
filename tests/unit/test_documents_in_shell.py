"""A text of several sentences from file to projected and exported document, by commands alone."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from xproj_core.cli import main

LETTER = """Ein Brief

Ada Byron kam nach Kiel. Sie traf dort Dr. Vogt.
Bola ging am 3. Mai nach Berlin.
"""


@pytest.fixture
def letter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XPROJ_DATA", str(tmp_path / "data"))
    file = tmp_path / "letter.txt"
    file.write_text(LETTER, "utf-8")
    return file


def test_a_text_is_cut_and_written_again(letter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cut = letter.with_name("cut.jsonl")
    base = ["convert", "--input", str(letter), "--target-language", "de", "--cut", "sentences"]
    assert main([*base, "--to", "jsonl", "--output", str(cut)]) == 0
    assert "cut into 4 sentences" in capsys.readouterr().err
    items = [json.loads(line) for line in cut.read_text("utf-8").splitlines()]
    assert [i["target"].get("text", " ".join(i["target"]["tokens"])) for i in items] == [
        "Ein Brief",
        "Ada Byron kam nach Kiel.",
        "Sie traf dort Dr. Vogt.",
        "Bola ging am 3. Mai nach Berlin.",
    ]
    again = letter.with_name("again.txt")
    assert main(["convert", "--input", str(cut), "--documents", "--output", str(again)]) == 0
    assert again.read_text("utf-8") == LETTER


def test_a_run_labels_the_sentences_of_a_text(letter: Path) -> None:
    out = letter.with_name("run")
    run = f"run --input {letter} --cut sentences --target-language de --source-language en"
    assert main([*run.split(), "--methods", "direct", "--output", str(out)]) == 0
    (conll,) = out.glob("*.conll")
    blocks = conll.read_text("utf-8").strip().split("\n\n")
    assert len(blocks) == 4
    assert "Kiel\tB-LOC" in blocks[1] and "3.\tO" in blocks[3]
    (file,) = out.glob("*.documents.jsonl")
    document = json.loads(file.read_text("utf-8"))["target"]
    assert document["text"] == LETTER
    places = {LETTER[e["start_char"] : e["end_char"]] for e in document["entities"]}
    assert {"Ada Byron", "Kiel", "Berlin"} <= places


def test_tag_cuts_too(letter: Path) -> None:
    out = letter.with_name("tagged.conll")
    tag = f"tag --input {letter} --language de --cut sentences --output {out}"
    assert main(tag.split()) == 0
    assert len(out.read_text("utf-8").strip().split("\n\n")) == 4


def test_brat_gets_the_text_as_it_was(letter: Path) -> None:
    out = letter.with_name("brat.zip")
    convert = f"convert --input {letter} --target-language de --cut sentences --documents"
    assert main([*convert.split(), "--to", "brat", "--output", str(out)]) == 0
    with zipfile.ZipFile(io.BytesIO(out.read_bytes())) as archive:
        assert archive.read("target/0001.txt").decode() == LETTER
