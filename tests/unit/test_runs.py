"""A run that is cut up, stopped or killed gives what one run in one go gives."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from tests.fakes import WordTranslator, engine
from xproj_core.answers import chunks as chunking
from xproj_core.answers.choice import parse_choices
from xproj_core.answers.many_items import Given, items_of
from xproj_core.domain import Sentence, Span
from xproj_core.domain.errors import EngineError, StoreError, XProjError
from xproj_core.domain.item import Item
from xproj_core.domain.record import Record
from xproj_core.engines import fingerprint
from xproj_core.jobs import liveness
from xproj_core.jobs.progress import Progress
from xproj_core.models.protocols import Engine, Translation
from xproj_core.runs import run_signature, runner
from xproj_core.runs.answers import answers
from xproj_core.runs.cache import Cache
from xproj_core.runs.configuration import RunConfiguration
from xproj_core.store import open_store
from xproj_core.store.store import Store

WORDS = "Lagos besuchte das werk alte Oslo x y".split()
ONE = RunConfiguration("en", "de", "fr", engines=("mini",))


def sentences(count: int) -> list[Sentence]:
    """Of one to eight words, no two alike."""
    return [Sentence((*WORDS[n % 8 :], str(n)), "de") for n in range(count)]


@contextmanager
def small_chunks(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A store whose runs go on in steps of four items."""
    monkeypatch.setattr(chunking.chunks, "__defaults__", (4, chunking.CHUNK_CELLS))
    with open_store(str(folder / "store.sqlite")) as small_store:
        yield small_store


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    with small_chunks(tmp_path, monkeypatch) as small_store:
        yield small_store


def dataset(store: Store, count: int = 21) -> str:
    return store.datasets.add("words", items_of(sentences(count)), "en", "de", ["LOC"])


def read_records(store: Store, run: str) -> list[Record]:
    return list(store.runs.records(run))


def load(name: str) -> Engine:
    return engine()


def in_one_go(store: Store, data: str, configuration: RunConfiguration = ONE) -> list[Record]:
    run = runner.create(store, data, configuration)
    assert runner.run(store, run, load).state == "finished"
    return read_records(store, run)


def test_a_run_keeps_a_record_of_every_item_and_system(store: Store) -> None:
    data = dataset(store)
    moments: list[Progress] = []
    run = runner.create(store, data, ONE)
    finished = runner.run(store, run, load, watch=moments.append)
    assert (finished.state, finished.done, finished.total) == ("finished", 21, 21)
    assert {"direct", "pivot", "back_translation", "projection"} == set(finished.seconds)
    records = read_records(store, run)
    assert len(records) == 63 and [r.number for r in records[::3]] == list(range(21))
    assert moments[-1].done == 21 and moments[0].step == "loading the models"
    assert [p.done for p in moments] == sorted(p.done for p in moments)
    pairs = list(answers(store, run))
    assert [i.target for i, _ in pairs] == sentences(21)
    assert all(list(by_system) == list(ONE.systems) for _, by_system in pairs)
    some = list(answers(store, run, ["pivot/match-exact"], [20, 3]))
    assert [(i.key, list(f)) for i, f in some] == [
        ("4", ["pivot/match-exact"]),
        ("21", ["pivot/match-exact"]),
    ]
    signed = run_signature.parse(finished.signature)
    assert signed.configuration == ONE


@pytest.mark.parametrize("after", [0, 1, 3, 5])
def test_a_run_that_was_stopped_goes_on_to_the_same_result(store: Store, after: int) -> None:
    data = dataset(store)
    run = runner.create(store, data, ONE)
    stop, calls = Event(), []

    def watch(progress: Progress) -> None:
        calls.append(progress)
        if len(calls) > after:
            stop.set()

    stopped = runner.run(store, run, load, watch=watch, stop=stop)
    assert stopped.state == "cancelled" and stopped.done < 21 and stopped.done % 4 == 0
    assert len(list(answers(store, run))) == stopped.done
    assert runner.run(store, run, load).state == "finished"
    assert read_records(store, run) == in_one_go(store, data)


def test_whoever_asks_through_the_store_is_heard(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(liveness, "BEAT", 0.01)
    run, stop = runner.create(store, dataset(store), ONE), Event()

    def watch(progress: Progress) -> None:
        if progress.done:
            store.runs.stop(run)
            assert stop.wait(60), "nobody has heard"

    assert runner.run(store, run, load, watch=watch, stop=stop).state == "cancelled"


class Broken(WordTranslator):
    """Its machine gives out at a word."""

    def translate(self, sentences: Sequence[Sentence], target: str) -> list[Translation]:
        if any("13" in s.tokens for s in sentences):
            raise MemoryError
        return super().translate(sentences, target)


def test_a_run_that_failed_keeps_what_it_had_and_can_be_taken_up(store: Store) -> None:
    data = dataset(store)
    run = runner.create(store, data, ONE)
    with pytest.raises(MemoryError):
        runner.run(store, run, lambda name: engine(translator=Broken()))
    failed = store.runs.get(run)
    assert failed.state == "failed" and failed.done == 12 and "Memory ran out" in failed.problem
    assert runner.run(store, run, load).problem == ""
    assert read_records(store, run) == in_one_go(store, data)


def test_other_models_cannot_finish_what_these_began(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = runner.create(store, dataset(store), ONE)
    with pytest.raises(MemoryError):
        runner.run(store, run, lambda name: engine(translator=Broken()))
    monkeypatch.setattr(fingerprint, "of_engine", lambda name: "ffffffff")
    with pytest.raises(StoreError, match="the models of mini are others"):
        runner.run(store, run, load)
    assert store.runs.get(run).done == 12


def test_an_engine_that_cannot_be_loaded_is_why_the_run_failed(store: Store) -> None:
    def fail(name: str) -> Engine:
        raise EngineError("no such folder")

    run = runner.create(store, dataset(store), ONE)
    with pytest.raises(EngineError):
        runner.run(store, run, fail)
    assert (store.runs.get(run).state, store.runs.get(run).problem) == ("failed", "no such folder")


def test_nobody_runs_what_somebody_else_runs(store: Store) -> None:
    run = runner.create(store, dataset(store), ONE)
    store.runs.begin(run)
    with pytest.raises(StoreError, match="already"):
        runner.run(store, run, load)
    assert store.runs.get(run).state == "running"


def test_a_run_that_is_removed_while_it_runs_ends(store: Store) -> None:
    run = runner.create(store, dataset(store), ONE)
    with pytest.raises(StoreError, match="removed"):
        runner.run(store, run, load, watch=lambda p: store.runs.remove(run) if p.done else None)
    assert store.runs.list() == []
    with pytest.raises(StoreError, match="no run"):
        read_records(store, run)


_SLOW = """
import sys, time
from tests.unit import test_runs as here
from xproj_core.answers import chunks
chunks.chunks.__defaults__ = (4, chunks.CHUNK_CELLS)
class Slow(here.WordTranslator):
    def translate(self, sentences, target):
        # it is killed before its end, however late whoever kills it comes
        far = store.runs.get(sys.argv[2]).done >= int(sys.argv[3])
        time.sleep(3600 if far else 0.02)
        return super().translate(sentences, target)
with here.open_store(sys.argv[1]) as store:
    cache = here.Cache(here.Path(sys.argv[1] + ".cache"))
    here.runner.run(store, sys.argv[2], lambda n: here.engine(translator=Slow()), cache)
"""


def test_a_run_that_is_killed_at_any_moment_goes_on_to_the_same_result(
    store: Store, tmp_path: Path
) -> None:
    data = dataset(store, 48)
    run = runner.create(store, data, ONE)
    file = str(tmp_path / "store.sqlite")
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    done_counts: list[int] = []
    for minimum in (8, 24):
        command = [sys.executable, "-c", _SLOW, file, run, str(minimum + 12)]
        process = subprocess.Popen(command, env=environment)
        while store.runs.get(run).done < minimum:
            assert process.poll() is None, "it ended by itself"
            time.sleep(0.005)
        process.send_signal(signal.SIGKILL)
        process.wait()
        stored_run = store.runs.get(run)
        done_counts.append(stored_run.done)
        assert stored_run.state == "interrupted" and stored_run.done % 4 == 0
        assert len(read_records(store, run)) == 3 * stored_run.done
    assert done_counts[0] < done_counts[1] < 48
    with open_store(file) as again:
        assert runner.run(again, run, load, Cache(Path(file + ".cache"))).state == "finished"
    assert read_records(store, run) == in_one_go(store, data)


def test_gold_labels_that_are_not_taken_become_oracles_and_label_maps_reach_the_reader(
    store: Store,
) -> None:
    source = Sentence(("the", "Old", "plant"), "en", (Span(2, 3, "COMPANY"),))
    items = [Item("a", source, Sentence(("das", "Old", "werk"), "de"), frozenset({"source"}))]
    data = store.datasets.add("pairs", items, "en", "de", ["COMPANY"])
    base = replace(ONE, methods=parse_choices("direct", "method"), labels={"COMPANY": "ORG"})
    with_gold, left = base, replace(base, given=Given(labels=False))
    for configuration, expected in ((with_gold, "ORG"), (left, "LOC")):
        run = runner.create(store, data, configuration)
        runner.run(store, run, load)
        ((item, by_system),) = answers(store, run)
        assert item.source is not None and item.source.spans[0].label == "ORG"
        assert by_system["direct/match-exact"].predicted[0].label == expected
    assert by_system["direct/match-exact"].oracle is not None


def test_what_cannot_be_run_is_refused_before_anything_is_stored(store: Store) -> None:
    with pytest.raises(XProjError, match="pivot"):
        runner.create(store, dataset(store), replace(ONE, pivot=None))
    assert store.runs.list() == []
