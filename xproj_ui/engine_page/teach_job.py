"""Teaching Mini a language in a thread of its own, so that it survives reruns and closed tabs."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any

from xproj_core.errors import XProjError

_LOG = logging.getLogger(__name__)


@dataclass
class Job:
    """One run of training; its fields are read by whoever looks, written by its thread.

    Attributes:
        labelled: a CoNLL file to learn to tag `labelled_language` from.
        fraction: how much is done, 0 to 1.
        step: what is being done.
        report: what `teach` gave back, once it is done.
        problem: why it failed.
    """

    source: str
    target: str
    output: Path
    labelled: Path | None = None
    labelled_language: str | None = None
    fraction: float = 0.0
    step: str = "starting"
    report: Any = None
    problem: str | None = None
    started: float = field(default_factory=time.monotonic)
    ended: float | None = None

    @property
    def running(self) -> bool:
        return self.ended is None

    @property
    def seconds_left(self) -> float | None:
        """An estimate; None while there is too little to go by."""
        if self.fraction < 0.03:
            return None
        spent = time.monotonic() - self.started
        return spent * (1 - self.fraction) / self.fraction


def begin(job: Job, work: Callable[[Job], Any], done: Callable[[Job], None]) -> Thread:
    """Run `work` in the background; `done` is called after it has succeeded."""
    thread = Thread(target=_run, args=(job, work, done), daemon=True)
    thread.start()
    return thread


def _run(job: Job, work: Callable[[Job], Any], done: Callable[[Job], None]) -> None:
    try:
        job.report = work(job)
        job.fraction = 1.0
        done(job)
    except XProjError as error:
        job.problem = str(error)
    except OSError as error:
        job.problem = (
            f"The files could not be written: {error.strerror or error}. Make room on the disk"
            " or choose another place, and teach again; the pairs are kept."
        )
    except Exception:
        _LOG.exception("teaching failed")
        job.problem = "Training failed: a fault of the program. The terminal has the details."
    finally:
        job.ended = time.monotonic()
