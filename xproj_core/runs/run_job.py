"""Runs as jobs of the database: one at a time per engine; what comes of one are its records."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import TYPE_CHECKING

from xproj_core.jobs import process
from xproj_core.jobs.job import Do, Watch
from xproj_core.jobs.progress import Progress
from xproj_core.jobs.worker import Worker
from xproj_core.models.protocols import Engine
from xproj_core.runs import runner
from xproj_core.runs.cache import Cache
from xproj_core.store.place import DATA, STORE, data_folder

if TYPE_CHECKING:
    from xproj_core.store.runs import Run
    from xproj_core.store.store import Store


def run_worker(store: Store, do: Do) -> Worker[Run]:
    """Does the runs of a store on behalf of this process.

    Args:
        do: `in_child`, or `in_thread`.
    """
    return Worker(store.runs, do, _engines, _waiting)


def _engines(run: Run) -> frozenset[str]:
    return frozenset(run.configuration["engines"])


def _waiting(run: Run) -> Progress:
    return Progress(run.done, run.total, step="waiting for another run to end")


def in_child(address: str) -> Do:
    """What does a run of the store at `address` in a child process and waits for its end."""
    environment = {STORE: address, DATA: str(data_folder())}
    return process.in_child("xproj_core.runs.run_job", environment=environment)


def in_thread(store: Store, load: Callable[[str], Engine], cache: Cache | None = None) -> Do:
    """What does a run in the thread that asks for it, with engines of this process.

    Args:
        load: an engine by its name.
        cache: what remembers translations between runs; None for no memory.
    """

    def do(run: str, watch: Watch, stop: Event) -> None:
        runner.run(store, run, load, cache, watch, stop)

    return do


def work(arguments: list[str], watch: Watch, stop: Event) -> None:
    """The process."""
    from xproj_core.engines.presets import load_engine
    from xproj_core.runs.cache import shared_cache
    from xproj_core.store import open_store

    (run,) = arguments
    with open_store() as store:
        runner.run(store, run, load_engine, shared_cache(), watch, stop)


if __name__ == "__main__":
    process.serve(work)
