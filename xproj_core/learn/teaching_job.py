"""Teaching as jobs of a folder: one at a time; what comes of one is an engine and its report.

Beside a job's file is a folder of the same name, with the uploads and with what was learnt.
"""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event

from xproj_core.domain import codec, languages
from xproj_core.domain.errors import InputError
from xproj_core.jobs import process
from xproj_core.jobs.ending import Stopped
from xproj_core.jobs.folder import FolderJob, FolderLedger
from xproj_core.jobs.job import Do, State, Watch
from xproj_core.jobs.ledger import at_work
from xproj_core.jobs.progress import Progress
from xproj_core.jobs.worker import Worker
from xproj_core.learn.teaching_report import Taught
from xproj_core.learn.trainer import Progress as TrainerProgress
from xproj_core.learn.trainer import Trainer
from xproj_core.learn.uploads import Upload, clear, new_folder, store

_PARTS = 1000
_SHOWN_EVERY = 2.0  # seconds
_LITTLE = 0.03
"""Of the work; before that much of it is done nobody can tell how long the rest takes."""


@dataclass(frozen=True, slots=True)
class TeachingJob:
    """Two languages that are being learnt, or are learnt.

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


class TeachingJobs:
    """What is taught into one folder; one pair of languages at a time.

    Args:
        do: does one, in a process of its own (`in_child`) or in this one (`in_thread`).
    """

    def __init__(self, folder: Path, do: Do) -> None:
        self._ledger = FolderLedger(folder)
        self._worker = Worker(self._ledger, do, _needs, _waiting)
        self.join = self._worker.join

    def begin(
        self,
        source: str,
        target: str,
        pairs: Upload,
        labelled: Upload | None = None,
        labelled_language: str | None = None,
        gold: Upload | None = None,
    ) -> str:
        """Keep the uploads and learn from them in the background; the job's name.

        Raises:
            InputError, LanguageError: not two languages.
            InputError, StoreError: the folder cannot be written to.
        """
        pair = languages.normalise(source), languages.normalise(target)
        if pair[0] == pair[1]:
            raise InputError(f"Both columns are {languages.name(pair[0])}. Choose two languages.")
        folder = self._ledger.folder
        try:
            own = new_folder(folder, "-".join(pair))
            request = {
                "source": pair[0],
                "target": pair[1],
                "pairs": store(pairs, own, "pairs.tsv"),
                "labelled": labelled and store(labelled, own, "labelled.conll"),
                "labelled_language": labelled_language and languages.normalise(labelled_language),
                "gold": gold and store(gold, own, "gold.conll"),
            }
        except OSError as error:
            raise InputError(
                f"The files could not be stored in {folder}: {error.strerror}."
            ) from error
        self._ledger.add(own.name, request)
        self.again(own.name)
        return own.name

    def again(self, name: str) -> None:
        """Learn it from the beginning, from the same uploads.

        Raises:
            MissingJobError: there is no such job.
        """
        self._worker.start(name)

    def cancel(self, name: str) -> None:
        """Stop; the uploads stay."""
        self._worker.stop(name)

    def remove(self, name: str) -> None:
        """Forget a job, the uploads for it, and what was learnt from them."""
        self._ledger.remove(name)
        shutil.rmtree(self._ledger.folder / name, ignore_errors=True)

    def list(self) -> list[TeachingJob]:
        """All, the newest first."""
        return [self._view(job) for job in self._ledger.list()]

    def _view(self, job: FolderJob) -> TeachingJob:
        folder = self._ledger.folder / job.id
        learnt = job.result if job.state == "finished" else None
        return TeachingJob(
            job.id,
            folder,
            job.request["source"],
            job.request["target"],
            job.state,
            self._worker.is_under_way(job),
            self._worker.progress(job.id) or Progress(job.done, job.total),
            job.seconds,
            None if learnt is None else replace(codec.from_json(Taught, learnt), folder=folder),
            job.problem,
        )


def _needs(job: FolderJob) -> frozenset[str]:
    return frozenset({"teaching"})


def _waiting(job: FolderJob) -> Progress:
    return Progress(0, _PARTS, step="waiting for another language to be learnt")


def taught_folders(folder: Path) -> list[Path]:
    """The folders in it with what was learnt to the end."""
    ledger = FolderLedger(folder)

    def is_whole(path: Path) -> bool:
        job = ledger.find(path.name)
        return (path / "translator").is_dir() if job is None else job.state == "finished"

    return [path for path in sorted(folder.glob("*/")) if is_whole(path)]


def run(ledger: FolderLedger, name: str, trainer: Trainer, watch: Watch, stop: Event) -> None:
    """Learn.

    Raises:
        XProjError: what it failed of; the job's file says so too.
    """
    folder = ledger.folder / name
    with at_work(ledger, name, stop) as job:
        progress = _progress(ledger, name, watch, stop)
        request = job.request
        gold = request.get("gold")
        clear(folder, {request["pairs"], request["labelled"], *filter(None, [gold])})
        progress(0.0, "starting")
        taught = trainer(
            folder / request["pairs"],
            request["source"],
            request["target"],
            folder,
            labelled=request["labelled"] and folder / request["labelled"],
            labelled_language=request["labelled_language"],
            gold=gold and folder / gold,
            progress=progress,
        )
        ledger.show(name, _PARTS, _PARTS, codec.to_object(taught))


def _progress(ledger: FolderLedger, name: str, watch: Watch, stop: Event) -> TrainerProgress:
    """What a trainer tells its progress; stops it when somebody has asked for that."""
    begun = shown = time.monotonic()

    def progress(fraction: float, step: str) -> None:
        nonlocal shown
        now = time.monotonic()
        done = min(max(fraction, 0.0), 1.0)
        rate = done * _PARTS / (now - begun) if done > _LITTLE else None
        watch(Progress(int(done * _PARTS), _PARTS, rate, step))
        if now - shown > _SHOWN_EVERY:
            ledger.show(name, int(done * _PARTS), _PARTS)
            shown = now
        if stop.is_set():
            raise Stopped

    return progress


def in_thread(folder: Path, trainer: Trainer) -> Do:
    """What teaches in the thread that asks for it."""
    ledger = FolderLedger(folder)

    def do(name: str, watch: Watch, stop: Event) -> None:
        run(ledger, name, trainer, watch, stop)

    return do


def in_child(folder: Path, trainer: str = "mini") -> Do:
    """What teaches into `folder` in a child process and waits for its end.

    Args:
        trainer: its name in the registry.
    """
    return process.in_child("xproj_core.learn.teaching_job", str(folder), trainer)


def work(arguments: list[str], watch: Watch, stop: Event) -> None:
    """The process."""
    from xproj_core.learn import trainers

    folder, trainer, name = arguments
    run(FolderLedger(Path(folder)), name, trainers.create(trainer), watch, stop)


if __name__ == "__main__":
    process.serve(work)
