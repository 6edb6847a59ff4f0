"""Jobs in the background of a process: in turn for what they need, whoever looks at a page."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from threading import Condition, Event, Thread

from xproj_core.domain.errors import XProjError
from xproj_core.jobs.job import Do
from xproj_core.jobs.progress import Progress

_LOG = logging.getLogger(__name__)


@dataclass(eq=False)
class _Entry:
    """A job that waits for its turn or has it."""

    id: str
    needs: frozenset[str]
    progress: Progress
    stop: Event = field(default_factory=Event)
    thread: Thread | None = None

    def watch(self, progress: Progress) -> None:
        """Be told how far it is."""
        self.progress = progress


class JobQueue:
    """The jobs of one kind in this process.

    Args:
        do: does one, in the thread that calls it; `process.in_child` makes one that waits for a
            process.
        give_up: is told of a job that ended with an error, and why.
    """

    def __init__(self, do: Do, give_up: Callable[[str, str], None]) -> None:
        self._do, self._give_up = do, give_up
        self._entries: list[_Entry] = []
        self._changed = Condition()

    def start(self, id: str, needs: frozenset[str], waiting: Progress) -> None:
        """Begin a job, or take it up again; nothing where it is under way here already.

        Args:
            needs: of jobs that need the same, one at a time is done.
            waiting: what is shown until its turn comes.
        """
        with self._changed:
            if any(entry.id == id for entry in self._entries):
                return
            entry = _Entry(id, needs, waiting)
            self._entries.append(entry)
            entry.thread = Thread(target=self._run, args=(entry,), name=f"job {id}", daemon=True)
            entry.thread.start()

    def stop(self, id: str) -> None:
        """Stop a job, or do not begin it."""
        with self._changed:
            for entry in self._entries:
                if entry.id == id:
                    entry.stop.set()
            self._changed.notify_all()

    def progress(self, id: str) -> Progress | None:
        """How far a job is that waits or runs here; None for any other."""
        with self._changed:
            return next((entry.progress for entry in self._entries if entry.id == id), None)

    def busy(self) -> tuple[str, ...]:
        """The jobs that wait or run here, in the order in which they came."""
        with self._changed:
            return tuple(entry.id for entry in self._entries)

    def join(self, id: str) -> None:
        """Wait until a job is not under way here any more."""
        with self._changed:
            thread = next((entry.thread for entry in self._entries if entry.id == id), None)
        if thread is not None:
            thread.join()

    def _run(self, entry: _Entry) -> None:
        try:
            with self._turn(entry):
                if not entry.stop.is_set():
                    entry.progress = replace(entry.progress, step="starting")
                    self._do(entry.id, entry.watch, entry.stop)
        except XProjError as error:
            with suppress(XProjError):
                self._give_up(entry.id, str(error))
        except BaseException:
            _LOG.exception("the job %s ended", entry.id)

    @contextmanager
    def _turn(self, entry: _Entry) -> Iterator[None]:
        """Wait until no job that came before needs the same, or until stopped."""
        try:
            with self._changed:
                self._changed.wait_for(lambda: entry.stop.is_set() or self._is_next(entry))
            yield
        finally:
            with self._changed:
                self._entries.remove(entry)
                self._changed.notify_all()

    def _is_next(self, entry: _Entry) -> bool:
        before = self._entries[: self._entries.index(entry)]
        return not any(other.needs & entry.needs for other in before)
