"""Teaching Mini in the background: a lesson is a file in a folder, and beside it a folder of the
same name with what was given and what was learnt.
"""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

from xproj_core.domain import languages
from xproj_core.domain.errors import InputError
from xproj_core.jobs import process
from xproj_core.jobs.ending import State, Stopped
from xproj_core.jobs.folder import Files, Job
from xproj_core.jobs.progress import Progress
from xproj_core.jobs.worker import Do, Watch, Worker


def in_child(folder: Path) -> Do:
    """What does a lesson of `folder` in a child process and waits for its end."""
    return process.in_child("xproj_core.mini.train.teaching_job", str(folder))


def work(arguments: list[str], watch: Watch, stop: Event) -> None:
    """The process."""
    from xproj_core.jobs.folder import Files
    from xproj_core.mini.train.teach import teach

    folder, name = arguments
    run(Files(Path(folder)), name, teach, watch, stop)


if __name__ == "__main__":
    process.serve(work)


if TYPE_CHECKING:
    from xproj_core.mini.train.teach import Taught

_NEEDS = frozenset({"teaching"})
_PARTS = 1000
_SHOWN_EVERY = 2.0  # seconds
_LITTLE = 0.03
Teach = Callable[..., "Taught"]


@dataclass(frozen=True, slots=True)
class Given:
    """A file that somebody hands in."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Lesson:
    """Two languages that Mini learns, or has learnt.

    Attributes:
        folder: what was learnt; the engine "mini:FOLDER".
        busy: it is being learnt, or waits for its turn.
        taught: how well it was learnt; None before the end.
        problem: why it was not; else "".
    """

    name: str
    folder: Path
    source: str
    target: str
    state: State
    busy: bool
    progress: Progress
    seconds: float
    taught: Taught | None
    problem: str


class Lessons:
    """The lessons of one folder; one at a time.

    Args:
        do: does one, in a process of its own (`child.in_child`) or in this one (`in_thread`).
    """

    def __init__(self, folder: Path, do: Do) -> None:
        self._files = Files(folder)
        self._worker = Worker(do, self._files.give_up)
        self.join = self._worker.join

    def begin(
        self,
        source: str,
        target: str,
        pairs: Given,
        labelled: Given | None = None,
        labelled_language: str | None = None,
    ) -> str:
        """Keep what is given and learn from it in the background; the lesson's name.

        Raises:
            InputError, LanguageError: not two languages.
            InputError, StoreError: the folder cannot be written to.
        """
        pair = languages.normalise(source), languages.normalise(target)
        if pair[0] == pair[1]:
            raise InputError(f"Both columns are {languages.name(pair[0])}. Choose two languages.")
        folder = self._files.folder
        try:
            own = _new_folder(folder, "-".join(pair))
            request = {
                "source": pair[0],
                "target": pair[1],
                "pairs": _stored(pairs, own, "pairs.tsv"),
                "labelled": labelled and _stored(labelled, own, "labelled.conll"),
                "labelled_language": labelled_language and languages.normalise(labelled_language),
            }
        except OSError as error:
            raise InputError(
                f"The files could not be stored in {folder}: {error.strerror}."
            ) from error
        self._files.add(own.name, request)
        self.again(own.name)
        return own.name

    def again(self, name: str) -> None:
        """Learn it from the beginning, from what was given then."""
        self._worker.start(
            name, _NEEDS, Progress(0, _PARTS, step="waiting for another language to be learnt")
        )

    def cancel(self, name: str) -> None:
        """Stop; what was given is kept."""
        self._files.stop(name)
        self._worker.stop(name)

    def remove(self, name: str) -> None:
        """Forget a lesson, what was given for it, and what was learnt from it."""
        self._files.remove(name)
        shutil.rmtree(self._files.folder / name, ignore_errors=True)

    def list(self) -> list[Lesson]:
        """All, the newest last."""
        found = ((name, self._files.get(name)) for name in self._files.names())
        return [self._lesson(name, job) for name, job in found if job is not None]

    def _lesson(self, name: str, job: Job) -> Lesson:
        progress = self._worker.progress(name)
        busy = progress is not None or job.state == "running"
        folder = self._files.folder / name
        taught = None
        if job.result is not None and job.state == "finished":
            from xproj_core.mini.train.report_json import from_json

            taught = from_json(job.result, folder)
        return Lesson(
            name,
            folder,
            job.request["source"],
            job.request["target"],
            job.state,
            busy,
            progress or Progress(job.done, job.total),
            job.seconds,
            taught,
            job.problem,
        )


def taught(folder: Path) -> list[Path]:
    """The folders in it with what Mini has learnt to the end."""
    files = Files(folder)
    found = []
    for one in sorted(folder.glob("*/")):
        job = files.get(one.name)
        whole = (one / "translator").is_dir() if job is None else job.state == "finished"
        if whole:
            found.append(one)
    return found


def in_thread(folder: Path, teach: Teach) -> Do:
    """What does a lesson in the thread that asks for it."""
    files = Files(folder)

    def do(name: str, watch: Watch, stop: Event) -> None:
        run(files, name, teach, watch, stop)

    return do


def run(files: Files, name: str, teach: Teach, watch: Watch, stop: Event) -> None:
    """Learn.

    Args:
        teach: `teach.teach`.

    Raises:
        XProjError: what it failed of; the lesson's file says so too.
    """
    from xproj_core.mini.train.report_json import as_json

    folder = files.folder / name
    with files.work(name, stop) as work:
        begun = shown = time.monotonic()

        def progress(fraction: float, step: str) -> None:
            nonlocal shown
            now = time.monotonic()
            done = min(max(fraction, 0.0), 1.0)
            rate = done * _PARTS / (now - begun) if done > _LITTLE else None
            watch(Progress(int(done * _PARTS), _PARTS, rate, step))
            if now - shown > _SHOWN_EVERY:
                work.show(int(done * _PARTS), _PARTS)
                shown = now
            if stop.is_set():
                raise Stopped

        asked: dict[str, Any] = work.job.request
        _clear(folder, {asked["pairs"], asked["labelled"]})
        progress(0.0, "starting")
        made = teach(
            folder / asked["pairs"],
            asked["source"],
            asked["target"],
            folder,
            labelled=asked["labelled"] and folder / asked["labelled"],
            labelled_language=asked["labelled_language"],
            progress=progress,
        )
        work.show(_PARTS, _PARTS, as_json(made))


def _clear(folder: Path, given: set[str]) -> None:
    """Remove what a process left that died over it; what was `given` stays."""
    for old in folder.iterdir():
        if old.is_dir():
            shutil.rmtree(old)
        elif old.name not in given:
            old.unlink()


def _stored(given: Given, folder: Path, fallback: str) -> str:
    """Its name in `folder`; where both files have one name, the second is renamed."""
    name = re.sub(r"[^\w.-]", "_", Path(given.name).name) or fallback
    name = f"labelled-{name}" if (folder / name).exists() else name
    (folder / name).write_bytes(given.content)
    return name


def _new_folder(parent: Path, stem: str) -> Path:
    """A folder of its own for each lesson: an engine in use keeps the files it was loaded from."""
    for number in count(1):
        folder = parent / (stem if number == 1 else f"{stem}-{number}")
        try:
            folder.mkdir(parents=True)
        except FileExistsError:
            continue
        return folder
    raise AssertionError("count never ends")
