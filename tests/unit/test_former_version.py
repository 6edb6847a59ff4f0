"""What XProj 0.1.0 wrote is read, gone on with and done again; see tests/former_version."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from tests.former_version import reading
from xproj_core.cli import main
from xproj_core.engines import fingerprint
from xproj_core.engines.presets import load_engine
from xproj_core.jobs.folder import FolderLedger
from xproj_core.jobs.progress import Progress
from xproj_core.project import canvas, matching, nesting
from xproj_core.robustness.sweep_job import SweepJobs, in_thread, run
from xproj_core.runs import run_signature
from xproj_core.store import open_store
from xproj_core.store.store import Store

TODAY = fingerprint.FORMAT
FORMER = Path(__file__).resolve().parents[1] / "former_version"
EXPECTED: dict[str, Any] = json.loads((FORMER / "expected.json").read_text("utf-8"))
RUNS, DATASETS = EXPECTED["runs"], EXPECTED["datasets"]
FILES = {name: "sentences.jsonl" for name in ("words", "translated")}
FILES |= {name: "german.conll" for name in ("mini", "taught")}
MANY = ["--input=many.txt", "--target-language=de", "--pivot=fr", "--methods=direct,pivot"]


@pytest.fixture
def former(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the folder, in which commands run; migrations change nothing but the copy.

    The models' and the projectors' code counts as what it was: what was made with other code is
    read all the same, but neither gone on with nor taken for an answer of today's. Labels did not
    nest then.
    """
    folder = tmp_path / "former"
    shutil.copytree(FORMER, folder)
    for file in (folder / "data" / "robustness").iterdir():
        os.utime(file, (0, 0))  # its time is a sign of life
    monkeypatch.chdir(folder)
    monkeypatch.setenv("XPROJ_DATA", str(folder / "data"))
    monkeypatch.delenv("XPROJ_STORE", raising=False)
    monkeypatch.setattr(fingerprint, "FORMAT", 1)
    monkeypatch.setattr(run_signature, "FORMAT", 1)
    for module in (matching, canvas):
        monkeypatch.setattr(module, "sharing", lambda spans: nesting.NONE)
    reading.register_words()
    yield folder


@pytest.fixture
def store(former: Path) -> Iterator[Store]:
    with open_store() as opened:
        yield opened


def cached(former: Path) -> int:
    """How many answers of models are kept."""
    with sqlite3.connect(former / "data" / "cache.sqlite") as connection:
        return int(connection.execute("SELECT COUNT(*) FROM result").fetchone()[0])


def test_the_store_holds_what_it_held(store: Store) -> None:
    contents, expected = reading.contents(store), EXPECTED["contents"]
    assert list(contents) == [known.id for known in store.datasets.list()]
    assert contents.keys() == expected.keys()
    for id, dataset in expected.items():
        assert contents[id].keys() == dataset.keys()
        for part, value in dataset.items():
            assert contents[id][part] == value, (id, part)


def test_opening_it_a_second_time_changes_nothing(former: Path) -> None:
    for _ in range(2):
        with open_store() as opened:
            assert reading.contents(opened) == EXPECTED["contents"]


@pytest.mark.parametrize("name", ["words", "twice"])
def test_everything_can_be_undone_and_redone(store: Store, name: str) -> None:
    dataset = DATASETS[name]
    assert reading.undone(store, dataset) == EXPECTED["undone"][name]
    expected, steps = EXPECTED["contents"][dataset]["documents"], 0
    for entry, (where, expected_state, initial) in zip(
        store.documents.all(dataset), expected, strict=True
    ):
        place, now, first = (reading.plain(part) for part in entry)
        assert (place, first) == (where, initial)
        assert now["document"] == expected_state["document"], "all was redone"
        steps += now["revision"] - expected_state["revision"]
    assert steps > 0


def test_commands_list_what_there_is(former: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("runs", "datasets"):
        assert main([command]) == 0
        assert capsys.readouterr().out == EXPECTED["said"][command]


@pytest.mark.parametrize("name", ["words", "twice"])
def test_corrections_are_written_as_before(former: Path, name: str) -> None:
    assert main(["datasets", "--dataset", DATASETS[name], "--corrections=x.csv"]) == 0
    written = (former / "x.csv").read_bytes().decode()
    assert written == EXPECTED["said"]["corrections"][name]


@pytest.mark.parametrize("of", [["--run", RUNS["words"]], ["--input", "output/words"]])
def test_a_report_has_the_figures_that_it_had(former: Path, of: list[str]) -> None:
    """Whoever changes what is counted raises `FORMAT` beside the counting, and these figures."""
    analyses = former / "data" / "xproj-analyses"
    report = ["report", *of, "--sweep=output/sweep.json", "--output=report.html"]
    assert main([*report, "--tables=tables"]) == 0
    assert reading.texts(former / "tables") == EXPECTED["tables"]
    assert "drop-words" in (former / "report.html").read_text("utf-8")
    # what is counted has changed since, so it was counted once more, and never again
    counted = {p: (p.stat().st_ino, p.read_bytes()) for p in analyses.iterdir()}
    assert main([*report, "--tables=tables"]) == 0
    assert counted == {p: (p.stat().st_ino, p.read_bytes()) for p in analyses.iterdir()}


def test_an_interrupted_run_goes_on_to_the_same_result(
    former: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = RUNS["interrupted"]
    query_counts = reading.count_queries()
    command = ["run", *MANY, "--engine", reading.WORDS, "--output=output/interrupted"]
    assert main(command) == 0
    output = capsys.readouterr()
    assert f"going on with the run {run}: 12 of 16 are done." in output.err
    assert output.out.strip() == EXPECTED["printed"]["many"]
    assert reading.count_queries()[0] > query_counts[0], (
        "four sentences were still to be translated"
    )
    with open_store() as store:
        assert store.runs.get(run).state == "finished"
        assert _as_then(reading.plain([*store.runs.records(run)])) == EXPECTED["many"]
    written = [reading.texts(former / "output" / n, "*.conll") for n in ("interrupted", "many")]
    assert len(written[0]) == 2 and written[0] == written[1]


def _as_then(records: list[dict[str, object]]) -> list[dict[str, object]]:
    """Without what records did not hold then: the labels that the tagger can give."""
    return [{k: v for k, v in record.items() if k != "tagset"} for record in records]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("form", ["line", "folder", "id"])
def test_a_run_is_done_again_without_asking_a_model(
    former: Path, name: str, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    line = EXPECTED["printed"][name]
    what = {"line": line, "folder": f"output/{name}", "id": RUNS[name]}[form]
    before, query_counts = cached(former), reading.count_queries()
    assert main(["run", "--signature", what, f"--input={FILES[name]}", "--output=again"]) == 0
    output = capsys.readouterr()
    assert "may differ" not in output.err
    assert output.out.strip() == line
    again = reading.texts(former / "again", "*.conll")
    assert again == reading.texts(former / "output" / name, "*.conll") and again
    assert reading.count_queries() == query_counts
    assert cached(former) == before > 0
    with open_store() as store:
        new = json.loads((former / "again" / "run.json").read_text("utf-8"))["run"]
        assert new != RUNS[name]
        record_lists = [
            _as_then(reading.plain([*store.runs.records(run)])) for run in (new, RUNS[name])
        ]
        assert record_lists[0] == record_lists[1] and record_lists[0]


def test_what_other_code_answered_is_asked_for_again_and_said(
    former: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(fingerprint, "FORMAT", TODAY)
    queries = reading.count_queries()
    command = ["run", "--signature", EXPECTED["printed"]["words"], "--input", FILES["words"]]
    assert main([*command, "--output=again"]) == 0
    assert "the figures may differ: the models of" in capsys.readouterr().err
    assert reading.count_queries() != queries
    again, before = (reading.texts(former / d, "*.conll") for d in ("again", "output/words"))
    assert again == before, "these sentences are cut as they were"


def test_a_line_finds_its_data_in_the_store(former: Path) -> None:
    line = EXPECTED["printed"]["words"]
    assert main(["run", "--signature", line, "--output=again"]) == 0
    again, before = (reading.texts(former / d, "*.conll") for d in ("again", "output/words"))
    assert again == before


def test_an_exported_project_is_put_into_another_store(former: Path) -> None:
    other = former / "other" / "xproj.sqlite"
    assert main(["datasets", "--import=project.zip", f"--store={other}"]) == 0
    with open_store(str(other)) as store:
        contents = reading.contents(store)
    assert contents == EXPECTED["contents"]
    assert main(["datasets", "--export=again.zip", f"--store={other}"]) == 0
    assert rows(former / "again.zip") == rows(former / "project.zip")
    assert rows(former / "project.zip")["document.jsonl"]


def rows(archive: Path) -> dict[str, list[Any]]:
    """The rows of every table."""
    with zipfile.ZipFile(archive) as file:
        return {
            name: [json.loads(line) for line in file.read(name).splitlines()]
            for name in file.namelist()
            if name.endswith(".jsonl")
        }


def test_a_finished_sweep_is_found(former: Path, store: Store) -> None:
    folder = former / "data" / "robustness"
    sweep_jobs = SweepJobs(folder, in_thread(folder, load_engine, store.datasets.items))
    sweep = sweep_jobs.find(EXPECTED["sweeps"]["finished"])
    assert sweep is not None and sweep.state == "finished"
    assert reading.plain(sweep.results) == EXPECTED["sweep"]


def test_a_killed_sweep_goes_on_with_the_answers_that_it_had(former: Path, store: Store) -> None:
    folder, key = former / "data" / "robustness", EXPECTED["sweeps"]["interrupted"]
    files = FolderLedger(folder)
    job = files.get(key)
    assert job is not None and job.state == "interrupted"
    moments: list[Progress] = []
    run(files, key, load_engine, store.datasets.items, moments.append, Event())
    assert moments[1].done == 30, "three conditions of ten sentences were answered"
    assert moments[-1].done == moments[-1].total == 50
    resumed = files.get(key)
    assert resumed is not None and resumed.state == "finished"
    anew = FolderLedger(former / "anew")
    anew.add(key, job.request)
    run(anew, key, load_engine, store.datasets.items, lambda _: None, Event())
    full_sweep = anew.get(key)
    assert full_sweep is not None and resumed.result == full_sweep.result
