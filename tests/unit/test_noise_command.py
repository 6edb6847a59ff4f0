"""`xproj noise`: list, apply, sweep."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.fakes import engine
from xproj_core.cli import main
from xproj_core.commands import noise as command
from xproj_core.formats import conll, pharaoh
from xproj_core.noise import noises


@pytest.fixture(autouse=True)
def fake_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "load_engine", lambda name: engine())


@pytest.fixture
def files(tmp_path: Path) -> Path:
    words = (
        ("Lagos", "visited", "the", "old", "plant"),
        ("Lagos", "besuchte", "das", "alte", "werk"),
    )
    for name, side in zip(("s", "t"), words, strict=True):
        blocks = [
            "".join(f"{w} {'B-LOC' if w == 'Lagos' else 'O'}\n" for w in (*side, str(k)))
            for k in range(20)
        ]
        (tmp_path / f"{name}.conll").write_text("\n".join(blocks))
    (tmp_path / "a.pharaoh").write_text("0-0 1-1 2-2 3-3 4-4 5p5\n" * 20)
    return tmp_path


def arguments(files: Path, job: str) -> list[str]:
    return [
        "noise",
        job,
        "--input",
        f"{files}/s.conll",
        "--target-input",
        f"{files}/t.conll",
        "--source-language",
        "en",
        "--target-language",
        "de",
    ]


def test_list_names_every_noise(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["noise", "list"]) == 0
    printed = capsys.readouterr().out
    assert all(name in printed for name in noises.names()) and "layout" in printed


def test_apply_writes_data_links_and_what_was_done(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command_line = [
        *arguments(files, "apply"),
        "--links",
        f"{files}/a.pharaoh",
        "--output",
        f"{files}/o",
        "--noise",
        "keyboard=0.3,where=entities",
        "drop-links=0.5",
        "miss-labels=0.5",
        "--seed",
        "3",
    ]
    assert main(command_line) == 0
    line = capsys.readouterr().out.strip()
    assert "keyboard=0.3,where=entities,seed=3+drop-links=0.5,seed=3+miss-labels" in line
    report = json.loads((files / "o/noise.json").read_text())
    assert report["signature"] == line and set(report["changes"]) == {
        "keyboard",
        "drop-links",
        "miss-labels",
    }
    source = conll.load(files / "o/source.conll").sentences("en")
    target = conll.load(files / "o/target.conll").sentences("de")
    assert len(source) == len(target) == 20
    assert 0 < sum(len(s.spans) for s in source) < 20
    assert all(t.tokens[1] == "besuchte" for t in target)
    links = pharaoh.load(files / "o/links.pharaoh").links
    assert 0 < sum(len(link_set.sure) for link_set in links) < 100
    assert 0 < sum(len(link_set.possible) for link_set in links) < 20
    first = {p.name: p.read_bytes() for p in (files / "o").iterdir()}
    assert main(command_line) == 0
    assert {p.name: p.read_bytes() for p in (files / "o").iterdir()} == first


def test_apply_says_when_there_is_nothing_to_change(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command_line = [
        "noise",
        "apply",
        "--input",
        f"{files}/t.conll",
        "--output",
        f"{files}/o",
        "--target-language",
        "de",
    ]
    assert main([*command_line, "--noise", "drop-links=0.5"]) == 0
    assert "drop-links found nothing to change" in capsys.readouterr().err


@pytest.mark.parametrize("suffix", ["csv", "json", "md"])
def test_sweep(files: Path, suffix: str, capsys: pytest.CaptureFixture[str]) -> None:
    output = files / f"new/curves.{suffix}"
    command_line = [
        *arguments(files, "sweep"),
        "--noise",
        "drop-links",
        "add-links+miss-labels",
        "--rates",
        "0.3,0.6",
        "--seeds",
        "1,2",
        "--methods",
        "direct",
    ]
    assert main([*command_line, "--output", str(output)]) == 0
    line = capsys.readouterr().out.strip()
    assert "noises:drop-links/add-links+miss-labels|rates:0.3,0.6|seeds:1,2" in line
    assert "given:translations,labels" in line
    text = output.read_text()
    assert line in text and "add-links+miss-labels" in text
    if suffix == "json":
        results = json.loads(text)
        assert [p["rate"] for p in results["curves"][0]["points"]] == [0.0, 0.3, 0.6]
        assert results["curves"][0]["points"][0]["f1"]["value"] == 1.0


def test_sweep_of_the_example_prints_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        main(
            [
                "noise",
                "sweep",
                "--example",
                "--noise",
                "drop-links",
                "--rates",
                ".5",
                "--seeds",
                "1",
                "--methods",
                "direct,back_translation",
            ]
        )
        == 0
    )
    printed = capsys.readouterr().out
    assert "### drop-links" in printed and "30 sentences." in printed
    assert "mode:label" in printed
    assert (
        main(
            [
                "noise",
                "sweep",
                "--example",
                "--noise",
                "drop-links",
                "--rates",
                ".5",
                "--seeds",
                "1",
                "--methods",
                "direct",
                "--mode",
                "translate",
            ]
        )
        == 0
    )
    assert "mode:translate" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (["--noise", "fog"], "no noise called 'fog'"),
        (["--noise", "drop-links", "--rates", "lots"], "--rates takes numbers"),
        (["--noise", "drop-links", "--output", "x.pdf"], "FILE.csv"),
        (["--noise", "drop-links", "--methods", "pivot"], "needs a pivot"),
    ],
)
def test_what_is_wrong_is_said(
    files: Path, more: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*arguments(files, "sweep"), *more]) == 2
    assert says in capsys.readouterr().err
    assert main(["noise", "apply", "--noise", "casing=1", "--output", str(files)]) == 2
