"""Runs in the background of a process: one at a time per engine, whoever looks at a page.

A run outlives the page that started it. If the process dies the store shows the run as
interrupted, and any process can take it up.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from threading import Condition, Event, Thread
from typing import TYPE_CHECKING

from xproj_core.engines import Engine
from xproj_core.errors import XProjError
from xproj_core.runs import runner
from xproj_core.runs.cache import Cache
from xproj_core.runs.progress import Progress

if TYPE_CHECKING:
    from xproj_core.store.store import Store

_LOG = logging.getLogger(__name__)


Do = Callable[[str, Callable[[Progress], None], Event], None]


def in_thread(store: Store, load: Callable[[str], Engine], cache: Cache | None = None) -> Do:
    """What does a run in the thread that asks for it, with engines of this process.

    Args:
        load: an engine by its name.
        cache: what remembers translations between runs; None for no memory.
    """

    def do(run: str, watch: Callable[[Progress], None], stop: Event) -> None:
        runner.run(store, run, load, cache, watch, stop)

    return do


@dataclass(eq=False)
class _Job:
    """A run that waits for its engines or uses them."""

    run: str
    engines: frozenset[str]
    progress: Progress
    stop: Event = field(default_factory=Event)
    thread: Thread | None = None


class Worker:
    """The runs of this process.

    Args:
        do: does a run, tells its progress, and ends when it is told to stop: `child.in_child`,
            or `in_thread`.
    """

    def __init__(self, store: Store, do: Do) -> None:
        self._store, self._run = store, do
        self._jobs: list[_Job] = []
        self._changed = Condition()

    def start(self, run: str) -> None:
        """Begin a run or take it up again; nothing where it is under way here already.

        Raises:
            StoreError: there is no such run.
        """
        found = self._store.runs.get(run)
        engines = frozenset(found.configuration["engines"])
        waiting = Progress(found.done, found.total, step="waiting for another run to end")
        with self._changed:
            if any(job.run == run for job in self._jobs):
                return
            job = _Job(run, engines, waiting)
            self._jobs.append(job)
            job.thread = Thread(target=self._do, args=(job,), name=f"run {run}", daemon=True)
            job.thread.start()

    def stop(self, run: str) -> None:
        """Stop a run, here or in another process; what is finished is kept."""
        with self._changed:
            for job in self._jobs:
                if job.run == run:
                    job.stop.set()
            self._changed.notify_all()
        self._store.runs.stop(run)

    def progress(self, run: str) -> Progress | None:
        """How far a run is that waits or runs here; None for any other."""
        with self._changed:
            return next((job.progress for job in self._jobs if job.run == run), None)

    def busy(self) -> tuple[str, ...]:
        """The runs that wait or run here, in the order in which they came."""
        with self._changed:
            return tuple(job.run for job in self._jobs)

    def join(self, run: str) -> None:
        """Wait until a run is not under way here any more."""
        with self._changed:
            thread = next((job.thread for job in self._jobs if job.run == run), None)
        if thread is not None:
            thread.join()

    def _do(self, job: _Job) -> None:
        try:
            with self._turn(job):
                if not job.stop.is_set():
                    job.progress = replace(job.progress, step="starting")
                    self._run(
                        job.run, lambda progress: setattr(job, "progress", progress), job.stop
                    )
        except XProjError as error:
            with suppress(XProjError):
                self._store.runs.give_up(job.run, str(error))
        except BaseException:
            _LOG.exception("the run %s ended", job.run)

    @contextmanager
    def _turn(self, job: _Job) -> Iterator[None]:
        """Wait until no run that came before uses one of the engines, or until stopped."""
        try:
            with self._changed:
                self._changed.wait_for(lambda: job.stop.is_set() or self._is_next(job))
            yield
        finally:
            with self._changed:
                self._jobs.remove(job)
                self._changed.notify_all()

    def _is_next(self, job: _Job) -> bool:
        before = self._jobs[: self._jobs.index(job)]
        return not any(other.engines & job.engines for other in before)
