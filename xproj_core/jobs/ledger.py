"""Where jobs are written down, and the rules by which they change hands.

The rules are the same wherever a ledger is kept: one process at a time is at a job; whoever gives
no sign of life for a while may be replaced, and can then write nothing more about it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from threading import Event
from typing import Generic, TypeVar

from xproj_core.domain.errors import StoreError
from xproj_core.jobs.ending import ending
from xproj_core.jobs.job import Job, LostJobError, MissingJobError, State
from xproj_core.jobs.liveness import beating, me

J = TypeVar("J", bound=Job)


class Ledger(ABC, Generic[J]):
    """The jobs of one kind, kept where other processes find them.

    Attributes:
        me: as whom this process signs for a job.
    """

    def __init__(self) -> None:
        self.me = me()

    @abstractmethod
    def get(self, id: str) -> J:
        """One job; of a silent owner "interrupted".

        Raises:
            MissingJobError: there is no such job.
        """

    @abstractmethod
    def list(self) -> list[J]:
        """All jobs, the newest first."""

    @abstractmethod
    def remove(self, id: str) -> None:
        """Remove a job and what it made; nothing where there is none."""

    @abstractmethod
    def stop(self, id: str) -> None:
        """Ask whoever is at it to stop; what is done is kept."""

    @abstractmethod
    def beat(self, id: str) -> bool:
        """Give a sign of life; True when somebody has asked for the job to stop.

        Raises:
            LostJobError: the job is not this process's any more.
        """

    @abstractmethod
    def _change(self, id: str, change: Callable[[J], J]) -> J:
        """Write what `change` makes of a job, and return that; nothing where it returns the same.

        Raises:
            MissingJobError: there is no such job.
        """

    @abstractmethod
    def _busy(self, job: J) -> str:
        """What to say to somebody who wants to begin a job that its owner is at."""

    @abstractmethod
    def _lost(self, id: str) -> str:
        """What to say to an owner who is none any more."""

    def begin(self, id: str) -> J:
        """Claim a job for this process; what it has done already is kept.

        Raises:
            StoreError: there is no such job, or somebody is at it.
        """

        def claim(job: J) -> J:
            if job.state == "running":
                raise StoreError(self._busy(job))
            return replace(job, state="running", owner=self.me, stop=False, problem="")

        return self._change(id, claim)

    def end(self, id: str, state: State, problem: str = "") -> None:
        """This process is done with a job, for whatever reason.

        Raises:
            LostJobError: the job is not this process's any more.
        """
        self._change_own(id, lambda job: replace(job, state=state, problem=problem, owner=""))

    def give_up(self, id: str, problem: str) -> None:
        """Say why a job ended whose owner could not say so itself; nothing where it still runs."""

        def fail(job: J) -> J:
            if job.state not in ("new", "interrupted"):
                return job
            return replace(job, state="failed", problem=problem, owner="")

        with suppress(MissingJobError):
            self._change(id, fail)

    def _change_own(self, id: str, change: Callable[[J], J]) -> J:
        """Change a job that this process is at.

        Raises:
            LostJobError: it is not this process's any more.
        """
        with self._removal_named(id):
            return self._change(id, lambda job: change(self._own(job)))

    @contextmanager
    def _removal_named(self, id: str) -> Iterator[None]:
        """Say of a job that is not there any more that its owner has lost it."""
        try:
            yield
        except MissingJobError as error:
            raise LostJobError(self._lost(id)) from error

    def _own(self, job: J) -> J:
        """The job, if this process is at it: also after a silence in which nobody took it over."""
        if job.state not in ("running", "interrupted") or job.owner != self.me:
            raise LostJobError(self._lost(job.id))
        return job if job.state == "running" else replace(job, state="running")


@contextmanager
def at_work(ledger: Ledger[J], id: str, stop: Event) -> Iterator[J]:
    """Be at a job within this; how it ends is written down, and being stopped is no error.

    Args:
        stop: is set when somebody has asked for an end.

    Raises:
        StoreError: there is no such job, somebody is at it, or it cannot be written down.
        XProjError: what it failed of.
    """
    job = ledger.begin(id)
    with ending(partial(ledger.end, id)), beating(partial(ledger.beat, id), stop):
        yield job
