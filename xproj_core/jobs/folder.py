"""A ledger in a folder: a file of JSON for each job.

The file's time is the owner's sign of life. A file beside it, ID.stop, asks the owner to stop.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from xproj_core.domain.codec import RawJson
from xproj_core.domain.errors import StoreError
from xproj_core.jobs.job import Job, MissingJobError
from xproj_core.jobs.ledger import Ledger
from xproj_core.jobs.liveness import alive
from xproj_core.jobs.whole_file import whole_file

_FIELDS = ("request", "state", "done", "total", "seconds", "problem", "result", "owner")


@dataclass(frozen=True, slots=True)
class FolderJob(Job):
    """A job in a folder.

    Attributes:
        request: what was asked for.
        seconds: spent so far.
        result: what came of it, perhaps only so far.
    """

    request: RawJson
    seconds: float
    result: RawJson | None


class FolderLedger(Ledger[FolderJob]):
    """The jobs of one folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self._clocks: dict[str, float] = {}
        """When the jobs of this process were last written, to count the seconds since."""

    def add(self, id: str, request: RawJson) -> None:
        """A new job, in place of one of that name.

        Raises:
            StoreError: its file cannot be written.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _unwritable(self.folder, error) from error
        self._write(FolderJob(id, "new", 0, 0, "", False, request, 0.0, None, owner=""))

    def get(self, id: str) -> FolderJob:
        """One job.

        Raises:
            MissingJobError: there is no such job, or its file is damaged.
        """
        file = self.path(id)
        with suppress(OSError, ValueError, TypeError):
            beat = datetime.fromtimestamp(file.stat().st_mtime, UTC).isoformat()
            stop = self.path(id, ".stop").exists()
            job = FolderJob(id=id, stop=stop, **json.loads(file.read_text("utf-8")))
            silent = job.state == "running" and not alive(job.owner, beat)
            return replace(job, state="interrupted") if silent else job
        raise MissingJobError(f"There is no job {id} in {self.folder}.")

    def find(self, id: str) -> FolderJob | None:
        """One job; None where there is none, or its file is damaged."""
        with suppress(MissingJobError):
            return self.get(id)
        return None

    def list(self) -> list[FolderJob]:
        """All jobs, what was changed last first."""
        times = {}
        for file in self.folder.glob("*.json"):
            with suppress(OSError):  # removed meanwhile
                times[file.stem] = file.stat().st_mtime
        ids = sorted(times, key=lambda id: (times[id], id), reverse=True)
        return [job for id in ids if (job := self.find(id)) is not None]

    def stop(self, id: str) -> None:
        """Ask whoever is at it to stop; what is done is kept."""
        with suppress(OSError):
            self.path(id, ".stop").touch()

    def remove(self, id: str) -> None:
        """Remove a job; nothing where there is none."""
        for file in self.folder.glob(f"{id}.*"):
            file.unlink(missing_ok=True)

    def path(self, id: str, suffix: str = ".json") -> Path:
        """A file beside the job's own."""
        return self.folder / f"{id}{suffix}"

    def show(self, id: str, done: int, total: int, result: RawJson | None = None) -> None:
        """Write down how far a job is, and what has come of it, if anything new has.

        Raises:
            LostJobError: the job is not this process's any more.
            StoreError: its file cannot be written.
        """

        def further(job: FolderJob) -> FolderJob:
            latest_result = job.result if result is None else result
            return replace(job, done=done, total=total, result=latest_result)

        self._change_own(id, further)

    def beat(self, id: str) -> bool:
        """Give a sign of life; True when somebody has asked for the job to stop.

        Raises:
            LostJobError: the job is not this process's any more.
        """
        job = self._change_own(id, lambda job: job)
        with suppress(OSError):  # what is in the file is for whoever writes progress meanwhile
            os.utime(self.path(id))
        return job.stop

    def _change(self, id: str, change: Callable[[FolderJob], FolderJob]) -> FolderJob:
        job = self.get(id)
        changed = change(job)
        if changed is job:
            return job
        if changed.owner != job.owner or changed.stop != job.stop:
            # whoever was asked to stop is not at it any more
            with suppress(OSError):
                self.path(id, ".stop").unlink(missing_ok=True)
        now = time.monotonic()
        since = self._clocks.pop(id, now)
        spent = now - since if job.owner == self.me else 0.0
        changed = replace(changed, seconds=round(changed.seconds + spent, 2))
        self._write(changed)
        if changed.owner == self.me:
            self._clocks[id] = now
        return changed

    def _write(self, job: FolderJob) -> None:
        """Write a job's file; where that fails what it was before is there still."""
        values = asdict(job)
        text = json.dumps({name: values[name] for name in _FIELDS}, ensure_ascii=False)
        try:
            with whole_file(self.path(job.id)) as file:
                file.write(text.encode())
        except OSError as error:
            raise _unwritable(self.path(job.id), error) from error

    def _busy(self, job: FolderJob) -> str:
        return f"{job.id} is being done already, by {job.owner}."

    def _lost(self, id: str) -> str:
        return f"{id} was removed, or taken over by somebody else, while it was being done."


def _unwritable(file: Path, error: OSError) -> StoreError:
    return StoreError(
        f"{file} cannot be written: {error.strerror or error}. Make room on the disk, or set"
        " XPROJ_DATA to a folder that you may write to. What is finished is kept."
    )
