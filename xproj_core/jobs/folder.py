"""Jobs in a folder, a file of JSON each: what was asked for, how far it is, what came of it.

The file's time is the sign of life of whoever is at the job.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Any

from xproj_core.domain.errors import StoreError
from xproj_core.jobs.ending import State, ending
from xproj_core.jobs.liveness import alive, beating, me
from xproj_core.jobs.whole_file import whole_file

Json = Any


@dataclass(frozen=True, slots=True)
class Job:
    """A job as it stands in its file.

    Attributes:
        request: what was asked for.
        state: "running" only while somebody is at it.
        done, total: parts of what there is to do.
        seconds: spent so far.
        problem: why it failed; else "".
        result: what came of it, perhaps only so far.
    """

    request: Json
    state: State = "new"
    done: int = 0
    total: int = 0
    seconds: float = 0.0
    problem: str = ""
    result: Json = None
    owner: str = ""


class Files:
    """The jobs of one kind."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def add(self, name: str, request: Json) -> None:
        """A new job, in place of one of that name.

        Raises:
            StoreError: its file cannot be written.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _unwritable(self.folder, error) from error
        self.write(name, Job(request))

    def get(self, name: str) -> Job | None:
        """One of them; None where there is none, or its file is damaged."""
        file = self.path(name)
        with suppress(OSError, ValueError, TypeError):
            beat = datetime.fromtimestamp(file.stat().st_mtime, UTC).isoformat()
            found = Job(**json.loads(file.read_text("utf-8")))
            if found.state == "running" and not alive(found.owner, beat):
                return replace(found, state="interrupted")
            return found
        return None

    def names(self) -> list[str]:
        """All of them, the oldest first."""
        found = []
        for file in self.folder.glob("*.json"):
            with suppress(OSError):  # removed meanwhile
                found.append((file.stat().st_mtime, file.stem))
        return [name for _, name in sorted(found)]

    def stop(self, name: str) -> None:
        """Ask whoever is at a job to stop."""
        with suppress(OSError):
            self.path(name, ".stop").touch()

    def give_up(self, name: str, problem: str) -> None:
        """Say why a job ended that could not say so itself; nothing where it still runs.

        Raises:
            StoreError: its file cannot be written.
        """
        found = self.get(name)
        if found is not None and found.state in ("new", "interrupted"):
            self.write(name, replace(found, state="failed", problem=problem))

    def remove(self, name: str) -> None:
        """Remove one; nothing where there is none."""
        for file in self.folder.glob(f"{name}.*"):
            file.unlink(missing_ok=True)

    def path(self, name: str, suffix: str = ".json") -> Path:
        """A file beside the job's own."""
        return self.folder / f"{name}{suffix}"

    def write(self, name: str, job: Job) -> None:
        """Keep what has become of a job.

        Raises:
            StoreError: its file cannot be written; what it was before is there still.
        """
        text = json.dumps(asdict(job), ensure_ascii=False)
        try:
            with whole_file(self.path(name)) as file:
                file.write(text.encode())
        except OSError as error:
            raise _unwritable(self.path(name), error) from error

    @contextmanager
    def work(self, name: str, stop: Event) -> Iterator[Work]:
        """Be at a job within this; how it ends is kept, and stopping it is no error.

        Raises:
            StoreError: there is no such job, somebody is at it, or its file cannot be written.
            XProjError: what it failed of.
        """
        found = self.get(name)
        if found is None:
            raise StoreError(f"There is no job {name} in {self.folder}.")
        if found.state == "running":
            raise StoreError(f"{name} is being done already, by {found.owner}.")
        with suppress(OSError):
            self.path(name, ".stop").unlink(missing_ok=True)
        work = Work(self, name, replace(found, state="running", problem="", owner=me()))
        self.write(name, work.job)
        with ending(work.end), beating(work.beat, stop):
            yield work


class Work:
    """A job in the hands of whoever does it."""

    def __init__(self, files: Files, name: str, job: Job) -> None:
        self._files, self._name = files, name
        self.job = job
        self._since = time.monotonic()

    def show(self, done: int = 0, total: int = 0, result: Json = None) -> None:
        """Keep how far it is, and what has come of it, if anything new has.

        Raises:
            StoreError: it cannot be written, or is not this process's job any more.
        """
        there = self._files.get(self._name)
        if there is None or there.owner != me():
            raise StoreError(
                f"{self._name} was removed, or taken over by somebody else, while it was being"
                " done."
            )
        now = time.monotonic()
        self.job = replace(
            self.job,
            done=done or self.job.done,
            total=total or self.job.total,
            seconds=round(self.job.seconds + now - self._since, 2),
            result=self.job.result if result is None else result,
        )
        self._since = now
        self._files.write(self._name, self.job)

    def beat(self) -> bool:
        """Give a sign of life; True when it is to stop, or was removed."""
        try:
            os.utime(self._files.path(self._name))
        except OSError:
            return True
        return self._files.path(self._name, ".stop").exists()

    def end(self, state: State, problem: str) -> None:
        """It is over."""
        with suppress(OSError):
            self._files.path(self._name, ".stop").unlink(missing_ok=True)
        self.job = replace(self.job, state=state, problem=problem)
        self.show()


def _unwritable(file: Path, error: OSError) -> StoreError:
    return StoreError(
        f"{file} cannot be written: {error.strerror or error}. Make room on the disk, or set"
        " XPROJ_DATA to a folder that you may write to. What is finished is kept."
    )
