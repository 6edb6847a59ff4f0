"""What is kept is valid by its format and by the models' fingerprints, whatever the version."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from tests.fakes import WordTranslator
from tests.former_version import reading
from xproj_core.answers import chunks as chunking
from xproj_core.answers.choice import parse_choices
from xproj_core.cli import main
from xproj_core.domain import codec
from xproj_core.domain.errors import InputError
from xproj_core.engines import fingerprint
from xproj_core.engines.presets import load_engine
from xproj_core.evaluate.analysis import analysis_cache
from xproj_core.examples import dataset as example
from xproj_core.jobs.folder import FolderLedger
from xproj_core.jobs.progress import Progress
from xproj_core.robustness import sweep_job
from xproj_core.robustness.plan import Plan
from xproj_core.runs import cache as caching
from xproj_core.runs import run_signature
from xproj_core.runs.configuration import RunConfiguration
from xproj_core.translate import translators

ROOT = Path(__file__).resolve().parents[2]
ENGINE = "words:weights.bin|exact|capitals|capitals"
TEXT = "".join(f"Lagos besuchte das werk {n}\n" for n in range(16))
RUN = ["run", "--input=in.txt", "--target-language=de", "--methods=direct", f"--engine={ENGINE}"]


class Ill(WordTranslator):
    """Its machine gives out at a word, until it is well."""

    well = False

    def translate(self, sentences: Any, target: str) -> Any:
        if not Ill.well and any("13" in sentence.tokens for sentence in sentences):
            raise MemoryError
        return super().translate(sentences, target)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a text, and with the weights of a translator."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XPROJ_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("XPROJ_STORE", raising=False)
    monkeypatch.setattr(chunking.chunks, "__defaults__", (4, chunking.CHUNK_CELLS))
    monkeypatch.setattr(Ill, "well", True)
    reading.register_words()
    (tmp_path / "in.txt").write_text(TEXT)
    (tmp_path / "weights.bin").write_bytes(b"1")
    return tmp_path


@pytest.fixture
def ill(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An engine that breaks a run off at 12 of 16 sentences; its name."""
    translators.add("ill", f"{__name__}:Ill", "for tests", "FILE")
    monkeypatch.setattr(Ill, "well", False)
    return "ill:weights.bin|exact|capitals|capitals"


def set_version(monkeypatch: pytest.MonkeyPatch, version: str) -> None:
    """Another version, in every module that has taken it over."""
    for name, module in [*sys.modules.items()]:
        if name.startswith(("xproj_core", "xproj_ui")) and hasattr(module, "__version__"):
            monkeypatch.setattr(module, "__version__", version)


def translated() -> int:
    """How many sentences were translated in this process."""
    model: Any = translators.create("words:weights.bin")
    return len(model.calls)


def interrupted(ill: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """A run is broken off; the command that goes on with it."""
    command = [*RUN[:-1], f"--engine={ill}", "--output=out", "--no-cache"]
    assert main(command) == 2
    assert "memory ran out" in capsys.readouterr().err
    Ill.well = True
    return command


def test_another_version_has_the_same_cache(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = translated()
    assert main([*RUN, "--output=one"]) == 0
    assert translated() == before + 16
    set_version(monkeypatch, "9.9.9")
    assert main([*RUN, "--output=two"]) == 0
    assert translated() == before + 16
    lines = capsys.readouterr().out.splitlines()
    assert "|version:9.9.9" in lines[1], "it says who wrote it"
    assert lines[0].rpartition("|version:")[0] == lines[1].rpartition("|version:")[0]
    # and does again, without a word, what the other version's line says
    assert main(["run", "--signature", lines[0], "--output=three"]) == 0
    assert "may differ" not in capsys.readouterr().err


def test_other_models_have_another_cache(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = translated()
    assert main([*RUN, "--output=one"]) == 0
    line = capsys.readouterr().out.strip()
    (folder / "weights.bin").write_bytes(b"2")
    assert main([*RUN, "--output=two"]) == 0
    assert translated() == before + 32
    assert main(["run", "--signature", line, "--output=three"]) == 0
    assert "the figures may differ: the models of words" in capsys.readouterr().err
    monkeypatch.setattr(fingerprint, "FORMAT", fingerprint.FORMAT + 1)
    assert main([*RUN, "--output=four"]) == 0
    assert translated() == before + 48
    monkeypatch.setattr(caching, "FORMAT", caching.FORMAT + 1)
    assert main([*RUN, "--output=five"]) == 0
    assert translated() == before + 64


def test_another_version_goes_on_with_a_run(
    ill: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    command = interrupted(ill, capsys)
    begun = json.loads(Path("out/run.json").read_text())
    set_version(monkeypatch, "9.9.9")
    assert main(command) == 0
    output = capsys.readouterr()
    assert f"going on with the run {begun['run']}: 12 of 16" in output.err
    assert output.out.strip() == begun["signature"]
    report = json.loads(Path("out/run.json").read_text())
    assert report["finished"] and report["sentences"] == 16


@pytest.mark.parametrize("other", ["models", "code of models", "code of methods"])
def test_others_do_not_go_on_with_a_run(
    ill: str, other: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    command = interrupted(ill, capsys)
    begun = json.loads(Path("out/run.json").read_text())
    if other == "models":
        Path("weights.bin").write_bytes(b"2")
    else:
        module: Any = fingerprint if other == "code of models" else run_signature
        monkeypatch.setattr(module, "FORMAT", module.FORMAT + 1)
    assert main(command) == 0
    output = capsys.readouterr()
    assert "going on" not in output.err
    format = f"|format:{run_signature.FORMAT}|"
    assert format in output.out
    if other == "code of methods":  # whoever does again what such a line says is told of it
        there, here = run_signature.parse(output.out), run_signature.parse(begun["signature"])
        (difference,) = here.differences(there)
        assert "work otherwise" in difference
        with pytest.raises(InputError, match="format are wrong"):
            run_signature.parse(output.out.replace(format, "|format:two|"))


def test_a_process_of_another_version_finishes_a_run(ill: str, folder: Path, capsys: Any) -> None:
    """The same where every module gets the version at its import."""
    command = interrupted(ill, capsys)
    program = (
        "import xproj_core, sys; xproj_core.__version__ = '9.9.9'\n"
        "from tests.unit.test_validity import Ill, reading, translators\n"
        "from xproj_core.cli import main\n"
        "reading.register_words(); Ill.well = True\n"
        "translators.add('ill', 'tests.unit.test_validity:Ill', '', 'FILE')\n"
        "main(['noise', 'apply', '--input=in.txt', '--target-language=de', '--output=noise',"
        " '--noise', 'drop-words=0.1'])\n"
        "sys.exit(main(sys.argv[1:]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *command],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "version:9.9.9" in done.stdout and "12 of 16 are done" in done.stderr


def test_another_version_reads_what_was_counted(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main([*RUN, "--output=one"]) == 0
    report = ["report", "--input=one", "--output=report.html"]
    assert main(report) == 0
    (counted,) = (folder / "data" / "xproj-analyses").iterdir()
    inode = counted.stat().st_ino
    set_version(monkeypatch, "9.9.9")
    assert main(report) == 0
    assert "XProj 9.9.9" in (folder / "report.html").read_text("utf-8")
    assert [*counted.parent.iterdir()] == [counted] and counted.stat().st_ino == inode
    monkeypatch.setattr(analysis_cache, "FORMAT", analysis_cache.FORMAT + 1)
    assert main(report) == 0
    (anew,) = counted.parent.iterdir()
    assert anew != counted


class Broken(Exception):
    pass


@pytest.mark.parametrize("other", ["version", "models", "code of noises"])
def test_a_sweep_goes_on_in_another_version_and_begins_anew_with_other_models(
    folder: Path, other: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    direct = parse_choices("direct", "method")
    configuration = RunConfiguration("en", "de", engines=(ENGINE,), methods=direct)
    plan = Plan(configuration, ("drop-words",), (0.5,), (1,), sentences=4).checked()
    data = {"id": example.ID, "name": example.NAME, "size": 4, "labels": example.LABELS}
    files = FolderLedger(folder / "sweeps")
    files.add("one", {"plan": codec.to_json(plan), "data": data})

    def die(progress: Progress) -> None:
        if progress.done:
            raise Broken

    def items(id: str) -> Any:
        return iter(example.items())

    with pytest.raises(Broken):
        sweep_job.run(files, "one", load_engine, items, die, Event())
    if other == "version":
        set_version(monkeypatch, "9.9.9")
    elif other == "models":
        (folder / "weights.bin").write_bytes(b"2")
    else:
        monkeypatch.setattr(run_signature, "FORMAT", run_signature.FORMAT + 1)
    moments: list[Progress] = []
    sweep_job.run(files, "one", load_engine, items, moments.append, Event())
    assert moments[1].done == (4 if other == "version" else 0) and moments[-1].done == 8
