"""The jobs of a ledger that this process does.

A job outlives the page that started it. If the process dies, so does the job; its state says
that it was interrupted, and any process can take it up.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from xproj_core.jobs.job import Do, Job
from xproj_core.jobs.job_queue import JobQueue
from xproj_core.jobs.ledger import Ledger
from xproj_core.jobs.progress import Progress

J = TypeVar("J", bound=Job)


class Worker(Generic[J]):
    """Does the jobs of one kind.

    Args:
        do: does one, in a process of its own (`process.in_child`) or in the thread that calls it.
        needs: of jobs that need the same, one at a time is done.
        waiting: what is shown until a job's turn comes.
    """

    def __init__(
        self,
        ledger: Ledger[J],
        do: Do,
        needs: Callable[[J], frozenset[str]],
        waiting: Callable[[J], Progress],
    ) -> None:
        self._ledger, self._needs, self._waiting = ledger, needs, waiting
        self._queue = JobQueue(do, ledger.give_up)
        self.progress, self.busy, self.join = (
            self._queue.progress,
            self._queue.busy,
            self._queue.join,
        )

    def start(self, id: str) -> None:
        """Begin a job or take it up again; nothing where it is under way here already.

        Raises:
            MissingJobError: there is no such job.
        """
        job = self._ledger.get(id)
        self._queue.start(id, self._needs(job), self._waiting(job))

    def stop(self, id: str) -> None:
        """Stop a job, here or in another process; what is finished is kept."""
        try:
            self._ledger.stop(id)
        finally:
            self._queue.stop(id)

    def is_under_way(self, job: J) -> bool:
        """Whether a job waits for its turn here, or somebody is at it."""
        return job.state == "running" or self.progress(job.id) is not None
