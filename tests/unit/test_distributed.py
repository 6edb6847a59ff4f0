"""Chunks spread over a cluster make the run that one machine makes."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event

import pytest

from tests.fakes import engine
from tests.unit.test_runs import ONE, dataset, in_one_go, load, read_records, store
from xproj_core.domain.errors import EngineError, XProjError
from xproj_core.jobs.progress import Progress
from xproj_core.runs import distributed, runner
from xproj_core.store.store import Store

__all__ = ["store"]  # the fixture

dask = pytest.importorskip("distributed", reason="distributed (Dask) is not installed")


@pytest.fixture(scope="module")
def client() -> Iterator[object]:
    cluster = dask.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=False,
        dashboard_address=None,
        protocol="inproc",
    )
    with cluster, dask.Client(cluster) as dask_client:
        yield dask_client


def test_it_makes_what_one_machine_makes_and_can_go_on_anywhere(
    store: Store, client: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(distributed, "load_engine", load)
    data, stop = dataset(store), Event()
    run = runner.create(store, data, ONE)
    spread = distributed.over(client)

    def watch(progress: Progress) -> None:
        if progress.done >= 8:
            stop.set()

    stopped = runner.run(store, run, load, watch=watch, stop=stop, spread=spread)
    assert stopped.state == "cancelled" and 8 <= stopped.done < 21
    finished = runner.run(store, run, load, spread=spread)
    assert finished.state == "finished" and "projection" in finished.seconds
    assert read_records(store, run) == in_one_go(store, data)


def test_an_engine_that_a_worker_cannot_load_is_why_the_run_failed(
    store: Store, client: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(name: str) -> None:
        raise EngineError("no such folder here")

    monkeypatch.setattr(distributed, "load_engine", fail)
    run = runner.create(store, dataset(store), ONE)
    with pytest.raises(XProjError, match="no such folder here"):
        runner.run(store, run, lambda name: engine(), spread=distributed.over(client))
    assert store.runs.get(run).problem == "no such folder here"
