"""`xproj run` goes on where it was interrupted, and a signature runs it again; `xproj runs`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.fakes import WordTranslator, engine
from xproj_core.answers import chunks as chunking
from xproj_core.cli import main
from xproj_core.commands import run as run_command
from xproj_core.domain import Sentence
from xproj_core.models.protocols import Engine, Translation

TEXT = "".join(f"Lagos besuchte das werk {n}\n" for n in range(20))


class Broken(WordTranslator):
    def translate(self, sentences: Sequence[Sentence], target: str) -> list[Translation]:
        if any("13" in s.tokens for s in sentences):
            raise MemoryError
        return super().translate(sentences, target)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XPROJ_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("XPROJ_STORE", raising=False)
    monkeypatch.setattr(chunking.chunks, "__defaults__", (4, chunking.CHUNK_CELLS))
    monkeypatch.setattr(run_command, "load_engine", lambda name: engine())
    (tmp_path / "in.txt").write_text(TEXT)
    (tmp_path / "other.txt").write_text(TEXT.replace("Lagos", "Oslo"))
    return tmp_path


def command(folder: Path, output: str, *more: str, input: str | None = "in.txt") -> list[str]:
    where = ["--input", f"{folder}/{input}"] if input else []
    return [
        "run",
        *where,
        "--target-language",
        "de",
        "--pivot",
        "fr",
        "--output",
        f"{folder}/{output}",
        *more,
    ]


def labels(folder: Path, output: str) -> dict[str, str]:
    return {f.name: f.read_text() for f in (folder / output).glob("*.conll")}


def test_the_same_command_goes_on_with_an_interrupted_run(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(command(folder, "one")) == 0

    def broken(name: str) -> Engine:
        return engine(translator=Broken())

    monkeypatch.setattr(run_command, "load_engine", broken)
    assert main(command(folder, "two", "--no-cache")) == 2
    assert "memory ran out" in capsys.readouterr().err
    begun = json.loads((folder / "two/run.json").read_text())
    assert not begun["finished"] and labels(folder, "two") == {}
    monkeypatch.setattr(run_command, "load_engine", lambda name: engine())
    assert main(command(folder, "two")) == 0
    assert f"going on with the run {begun['run']}: 12 of 20" in capsys.readouterr().err
    assert labels(folder, "two") == labels(folder, "one")
    report = json.loads((folder / "two/run.json").read_text())
    assert report["finished"] and report["run"] == begun["run"] and report["sentences"] == 20
    # finished: the same command runs it anew, another one never goes on with it
    assert main(command(folder, "two")) == 0
    assert "going on" not in capsys.readouterr().err


def test_another_configuration_does_not_go_on(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run_command, "load_engine", lambda name: engine(translator=Broken()))
    assert main(command(folder, "one")) == 2
    monkeypatch.setattr(run_command, "load_engine", lambda name: engine())
    for more in (["--projector", "min-max"], ["--new"], ["--source-labels", "engine"]):
        assert main(command(folder, "one", *more)) == 0
        assert "going on" not in capsys.readouterr().err


def test_a_signature_runs_it_again(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    more = ["--methods", "direct,pivot(direct_share=0.5)", "--projector", "min-max"]
    assert main(command(folder, "one", *more)) == 0
    line = capsys.readouterr().out.strip()
    assert "methods:direct,pivot(direct_share=0.5)|projector:min-max" in line
    report = json.loads((folder / "one/run.json").read_text())
    for signature in (line, report["run"], f"{folder}/one", f"{folder}/one/run.json"):
        again = ["run", "--signature", signature, "--output", f"{folder}/two"]
        assert main(again) == 0
        assert capsys.readouterr().out.strip() == line
        assert labels(folder, "two") == labels(folder, "one")
    assert (
        main(
            [
                "run",
                "--signature",
                line,
                "--input",
                f"{folder}/in.txt",
                "--output",
                f"{folder}/three",
            ]
        )
        == 0
    )
    assert labels(folder, "three") == labels(folder, "one")


def test_a_signature_is_of_its_data(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(command(folder, "one")) == 0
    line = capsys.readouterr().out.strip()
    assert (
        main(
            [
                "run",
                "--signature",
                line,
                "--input",
                f"{folder}/other.txt",
                "--output",
                f"{folder}/two",
            ]
        )
        == 2
    )
    assert "the data are others" in capsys.readouterr().err
    changed = line.replace("engine:mini@", "engine:mini@0")
    assert main(["run", "--signature", changed, "--output", f"{folder}/two"]) == 0
    assert "the models of mini are others" in capsys.readouterr().err


def test_several_projectors_and_engines_have_a_file_each(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        main(
            command(
                folder,
                "one",
                "--methods",
                "direct",
                "--projector",
                "match-exact",
                "min-max",
                "--engine",
                "mini",
                "mini|mini|mini|",
            )
        )
        == 0
    )
    assert set(labels(folder, "one")) == {
        "mini.direct.match-exact.conll",
        "mini.direct.min-max.conll",
        "mini_mini_mini_.direct.match-exact.conll",
        "mini_mini_mini_.direct.min-max.conll",
    }
    assert main(command(folder, "two", "--projector", "min-max,match-exact", "--set", "x=1")) == 2
    assert "Put the options of several in brackets" in capsys.readouterr().err


def test_labels_are_renamed_and_dropped(folder: Path) -> None:
    assert main(command(folder, "one", "--methods", "direct", "--labels", "LOC=PLACE")) == 0
    assert "B-PLACE" in labels(folder, "one")["direct.conll"]
    assert main(command(folder, "two", "--methods", "direct", "--labels", "LOC=")) == 0
    assert "B-" not in labels(folder, "two")["direct.conll"]


def test_the_store_holds_a_file_once_and_lists_the_runs(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["runs"]) == 0
    assert "There are no runs yet" in capsys.readouterr().out
    assert main(command(folder, "one")) == 0
    assert main(command(folder, "two", "--projector", "min-max")) == 0
    first = json.loads((folder / "one/run.json").read_text())
    capsys.readouterr()
    assert main(["runs"]) == 0
    listed = capsys.readouterr().out
    assert listed.count("finished     20/20  in.txt") == 2 and first["signature"] in listed
    assert main(["runs", "--remove", first["run"], "--clear-cache"]) == 0
    listed = capsys.readouterr().out
    assert first["run"] not in listed and "MB forgotten" in listed
    assert main(["runs", "--remove", "nothing"]) == 2
    assert "no run nothing" in capsys.readouterr().err


def test_it_says_what_is_missing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "--output", f"{folder}/one", "--target-language", "de"]) == 2
    assert "Say what to label" in capsys.readouterr().err
    assert main(["run", "--input", f"{folder}/in.txt", "--output", f"{folder}/one"]) == 2
    assert "Say which language the target is in" in capsys.readouterr().err
    assert main(command(folder, "one", "--labels", "LOC")) == 2
    assert "does not say what becomes of a label" in capsys.readouterr().err
    assert not (folder / "one").exists()


def test_parallel_files_are_projected_from_their_source(folder: Path) -> None:
    (folder / "s.conll").write_text("the O\nOld B-ORG\nplant I-ORG\n\nLagos O\n")
    (folder / "t.txt").write_text("das Old werk\nLagos\n")
    base_command = [
        "run",
        "--input",
        f"{folder}/s.conll",
        "--target-input",
        f"{folder}/t.txt",
        "--source-language",
        "en",
        "--target-language",
        "de",
        "--methods",
        "direct",
    ]
    assert main([*base_command, "--output", f"{folder}/gold"]) == 0
    assert labels(folder, "gold")["direct.conll"].splitlines()[1:3] == ["Old\tB-ORG", "werk\tI-ORG"]
    assert main([*base_command, "--output", f"{folder}/tagger", "--source-labels", "engine"]) == 0
    assert labels(folder, "tagger")["direct.conll"].count("B-LOC") == 2
    assert main([*base_command, "--output", f"{folder}/anew", "--translations", "engine"]) == 0
    assert labels(folder, "anew")["direct.conll"].count("B-LOC") == 2


def test_labelled_source_sentences_are_translated(folder: Path) -> None:
    (folder / "s.conll").write_text("the O\nOld B-ORG\nplant O\n")
    assert (
        main(
            [
                "run",
                "--input",
                f"{folder}/s.conll",
                "--mode",
                "translate",
                "--source-language",
                "en",
                "--target-language",
                "de",
                "--methods",
                "direct",
                "--output",
                f"{folder}/one",
            ]
        )
        == 0
    )
    assert labels(folder, "one")["direct.conll"] == "das\tO\nOld\tB-ORG\nwerk\tO\n\n"


def test_bad_files_are_refused_and_partly_read_only_when_asked(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "bad.conll").write_text("Lagos B-LOC\n\nbad\n\nOslo B-LOC\n")
    more = ["--methods", "direct"]
    assert main(command(folder, "one", *more, input="bad.conll")) == 2
    assert "line 3: expected a token and a tag" in capsys.readouterr().err
    assert main(command(folder, "one", *more, "--partial", input="bad.conll")) == 0
    assert "line 3" in capsys.readouterr().err
    assert labels(folder, "one")["direct.conll"] == "Lagos\tB-LOC\n\nOslo\tB-LOC\n\n"
