"""Sweeps in the background: kept, cancelled, killed and taken up again, with the same figures."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from tests import fakes
from tests.unit.test_robustness import dataset
from xproj_core.answers import chunks as chunking
from xproj_core.answers.many_items import Given
from xproj_core.domain import codec
from xproj_core.domain.codec import RawJson
from xproj_core.domain.errors import EngineError, StoreError
from xproj_core.domain.item import Item
from xproj_core.engines.presets import load_engine
from xproj_core.examples import dataset as example
from xproj_core.jobs.folder import FolderLedger
from xproj_core.jobs.ledger import at_work
from xproj_core.jobs.progress import Progress
from xproj_core.models.protocols import Engine
from xproj_core.robustness import sweep_job
from xproj_core.robustness.counts import CLEAN, Condition
from xproj_core.robustness.journal import Journal
from xproj_core.robustness.plan import Plan
from xproj_core.robustness.sweep_job import Data, SweepJob, SweepJobs, in_thread, key_of, run
from xproj_core.runs.configuration import RunConfiguration

ITEMS = dataset(30)


def plan(**changes: Any) -> Plan:
    base = Plan(
        RunConfiguration("en", "de", "fr", given=Given(False, False)),
        ("drop-links",),
        (0.5,),
        (1, 2),
        0,
    )
    return replace(base, **changes).checked()


def data(size: int = len(ITEMS)) -> Data:
    return Data("words", "Words", size, ("LOC",))


def fake(name: str) -> Engine:
    return fakes.engine()


def sweeps(
    folder: Path, load: Callable[[str], Engine] = fake, items: list[Item] = ITEMS
) -> SweepJobs:
    return SweepJobs(folder, in_thread(folder, load, lambda id: items))


def done(some: SweepJobs, plan: Plan, over: Data) -> SweepJob:
    some.begin(plan, over)
    some.join(key_of(plan, over))
    job = some.find(key_of(plan, over))
    assert job is not None and not job.busy
    return job


def test_a_sweep_in_the_background_is_kept(tmp_path: Path) -> None:
    job = done(sweeps(tmp_path), plan(), data())
    assert job.state == "finished" and job.problem == ""
    assert job.results is not None and job.results.sentences == 30
    assert job.progress.done == job.progress.total == 30 * 3
    assert sweeps(tmp_path).find(job.key) == job and job.plan == plan()
    assert key_of(plan(seeds=(3,)), data()) != job.key == key_of(plan(), data())
    assert key_of(plan(), data(31)) != job.key
    assert any(job.results.broken.values())
    assert [file.name for file in tmp_path.iterdir()] == [f"{job.key}.json"]
    again = done(sweeps(tmp_path), plan(), data())
    assert again.results == job.results


def test_a_plan_reads_what_it_writes() -> None:
    original = plan(rates=(0.3, 0.1, 0.0, 0.1))
    assert original.rates == (0.1, 0.3)
    assert codec.from_json(Plan, json.loads(json.dumps(codec.to_json(original)))) == original


class Broken(Exception):
    pass


def test_a_sweep_goes_on_with_the_next_condition_and_its_figures_are_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever it dies: within a chunk, between two, or while an answer is being written."""
    monkeypatch.setattr(chunking.chunks, "__defaults__", (16, chunking.CHUNK_CELLS))
    items = dataset(20)  # two chunks
    reference = done(sweeps(tmp_path / "whole", items=items), plan(), data(20))
    for after in (1, 2, 4):
        folder = tmp_path / str(after)
        files, key = FolderLedger(folder), reference.key
        files.add(key, files_request(tmp_path / "whole", key))
        moments: list[Progress] = []

        def die(progress: Progress, moments: list[Progress] = moments, after: int = after) -> None:
            moments.append(progress)
            if len(moments) > 2 + after:  # loading, nothing yet, and so many conditions
                raise Broken

        with pytest.raises(Broken):
            run(files, key, fake, lambda id: items, die, Event())
        before = moments[-1].done
        with files.path(key, ".answers").open("ab") as file:
            file.write(b'{"at": [0, "drop-li')
        engine = fakes.engine()

        def load(name: str, engine: Engine = engine) -> Engine:
            return engine

        job = done(sweeps(folder, load, items), plan(), data(20))
        assert job.state == "finished" and job.results == reference.results
        assert job.progress.done == job.progress.total == 60
        if before >= 3 * 16:
            final_tokens = {tokens[-1] for tokens, _ in fakes.translated(engine)}
            assert "n19" in final_tokens and "n0" not in final_tokens, (
                "the first chunk is not answered again"
            )


def files_request(folder: Path, key: str) -> RawJson:
    return FolderLedger(folder).get(key).request


def test_answers_of_other_models_or_data_are_none(tmp_path: Path) -> None:
    file, condition = tmp_path / "x.answers", Condition("drop-links", 0.5, 1)
    answers = {"direct/x": ([(1, 1, 0), (2, 0, 0)], 1)}
    with Journal(file, "engine:a") as journal:
        assert journal.done == 0 and journal.take(0, CLEAN) is None
        journal.keep(0, CLEAN, 2, answers)
        journal.keep(0, condition, 2, answers)
    with Journal(file, "engine:a") as journal:
        assert journal.done == 4
        assert journal.take(0, CLEAN) == answers
        assert journal.take(7, condition) is None, "another chunk"
        assert journal.take(0, condition) is None, "what came after it is of no use"
    with Journal(file, "engine:a") as journal:
        assert journal.done == 2
    with Journal(file, "engine:b") as journal:
        assert journal.done == 0 and journal.take(0, CLEAN) is None
    file.write_bytes(b"\xff\xfe{not ours")
    with Journal(file, "engine:b") as journal:
        assert journal.take(0, CLEAN) is None
        journal.remove()
    assert not file.exists()


def test_a_sweep_can_be_cancelled_and_taken_up(tmp_path: Path) -> None:
    go, began = Event(), Event()

    def load(name: str) -> Engine:
        began.set()
        assert go.wait(20)
        return fakes.engine()

    some = sweeps(tmp_path, load)
    first, second = plan(), plan(seeds=(3,))
    some.begin(first, data())
    assert began.wait(20)
    some.begin(second, data())
    waiting = some.find(key_of(second, data()))
    assert waiting is not None and waiting.busy and "waiting" in str(waiting.progress)
    assert some.busy() == (key_of(first, data()), key_of(second, data()))
    some.cancel(key_of(second, data()))
    some.join(key_of(second, data()))
    some.cancel(key_of(first, data()))
    go.set()
    some.join(key_of(first, data()))
    states = [job.state for p in (first, second) if (job := some.find(key_of(p, data())))]
    assert states == ["cancelled", "new"] and some.busy() == ()
    for sweep_plan in (first, second):
        assert done(some, sweep_plan, data()).state == "finished"


def test_a_sweep_that_fails_says_why(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="cannot be written"):
        sweeps(tmp_path / "file" / "x").begin(plan(), data())

    def broken(name: str) -> Engine:
        raise EngineError("No such model.")

    job = done(sweeps(tmp_path, broken), plan(), data())
    assert (job.state, job.problem) == ("failed", "No such model.")
    (tmp_path / "damaged.json").write_text("{")
    (tmp_path / "strange.json").write_text('{"request": {}}')
    assert sweeps(tmp_path).find("damaged") is None and sweeps(tmp_path).find("strange") is None
    assert sweeps(tmp_path).find("gone") is None


def test_a_killed_process_leaves_a_sweep_that_another_finishes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XPROJ_DATA", str(tmp_path))
    monkeypatch.delenv("XPROJ_STORE", raising=False)
    sweep_plan = plan(noises=("drop-links", "add-links"), rates=(0.1, 0.5), sentences=12)
    over = Data(example.ID, "Example", len(example.items()), example.LABELS)
    key = key_of(sweep_plan, over)
    here = in_thread(tmp_path / "whole", load_engine, sweep_job.items)
    by_itself = done(SweepJobs(tmp_path / "whole", here), sweep_plan, over)
    assert by_itself.state == "finished", by_itself.problem

    folder = tmp_path / "killed"
    FolderLedger(folder).add(key, files_request(tmp_path / "whole", key))
    command = [sys.executable, "-m", "xproj_core.robustness.sweep_job", str(folder), key]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, env=environment) as process:
        assert process.stdout is not None
        while json.loads(process.stdout.readline())["done"] < 36:
            pass
        process.send_signal(signal.SIGKILL)
        process.wait(20)
    some = SweepJobs(folder, sweep_job.in_child(folder))
    left = some.find(key)
    assert left is not None and left.state == "interrupted" and not left.busy
    assert FolderLedger(folder).path(key, ".answers").stat().st_size > 0
    finished = done(some, sweep_plan, over)
    assert finished.state == "finished", finished.problem
    assert finished.results == by_itself.results


def test_a_process_that_is_killed_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "python"
    script.write_text("#!/bin/sh\nkill -9 $$\n")
    script.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(script))
    job = done(SweepJobs(tmp_path, sweep_job.in_child(tmp_path)), plan(), data())
    assert job.state == "failed" and "killed (signal 9)" in job.problem
    monkeypatch.setattr(sys, "executable", str(tmp_path / "nothing"))
    job = done(SweepJobs(tmp_path, sweep_job.in_child(tmp_path)), plan(seeds=(3,)), data())
    assert job.state == "failed" and "could not be started: No such file" in job.problem


def test_jobs_leave_the_folder_with_all_that_is_theirs(tmp_path: Path) -> None:
    files = FolderLedger(tmp_path)
    files.add("one", {})
    files.add("two", {})
    with pytest.raises(StoreError, match="removed, or taken over"), at_work(files, "two", Event()):
        files.path("two", ".answers").touch()
        files.remove("two")
    assert [file.name for file in tmp_path.iterdir()] == ["one.json"], "it does not come back"
