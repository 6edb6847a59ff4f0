"""Runs in the store: claimed by one, written all or nothing, read in order."""

from __future__ import annotations

from threading import Thread

import pytest
from sqlalchemy.exc import IntegrityError

from xproj_core.domain import Sentence
from xproj_core.domain.errors import StoreError
from xproj_core.domain.item import Item
from xproj_core.domain.record import Record
from xproj_core.jobs import liveness
from xproj_core.store.run_tables import run as table
from xproj_core.store.store import Store


@pytest.fixture
def run(store: Store) -> str:
    items = [Item(str(n), target=Sentence(("Oslo",), "de")) for n in range(7)]
    data = store.datasets.add("words", items, "en", "de", ["LOC"])
    return store.runs.add(data, {"engines": ["mini"]}, "a|signature:1", 7)


def record(number: int, system: str = "direct/min-max") -> Record:
    sentence = Sentence(("Oslo",), "de")
    return Record(str(number), number, system, sentence, sentence, notes=(f"\x00 😀 {number}",))


def test_records_come_back_in_order_as_they_were(store: Store, run: str) -> None:
    store.runs.begin(run)
    first = [record(n, s) for n in (1, 0) for s in ("pivot/a", "direct/a")]
    store.runs.write(run, first, 2, {"direct": 1.5})
    store.runs.write(run, [record(3), record(2)], 4, {"direct": 2.5})
    stored_run = store.runs.get(run)
    assert (stored_run.state, stored_run.done, dict(stored_run.seconds)) == (
        "running",
        4,
        {"direct": 2.5},
    )
    records = list(store.runs.records(run))
    assert [(r.number, r.system) for r in records] == [
        (0, "direct/a"),
        (0, "pivot/a"),
        (1, "direct/a"),
        (1, "pivot/a"),
        (2, "direct/min-max"),
        (3, "direct/min-max"),
    ]
    assert records[0] == first[3]
    assert [r.number for r in store.runs.records(run, ["pivot/a"])] == [0, 1]
    assert [r.number for r in store.runs.records(run, numbers=[3, 0, 6])] == [0, 0, 3]
    assert [r.number for r in store.runs.records(run, numbers=range(1, 3))] == [1, 1, 2]


def test_a_chunk_is_written_as_a_whole_or_not_at_all(store: Store, run: str) -> None:
    store.runs.begin(run)
    store.runs.write(run, [record(0)], 1, {})
    with pytest.raises(IntegrityError):
        store.runs.write(run, [record(1), record(0)], 2, {})
    assert store.runs.get(run).done == 1
    assert [r.number for r in store.runs.records(run)] == [0]


def test_one_of_many_gets_the_run(store: Store, run: str) -> None:
    outcomes: list[str] = []

    def claim() -> None:
        try:
            store.runs.begin(run)
            outcomes.append("run")
        except StoreError as error:
            outcomes.append("already" if "already" in str(error) else str(error))

    threads = [Thread(target=claim) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["already"] * 11 + ["run"]


def test_whoever_was_taken_for_dead_cannot_write_any_more(
    store: Store, run: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.runs.begin(run)
    monkeypatch.setattr(store.runs, "me", "elsewhere 1 0")
    with pytest.raises(StoreError, match="already"):
        store.runs.begin(run)
    with store.database.writing() as connection:
        connection.execute(table.update().values(beat="2026-01-01T00:00:00.000Z"))
    assert store.runs.get(run).state == "interrupted"
    store.runs.begin(run)
    monkeypatch.undo()
    for act in (
        lambda: store.runs.write(run, [record(0)], 1, {}),
        lambda: store.runs.end(run, "finished"),
        lambda: store.runs.beat(run),
    ):
        with pytest.raises(StoreError, match="taken over"):
            act()
    assert store.runs.get(run).state == "running" and list(store.runs.records(run)) == []


def test_it_ends_is_stopped_and_is_begun_again(store: Store, run: str) -> None:
    assert store.runs.get(run).state == "new"
    store.runs.begin(run)
    assert store.runs.beat(run) is False
    store.runs.stop(run)
    assert store.runs.beat(run) is True
    store.runs.end(run, "failed", "memory ran out")
    ended = store.runs.get(run)
    assert (ended.state, ended.problem) == ("failed", "memory ran out") and ended.ended
    again = store.runs.begin(run)
    assert (again.state, again.problem, again.stop, again.ended) == ("running", "", False, "")


def test_why_a_runner_died_is_said_by_whoever_saw_it(store: Store, run: str) -> None:
    store.runs.begin(run)
    store.runs.give_up(run, "killed")
    assert store.runs.get(run).state == "running", "it still runs"
    with store.database.writing() as connection:
        connection.execute(table.update().values(beat="2026-01-01T00:00:00.000Z"))
    store.runs.give_up(run, "killed")
    assert (store.runs.get(run).state, store.runs.get(run).problem) == ("failed", "killed")
    store.runs.give_up(run, "something else")
    assert store.runs.get(run).problem == "killed", "the first to know is right"


def test_a_run_goes_with_its_dataset_and_its_records_with_it(store: Store, run: str) -> None:
    store.runs.begin(run)
    store.runs.write(run, [record(0)], 1, {})
    data = store.runs.get(run).dataset
    other = store.runs.add(data, {}, "b", 7)
    assert {r.id for r in store.runs.list(data)} == {run, other}
    store.runs.remove(other)
    assert [r.id for r in store.runs.list()] == [run]
    store.datasets.remove(data)
    assert store.runs.list() == []
    with store.database.reading() as connection:
        from xproj_core.store.run_tables import record as records

        assert connection.execute(records.select()).all() == []


def test_a_process_that_ended_is_not_alive() -> None:
    import subprocess
    import sys

    from xproj_core.store.plain import now

    assert liveness.alive(liveness.me(), now())
    script = "from xproj_core.jobs.liveness import me; print(me())"
    ended = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    ).stdout.strip()
    assert not liveness.alive(ended, now())
    host, number, _ = liveness.me().split()
    assert not liveness.alive(f"{host} {number} 1", now()), "another process with its number"
    assert liveness.alive("elsewhere 1 0", now()), "nobody can say"
    assert not liveness.alive("", now()) and not liveness.alive(liveness.me(), "")
