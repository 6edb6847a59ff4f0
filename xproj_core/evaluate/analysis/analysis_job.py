"""Counting what a run made, one run at a time, so that no page has to wait for it.

What comes of it is the file of `analysis_cache`. Nothing else is kept: a count that was broken off
is simply asked for again, and goes on where the file ends.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from threading import Event
from typing import TYPE_CHECKING

from xproj_core.evaluate.analysis import analysis_cache
from xproj_core.jobs import process
from xproj_core.jobs.ending import Stopped
from xproj_core.jobs.job import Do, Watch
from xproj_core.jobs.job_queue import JobQueue
from xproj_core.jobs.progress import Pace, Progress
from xproj_core.store.place import DATA, STORE, data_folder

if TYPE_CHECKING:
    from xproj_core.store.store import Store

_NEEDS = frozenset({"counting"})


class Counting:
    """What is counted on behalf of this process, one run at a time.

    Args:
        do: counts what a name of `name_of` names: `in_child`, or `in_thread`.
    """

    def __init__(self, do: Do) -> None:
        self._do, self._over = do, set[str]()
        self._queue = JobQueue(self._count, lambda name, problem: None)
        self.join = self._queue.join

    def start(self, run: str, ignore: Sequence[str] = ()) -> None:
        """Count what is not counted yet; nothing where that is under way here already."""
        waiting = Progress(0, 0, None, "waiting for another run to be counted")
        self._queue.start(name_of(run, ignore), _NEEDS, waiting)

    def progress(self, run: str, ignore: Sequence[str] = ()) -> Progress | None:
        """How far that is; None where it is not under way here."""
        return self._queue.progress(name_of(run, ignore))

    def is_over(self, run: str, ignore: Sequence[str] = ()) -> bool:
        """Whether it has been tried since this was asked last."""
        name = name_of(run, ignore)
        over = name in self._over
        self._over.discard(name)
        return over

    def _count(self, name: str, watch: Watch, stop: Event) -> None:
        try:
            self._do(name, watch, stop)
        finally:
            self._over.add(name)


def name_of(run: str, ignore: Sequence[str] = ()) -> str:
    """One word for a run and the labels left out."""
    return json.dumps([run, sorted(ignore)])


def in_thread(store: Store) -> Do:
    """What counts in the thread that asks for it."""

    def do(name: str, watch: Watch, stop: Event) -> None:
        run, ignore = json.loads(name)
        paces: list[Pace] = []

        def progress(done: int, total: int) -> None:
            if stop.is_set():
                raise Stopped
            if not paces:
                paces.append(Pace(done, total))
                watch(Progress(done, total))
            else:
                watch(paces[0].to(done))

        analysis_cache.counted(store, run, ignore, progress)

    return do


def in_child(address: str) -> Do:
    """What counts a run of the store at `address` in a child process and waits for its end."""
    environment = {STORE: address, DATA: str(data_folder())}
    return process.in_child("xproj_core.evaluate.analysis.analysis_job", environment=environment)


def work(arguments: list[str], watch: Watch, stop: Event) -> None:
    """The process."""
    from xproj_core.store import open_store

    (name,) = arguments
    with open_store() as store:
        in_thread(store)(name, watch, stop)


if __name__ == "__main__":
    process.serve(work)
