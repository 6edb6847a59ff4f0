"""A job: how far it is, who is at it, and how it ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event
from typing import Literal

from xproj_core.domain.errors import StoreError
from xproj_core.jobs.progress import Progress

Watch = Callable[[Progress], None]
"""Is told how far a job is."""
Do = Callable[[str, Watch, Event], None]
"""Does the job of this id, tells its progress, and ends when it is told to stop."""
State = Literal["new", "running", "finished", "cancelled", "failed", "interrupted"]
"""Of a job; the words are stored and printed.

"new" waits for somebody to begin it. "running" has an owner who gives signs of life; one whose
owner has gone silent is "interrupted". "finished", "cancelled" and "failed" are how it was ended.
All but a running one can be begun.
"""


@dataclass(frozen=True, slots=True)
class Job:
    """A job as it stands in its ledger.

    Attributes:
        done, total: parts of what there is to do.
        problem: why it failed; else "".
        stop: somebody has asked for it to stop.
        owner: who is at it; "" for nobody.
    """

    id: str
    state: State
    done: int
    total: int
    problem: str
    stop: bool
    owner: str = field(kw_only=True)


class MissingJobError(StoreError):
    """There is no such job."""


class LostJobError(StoreError):
    """The job was removed, has ended, or is somebody else's by now."""
