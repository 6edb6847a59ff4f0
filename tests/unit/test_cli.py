"""The commands do what the page does, and say in a sentence what is wrong."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from tests.fakes import WordTranslator, engine
from xproj_core.cli import main
from xproj_core.commands import run as run_command
from xproj_core.commands import tag as tag_command
from xproj_core.domain import Sentence
from xproj_core.engines import presets
from xproj_core.models.protocols import Translation

LABELLED = "Lagos B-LOC\nvisited O\nthe O\nplant O\n\n\nOslo B-LOC\n\n"


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XPROJ_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("XPROJ_STORE", raising=False)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "s.conll").write_text("Angela B-PER\nMerkel I-PER\nwaved O\n\nOslo\tB-LOC\n")
    (tmp_path / "t.txt").write_text("es winkte Angela Merkel\nOslo\n")
    (tmp_path / "a.pharaoh").write_text("0-2 1-3 2-1\n0-0\n")
    (tmp_path / "in.conll").write_text("Lagos B-LOC\nbesuchte O\ndas O\nwerk O\n\nOslo B-PER\n")
    return tmp_path


@pytest.fixture
def fake_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (presets, run_command, tag_command):
        monkeypatch.setattr(module, "load_engine", lambda name: engine())


def test_project_and_evaluate(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = [
        "project",
        "--labelled",
        f"{files}/s.conll",
        "--target",
        f"{files}/t.txt",
        "--alignment",
        f"{files}/a.pharaoh",
        "--output",
        f"{files}/out/p.conll",
    ]
    assert (
        main(
            [
                *arguments,
                "--projector",
                "seed-heuristic",
                "--set",
                "length_ratio=0.5",
                "merge_distance=0",
            ]
        )
        == 0
    )
    projected = (files / "out/p.conll").read_text()
    assert projected == "es\tO\nwinkte\tO\nAngela\tB-PER\nMerkel\tI-PER\n\nOslo\tB-LOC\n\n"
    gold = files / "gold.conll"
    gold.write_text(projected.replace("B-LOC", "B-ORG"))
    capsys.readouterr()
    scored = ["evaluate", "--gold", str(gold), "--predicted", f"{files}/out/p.conll"]
    assert main([*scored, "--json"]) == 0
    scores = json.loads(capsys.readouterr().out)
    assert (scores["precision"], scores["recall"], scores["f1"]) == (0.5, 0.5, 0.5)
    assert (scores["n_gold"], scores["n_predicted"], scores["n_correct"]) == (2, 2, 1)
    assert scores["per_label"]["PER"]["f1"] == 1.0
    assert main([*scored, "--ignore", "LOC,ORG", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["f1"] == 1.0


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"a.pharaoh": "0-2 1-9\n0-0\n"}, "line 1: the link 1-9 is out of range"),
        ({"a.pharaoh": "0-2\n"}, "a.pharaoh ends after 1 sentence,"),
        ({"t.txt": "es winkte Angela Merkel\n"}, "t.txt ends after 1 sentence,"),
        ({"s.conll": "Angela\n"}, "is called .conll, but no column of it holds tags"),
    ],
)
def test_bad_files_are_refused_with_their_line(
    files: Path, change: dict[str, str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, content in change.items():
        (files / name).write_text(content)
    code = main(
        [
            "project",
            "--labelled",
            f"{files}/s.conll",
            "--target",
            f"{files}/t.txt",
            "--alignment",
            f"{files}/a.pharaoh",
            "--output",
            f"{files}/p.conll",
        ]
    )
    error = capsys.readouterr().err
    assert code == 2 and message in error and "Traceback" not in error
    assert not (files / "p.conll").exists()


NESTED = {
    "language": "en",
    "tokens": ["the", "University", "of", "Bremen", "won"],
    "entities": [
        {"start": 1, "end": 4, "label": "ORG"},
        {"start": 3, "end": 4, "label": "LOC"},
    ],
}
GERMAN = ["die", "Universität", "Bremen", "siegte"]


def test_nested_labels_go_from_jsonl_to_jsonl(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """All in one file, or a side each; CoNLL cannot hold them, and is not written."""
    links = [[0, 0], [1, 1], [3, 2], [4, 3]]
    whole = {
        "id": "1",
        "source": NESTED,
        "target": {"language": "de", "tokens": GERMAN},
        "links": {"sure": links},
    }
    (tmp_path / "whole.jsonl").write_text(json.dumps(whole) + "\n")
    (tmp_path / "s.jsonl").write_text(json.dumps({"id": "1", "source": NESTED}) + "\n")
    (tmp_path / "t.txt").write_text(" ".join(GERMAN) + "\n")
    (tmp_path / "a.pharaoh").write_text(" ".join(f"{i}-{j}" for i, j in links) + "\n")
    parts = ["--target", f"{tmp_path}/t.txt", "--alignment", f"{tmp_path}/a.pharaoh"]
    inputs = {
        "whole": ["--labelled", f"{tmp_path}/whole.jsonl"],
        "parts": ["--labelled", f"{tmp_path}/s.jsonl", *parts],
    }
    for name, given in inputs.items():
        output = tmp_path / f"{name}.out.jsonl"
        assert main(["project", *given, "--output", str(output)]) == 0
        target = json.loads(output.read_text())["target"]
        places = [(e["start"], e["end"], e["label"]) for e in target["entities"]]
        assert sorted(places) == [(1, 3, "ORG"), (2, 3, "LOC")]
        flat = tmp_path / "flat.conll"
        assert main(["project", *given, "--output", str(flat)]) == 2
        assert "end in .jsonl" in capsys.readouterr().err and not flat.exists()
    both = ["project", *inputs["whole"], *parts, "--output", f"{tmp_path}/x.jsonl"]
    assert main(both) == 2 and "holds both sides" in capsys.readouterr().err
    alone = ["project", "--labelled", f"{tmp_path}/s.jsonl", "--output", f"{tmp_path}/x.jsonl"]
    assert main(alone) == 2 and "give it with --target" in capsys.readouterr().err


def test_unknown_names_list_the_known_ones(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    base = [
        "project",
        "--labelled",
        f"{files}/s.conll",
        "--target",
        f"{files}/t.txt",
        "--alignment",
        f"{files}/a.pharaoh",
        "--output",
        f"{files}/p.conll",
    ]
    assert main([*base, "--projector", "best"]) == 2
    assert "min-max" in capsys.readouterr().err
    assert main([*base, "--projector", "seed-heuristic", "--set", "ratio=1"]) == 2
    assert "length_ratio" in capsys.readouterr().err


@pytest.mark.usefixtures("fake_engine")
def test_tag_ignores_the_tags_of_its_input(files: Path) -> None:
    arguments = ["tag", "--input", f"{files}/in.conll", "--language", "de"]
    assert main([*arguments, "--output", f"{files}/tagged.conll"]) == 0
    assert (files / "tagged.conll").read_text().count("B-LOC") == 2


@pytest.mark.usefixtures("fake_engine")
def test_run_writes_every_method_and_a_report(files: Path) -> None:
    assert (
        main(
            [
                "run",
                "--input",
                f"{files}/in.conll",
                "--target-language",
                "de",
                "--pivot",
                "fr",
                "--projector",
                "seed-heuristic",
                "--output",
                f"{files}/out",
                "--traces",
            ]
        )
        == 0
    )
    report = json.loads((files / "out/run.json").read_text())
    for method in ("direct", "pivot", "back_translation"):
        written = (files / f"out/{method}.conll").read_text()
        assert [line.split("\t")[0] for line in written.splitlines()] == [
            "Lagos",
            "besuchte",
            "das",
            "werk",
            "",
            "Oslo",
            "",
        ]
        assert report["methods"][method]["scores"]["n_correct"] == 1
        assert report["methods"][method]["failures"] == []
        first, _ = (files / f"out/{method}.traces.jsonl").read_text().splitlines()
        assert json.loads(first)["entities"][0]["why"]["candidates"] is not None
    assert "projector:seed-heuristic" in report["signature"] and report["sentences"] == 2


@pytest.mark.usefixtures("fake_engine")
def test_run_keeps_empty_sentences_and_reports_failures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in.txt").write_text("Lagos besuchte das werk\n\nOslo\n")
    assert (
        main(
            [
                "run",
                "--input",
                f"{tmp_path}/in.txt",
                "--target-language",
                "sw",
                "--methods",
                "direct",
                "--output",
                f"{tmp_path}/out",
            ]
        )
        == 0
    )
    report = json.loads((tmp_path / "out/run.json").read_text())
    failures = report["methods"]["direct"]["failures"]
    assert [f["sentence"] for f in failures] == [1, 3]
    assert "no words from sw to en" in failures[0]["problem"]
    written = (tmp_path / "out/direct.conll").read_text()
    assert written.endswith("werk\tO\n\n\nOslo\tO\n\n")
    stderr = capsys.readouterr().err
    assert "direct: 2 of 3 sentences were not labelled" in stderr and "no words from sw" in stderr


@pytest.mark.usefixtures("fake_engine")
def test_run_tells_what_models_note(
    files: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Cutting(WordTranslator):
        def translate(self, sentences: Sequence[Sentence], target: str) -> list[Translation]:
            translations = super().translate(sentences, target)
            return [replace(t, notes=("The end was cut off.",)) for t in translations]

    cutting = engine(translator=Cutting())
    monkeypatch.setattr(run_command, "load_engine", lambda name: cutting)
    assert (
        main(
            [
                "run",
                "--input",
                f"{files}/in.conll",
                "--target-language",
                "de",
                "--methods",
                "direct,direct",
                "--output",
                f"{files}/out",
            ]
        )
        == 0
    )
    assert "direct, sentence 1 and 1 more: The end was cut off." in capsys.readouterr().err
    report = json.loads((files / "out/run.json").read_text())
    assert report["methods"]["direct"]["notes"] == [
        {"note": "The end was cut off.", "sentences": [1, 2]}
    ]
    assert report["methods"]["direct"]["scores"]["n_gold"] == 2


@pytest.mark.usefixtures("fake_engine")
def test_run_refuses_one_language_on_both_sides(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        main(
            [
                "run",
                "--input",
                f"{files}/in.conll",
                "--target-language",
                "deu",
                "--source-language",
                "de",
                "--output",
                f"{files}/out",
            ]
        )
        == 2
    )
    assert "both German" in capsys.readouterr().err


@pytest.mark.usefixtures("fake_engine")
def test_conll_called_txt_is_read_as_conll(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (files / "in.conll").rename(files / "in.txt")
    assert (
        main(
            [
                "tag",
                "--input",
                f"{files}/in.txt",
                "--language",
                "de",
                "--output",
                f"{files}/tagged.conll",
            ]
        )
        == 0
    )
    assert (files / "tagged.conll").read_text().startswith("Lagos\tB-LOC\nbesuchte\tO\n")
    assert "looks like CoNLL" in capsys.readouterr().err


def test_align_needs_no_languages_and_keeps_empty_lines(files: Path) -> None:
    (files / "s.txt").write_text("Angela Merkel waved\n\nOslo\n")
    (files / "s2.txt").write_text("es winkte Angela Merkel\nhier\nOslo\n")
    assert (
        main(
            [
                "align",
                "--source",
                f"{files}/s.txt",
                "--target",
                f"{files}/s2.txt",
                "--aligner",
                "mini",
                "--output",
                f"{files}/made.pharaoh",
            ]
        )
        == 0
    )
    first, empty, last = (files / "made.pharaoh").read_text().splitlines()
    assert {"0-2", "1-3"} <= set(first.split()) and (empty, last) == ("", "0-0")


def test_evaluate_says_how_sure_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold = "".join(f"Lagos B-LOC\nand O\nOslo B-LOC\nn{n} O\n\n" for n in range(30))
    (tmp_path / "g.conll").write_text(gold)
    (tmp_path / "good.conll").write_text(gold.replace("Oslo B-LOC\nn7", "Oslo O\nn7"))
    (tmp_path / "bad.conll").write_text(gold.replace("Oslo B-LOC", "Oslo O"))
    command = [
        "evaluate",
        "--gold",
        f"{tmp_path}/g.conll",
        "--predicted",
        f"{tmp_path}/good.conll",
        "--against",
        f"{tmp_path}/bad.conll",
    ]
    assert main([*command, "--bootstrap", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    low, high = report["intervals"]["F1"]
    assert low < report["f1"] <= high and report["intervals"]["precision"] == [1, 1]
    assert report["against"]["difference"] == pytest.approx(118 / 119 - 2 / 3)
    assert report["against"]["low"] > 0 and report["against"]["p"] < 0.001
    assert main(command) == 0
    assert "p = 0.0001 (two-sided" in capsys.readouterr().out


def test_evaluate_notes_that_the_words_differ(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (files / "p.conll").write_text("Angela B-PER\nM. I-PER\nwaved O\n\nOslo B-LOC\n")
    assert main(["evaluate", "--gold", f"{files}/s.conll", "--predicted", f"{files}/p.conll"]) == 0
    assert "'Merkel' in line 2" in capsys.readouterr().err


def test_missing_files_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", "--gold", f"{tmp_path}/no.conll", "--predicted", "x"]) == 2
    assert "no.conll" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["long.txt", "long.conll"])
def test_a_file_without_sentence_breaks_is_refused(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "Oslo\n" + "word " * 1001 if name == "long.txt" else "Oslo O\n\n" + "word O\n" * 1001
    (tmp_path / name).write_text(text)
    assert main(["tag", "--input", f"{tmp_path}/{name}", "--output", f"{tmp_path}/o.conll"]) == 2
    message = f"{name}: the target sentence of item 2 has 1,001 tokens"
    assert message in capsys.readouterr().err


@pytest.mark.usefixtures("fake_engine")
def test_a_line_without_words_stays_an_empty_sentence(tmp_path: Path) -> None:
    (tmp_path / "t.txt").write_text("Oslo\n\u200b\nLagos\n")
    assert (
        main(
            ["tag", "--input", f"{tmp_path}/t.txt", "--tokenise", "--output", f"{tmp_path}/o.conll"]
        )
        == 0
    )
    written = (tmp_path / "o.conll").read_text().splitlines()
    assert [line.split("\t")[0] for line in written] == ["Oslo", "", "", "Lagos", ""]


@pytest.mark.usefixtures("fake_engine")
def test_text_that_is_not_tokenised_is_noticed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "t.txt").write_text("Sie lebt in Oslo.\nEr kam aus Lagos .\nGestern!\n")
    command = ["tag", "--input", f"{tmp_path}/t.txt", "--output", f"{tmp_path}/o.conll"]
    assert main(command) == 0
    assert "its full stop attached" in capsys.readouterr().err
    assert main([*command, "--tokenise"]) == 0
    assert "its full stop attached" not in capsys.readouterr().err


@pytest.mark.usefixtures("fake_engine")
def test_any_format_with_a_target_can_be_tagged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    row = {"source": {"tokens": ["Oslo"]}, "target": {"tokens": ["Lagos"], "language": "de"}}
    (tmp_path / "x.jsonl").write_text(json.dumps(row) + "\n")
    command = ["tag", "--input", f"{tmp_path}/x.jsonl", "--output", f"{tmp_path}/o.conll"]
    assert main([*command, "--language", "de"]) == 0
    assert (tmp_path / "o.conll").read_text() == "Lagos\tB-LOC\n\n"
    del row["target"]
    (tmp_path / "x.jsonl").write_text(json.dumps(row) + "\n")
    assert main([*command, "--language", "de"]) == 2
    assert "no target sentence to tag" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (OSError(28, "No space left on device"), "xproj evaluate: No space left on device."),
        (MemoryError(), "xproj evaluate: memory ran out."),
    ],
)
def test_a_full_disk_or_memory_is_a_sentence(
    error: Exception,
    message: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(options: object) -> None:
        raise error

    monkeypatch.setattr("xproj_core.commands.evaluate.run", fail)
    assert main(["evaluate", "--gold", "g", "--predicted", "p"]) == 2
    assert message in capsys.readouterr().err
