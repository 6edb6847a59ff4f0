"""Runs in the background: in turn for each engine, stopped, and left behind by a dead process."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from tests.fakes import WordTranslator, engine
from tests.unit.test_runs import ONE, load, sentences
from xproj_core.answers.many_items import items_of
from xproj_core.domain import Sentence
from xproj_core.domain.errors import EngineError
from xproj_core.engines.presets import load_engine
from xproj_core.examples import dataset
from xproj_core.jobs.job import Watch
from xproj_core.jobs.progress import Pace, Progress
from xproj_core.models.protocols import Engine, Translation
from xproj_core.runs import runner
from xproj_core.runs.run_job import in_child, in_thread, run_worker
from xproj_core.store import open_store
from xproj_core.store.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "store.sqlite")) as new_store:
        new_store.datasets.add("words", items_of(sentences(9)), "en", "de", ["LOC"])
        yield new_store


class Held(WordTranslator):
    """Translates when it may."""

    def __init__(self, go: Event, began: Event) -> None:
        super().__init__()
        self.go, self.began = go, began

    def translate(self, sentences: Sequence[Sentence], target: str) -> list[Translation]:
        self.began.set()
        assert self.go.wait(20)
        return super().translate(sentences, target)


def new(store: Store, *engines: str) -> str:
    return runner.create(store, store.datasets.list()[0].id, replace(ONE, engines=engines))


def test_an_engine_serves_one_run_at_a_time_in_the_order_they_came(store: Store) -> None:
    go, began = Event(), Event()
    waiting_engine = engine(translator=Held(go, began))
    worker = run_worker(
        store, in_thread(store, lambda name: waiting_engine if name == "mini" else load(name))
    )
    first, second, other = new(store, "mini"), new(store, "mini"), new(store, "mini|mini")
    for run in (first, second, other):
        worker.start(run)
    assert began.wait(20)
    worker.join(other)
    assert store.runs.get(other).state == "finished"
    assert store.runs.get(second).state == "new" and worker.busy() == (first, second)
    progress = worker.progress(second)
    assert progress is not None and "waiting" in str(progress)
    worker.start(first)
    assert worker.busy() == (first, second), "it is not started twice"
    go.set()
    for run in (first, second):
        worker.join(run)
        assert store.runs.get(run).state == "finished"
    assert worker.busy() == () and worker.progress(first) is None


def test_runs_that_wait_or_run_can_be_stopped(store: Store) -> None:
    go, began = Event(), Event()
    waiting_engine = engine(translator=Held(go, began))
    worker = run_worker(store, in_thread(store, lambda name: waiting_engine))
    first, second = new(store, "mini"), new(store, "mini")
    worker.start(first)
    worker.start(second)
    assert began.wait(20)
    worker.stop(second)
    worker.join(second)
    assert store.runs.get(second).state == "new" and worker.busy() == (first,)
    worker.stop(first)
    go.set()
    worker.join(first)
    assert store.runs.get(first).state == "cancelled"
    for run in (first, second):
        worker.start(run)
        worker.join(run)
        assert store.runs.get(run).state == "finished", "it can be taken up"


def test_a_run_that_fails_lets_the_next_one_in(store: Store) -> None:
    def fail(name: str) -> Engine:
        raise EngineError("no such folder")

    worker = run_worker(store, in_thread(store, fail))
    runs = [new(store, "mini"), new(store, "mini")]
    for run in runs:
        worker.start(run)
    for run in runs:
        worker.join(run)
        assert store.runs.get(run).problem == "no such folder"


def test_a_process_that_cannot_even_begin_says_so(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    run = new(store, "mini")
    worker = run_worker(store, in_child(store.address))
    worker.start(run)
    worker.join(run)
    assert "fault of the program" in store.runs.get(run).problem


def test_what_a_dead_process_left_is_interrupted(store: Store) -> None:
    run = new(store, "mini")
    store.runs.begin(run)
    assert store.runs.get(run).state == "running"
    from xproj_core.store.run_tables import run as table

    with store.database.writing() as connection:
        connection.execute(table.update().values(beat="2026-01-01T00:00:00.000Z"))
    assert store.runs.get(run).state == "interrupted"
    worker = run_worker(store, in_thread(store, load))
    worker.start(run)
    worker.join(run)
    assert store.runs.get(run).state == "finished"


def test_a_process_of_its_own_ends_with_whoever_began_it_and_another_goes_on(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XPROJ_DATA", str(tmp_path))
    monkeypatch.setenv("XPROJ_STORE", store.address)
    items = list(dataset.items())[:3]
    data = store.datasets.add("german", items, "en", "de", dataset.LABELS)
    run, other = (runner.create(store, data, replace(ONE, engines=("mini",))) for _ in range(2))
    command = [sys.executable, "-m", "xproj_core.runs.run_job", run]
    pipe = subprocess.PIPE
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, env=environment) as process:
        assert process.stdin is not None and process.stdout is not None
        process.stdout.readline()  # it has begun
        process.stdin.close()
        assert process.wait(20) != 0
    assert store.runs.get(run).state == "interrupted"
    progress_texts = []

    def watched(job: str, watch: Watch, stop: Event) -> None:
        def see(progress: Progress) -> None:
            watch(progress)
            progress_texts.append(str(worker.progress(job)))

        in_child(store.address)(job, see, stop)

    worker = run_worker(store, watched)
    worker.start(run)
    worker.join(run)
    finished = store.runs.get(run)
    assert finished.state == "finished", finished.problem
    assert "loading the models" in progress_texts
    runner.run(store, other, load_engine)
    assert list(store.runs.records(run)) == list(store.runs.records(other))


def test_the_time_left_is_that_of_what_is_really_done(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    monkeypatch.setattr("xproj_core.jobs.progress.time.monotonic", lambda: clock[0])
    pace = Pace(0, 1000)
    clock[0] = 1.0
    assert pace.add(500).rate == 500  # remembered
    for _ in range(100):
        clock[0] += 1.0
        moment = pace.add(1)
    assert moment.rate is not None and 0.9 < moment.rate < 1.1
    assert moment.seconds_left == pytest.approx(400, rel=0.1)
