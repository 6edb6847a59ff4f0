"""Runs in the background: one at a time per engine."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import TYPE_CHECKING

from xproj_core.jobs import process
from xproj_core.jobs.progress import Progress
from xproj_core.jobs.worker import Do, Watch, Worker
from xproj_core.models.protocols import Engine
from xproj_core.runs import runner
from xproj_core.runs.cache import Cache
from xproj_core.store.place import DATA, STORE, data_folder


def in_child(address: str) -> Do:
    """What does a run of the store at `address` in a child process and waits for its end."""
    environment = {STORE: address, DATA: str(data_folder())}
    return process.in_child("xproj_core.runs.run_job", environment=environment)


def work(arguments: list[str], watch: Watch, stop: Event) -> None:
    """The process."""
    from xproj_core.engines.presets import load_engine
    from xproj_core.runs import runner
    from xproj_core.runs.cache import shared_cache
    from xproj_core.store import open_store

    (run,) = arguments
    with open_store() as store:
        runner.run(store, run, load_engine, shared_cache(), watch, stop)


if __name__ == "__main__":
    process.serve(work)


if TYPE_CHECKING:
    from xproj_core.store.store import Store


def in_thread(store: Store, load: Callable[[str], Engine], cache: Cache | None = None) -> Do:
    """What does a run in the thread that asks for it, with engines of this process.

    Args:
        load: an engine by its name.
        cache: what remembers translations between runs; None for no memory.
    """

    def do(run: str, watch: Watch, stop: Event) -> None:
        runner.run(store, run, load, cache, watch, stop)

    return do


class Runs:
    """The runs of this process.

    Args:
        do: `child.in_child`, or `in_thread`.
    """

    def __init__(self, store: Store, do: Do) -> None:
        self._store, self._worker = store, Worker(do, store.runs.give_up)
        self.progress, self.busy, self.join = (
            self._worker.progress,
            self._worker.busy,
            self._worker.join,
        )

    def start(self, run: str) -> None:
        """Begin a run or take it up again; nothing where it is under way here already.

        Raises:
            StoreError: there is no such run.
        """
        found = self._store.runs.get(run)
        waiting = Progress(found.done, found.total, step="waiting for another run to end")
        self._worker.start(run, frozenset(found.configuration["engines"]), waiting)

    def stop(self, run: str) -> None:
        """Stop a run, here or in another process; what is finished is kept."""
        self._worker.stop(run)
        self._store.runs.stop(run)
