"""Jobs in the background of a process: in turn for what they need, whoever looks at a page.

A job outlives the page that started it. If the process dies, so does the job; its state says
that it was interrupted, and any process can take it up.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from threading import Condition, Event, Thread

from xproj_core.domain.errors import XProjError
from xproj_core.jobs.progress import Progress

_LOG = logging.getLogger(__name__)
Watch = Callable[[Progress], None]
Do = Callable[[str, Watch, Event], None]
"""Does the job of this name, tells its progress, and ends when it is told to stop."""


@dataclass(eq=False)
class _Job:
    """A job that waits for its turn or has it."""

    name: str
    needs: frozenset[str]
    progress: Progress
    stop: Event = field(default_factory=Event)
    thread: Thread | None = None

    def watch(self, progress: Progress) -> None:
        """Be told how far it is."""
        self.progress = progress


class Worker:
    """The jobs of one kind in this process.

    Args:
        do: does one, in the thread that calls it; `child.in_child` makes one that waits for a
            process.
        give_up: is told of a job whose process could not write down itself why it ended.
    """

    def __init__(self, do: Do, give_up: Callable[[str, str], None]) -> None:
        self._do, self._give_up = do, give_up
        self._jobs: list[_Job] = []
        self._changed = Condition()

    def start(self, name: str, needs: frozenset[str], waiting: Progress) -> None:
        """Begin a job, or take it up again; nothing where it is under way here already.

        Args:
            needs: of jobs that need the same, one at a time is done.
            waiting: what is shown until its turn comes.
        """
        with self._changed:
            if any(job.name == name for job in self._jobs):
                return
            job = _Job(name, needs, waiting)
            self._jobs.append(job)
            job.thread = Thread(target=self._run, args=(job,), name=f"job {name}", daemon=True)
            job.thread.start()

    def stop(self, name: str) -> None:
        """Stop a job, or do not begin it."""
        with self._changed:
            for job in self._jobs:
                if job.name == name:
                    job.stop.set()
            self._changed.notify_all()

    def progress(self, name: str) -> Progress | None:
        """How far a job is that waits or runs here; None for any other."""
        with self._changed:
            return next((job.progress for job in self._jobs if job.name == name), None)

    def busy(self) -> tuple[str, ...]:
        """The jobs that wait or run here, in the order in which they came."""
        with self._changed:
            return tuple(job.name for job in self._jobs)

    def join(self, name: str) -> None:
        """Wait until a job is not under way here any more."""
        with self._changed:
            thread = next((job.thread for job in self._jobs if job.name == name), None)
        if thread is not None:
            thread.join()

    def _run(self, job: _Job) -> None:
        try:
            with self._turn(job):
                if not job.stop.is_set():
                    job.progress = replace(job.progress, step="starting")
                    self._do(job.name, job.watch, job.stop)
        except XProjError as error:
            with suppress(XProjError):
                self._give_up(job.name, str(error))
        except BaseException:
            _LOG.exception("the job %s ended", job.name)

    @contextmanager
    def _turn(self, job: _Job) -> Iterator[None]:
        """Wait until no job that came before needs the same, or until stopped."""
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
        return not any(other.needs & job.needs for other in before)
