"""`xproj convert`: from any format or corpus to any other, and what is said on the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from xproj_core.cli import main
from xproj_core.formats import FORMATS

CONLL = "Awa\tB-PER\nleft\tO\nyesterday\tB-DATE\n\nRain\tO\n\n"


def convert(*arguments: object) -> int:
    return main(["convert", *map(str, arguments)])


@pytest.fixture
def conll(tmp_path: Path) -> Path:
    path = tmp_path / "a.conll"
    path.write_text(CONLL)
    return path


def test_there_and_back(conll: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before: Path = conll
    for form in FORMATS.values():
        if form.needs or form.carries.spans == "none":
            continue
        after = tmp_path / f"{form.name}{form.suffixes[0]}"
        assert (
            convert(
                "--input", before, "--output", after, "--to", form.name, "--target-language", "en"
            )
            == 0
        )
        before = after
    last = tmp_path / "last.conll"
    assert convert("--input", before, "--output", last) == 0
    assert last.read_text() == CONLL
    assert not list(tmp_path.glob("*.part"))
    stderr = capsys.readouterr().err
    assert "looks like spaCy DocBin: its name ends in .spacy" in stderr


def test_labels_losses_and_what_is_left_out_are_said(
    conll: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    conll.write_text(CONLL + "bad\n\n")
    out = tmp_path / "o.txt"
    arguments = ["--input", conll, "--output", out, "--to", "text", "--labels", "DATE="]
    assert convert(*arguments) == 2 and not out.exists()
    assert "a.conll, line 7: expected a token and a tag" in capsys.readouterr().err
    assert convert(*arguments, "--partial") == 0
    stderr = capsys.readouterr().err
    assert "note: DATE was left out (1 span)." in stderr
    assert "note: 2 items: the labels are not written." in stderr
    assert "left out: " in stderr and "line 7" in stderr
    assert out.read_text() == "Awa left yesterday\nRain\n"


def test_a_pair_of_files_and_a_folder_for_brat(tmp_path: Path, conll: Path) -> None:
    (tmp_path / "t.txt").write_text("Hier Awa est partie\nPluie\n")
    (tmp_path / "a.align").write_text("0-1 1-3\n0-0\n")
    out = tmp_path / "pair.jsonl"
    assert (
        convert(
            "--input",
            conll,
            "--target",
            tmp_path / "t.txt",
            "--links",
            tmp_path / "a.align",
            "--source-language",
            "en",
            "--target-language",
            "fr",
            "--output",
            out,
            "--to",
            "jsonl",
        )
        == 0
    )
    first, _ = FORMATS["jsonl"].loads(out.read_bytes()).items
    assert first.links is not None and first.links.sure == {(0, 1), (1, 3)}
    assert convert("--input", out, "--output", tmp_path / "brat", "--to", "brat") == 0
    assert (
        tmp_path / "brat/source/0001.ann"
    ).read_text() == "T1\tPER 0 3\tAwa\nT2\tDATE 9 18\tyesterday\n"
    assert convert("--input", tmp_path / "brat", "--output", tmp_path / "links.align") == 0


def test_preview_writes_nothing(conll: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert convert("--input", conll, "--preview") == 0
    output = capsys.readouterr()
    assert output.out.startswith("2 items\ntarget (und): 2 sentences, 4 tokens, longest 3, 0 empty")
    assert "The language of the target is not known" in output.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "Say where to write"),
        (["--output", "x.tsv"], "does not say the format. Add --to: tsv, webanno"),
        (["--output", "x.xyz"], "Add --to: jsonl, conll"),
        (["--output", "x", "--to", "y"], "There is no format 'y'"),
        (["--output", "x.conll", "--from", "nonsense"], "There is no format 'nonsense'"),
        (["--output", "x.conll", "--from", "europarl"], "is not laid out like Europarl-NER"),
        (["--output", "x.conll", "--target-language", "zzz"], "'zzz' is not a language code"),
        (["--output", "x.conll", "--labels", "DATE"], "does not say what becomes of a label"),
    ],
)
def test_what_cannot_be_done_is_said(
    conll: Path, arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert convert("--input", conll, *arguments) == 2
    assert message in capsys.readouterr().err
