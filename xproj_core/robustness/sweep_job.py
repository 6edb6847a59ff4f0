"""Sweeps as jobs of a folder: one at a time; what comes of one are its figures.

A sweep's id is a hash of its plan and its data, so that a link to it finds it again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Event

from xproj_core.domain import codec
from xproj_core.domain.errors import InputError, XProjError
from xproj_core.domain.item import Item
from xproj_core.examples import dataset as example
from xproj_core.jobs import process
from xproj_core.jobs.ending import Stopped
from xproj_core.jobs.folder import FolderJob, FolderLedger
from xproj_core.jobs.job import Do, State, Watch
from xproj_core.jobs.ledger import at_work
from xproj_core.jobs.progress import Pace, Progress
from xproj_core.jobs.worker import Worker
from xproj_core.robustness.journal import Journal
from xproj_core.robustness.plan import Load, Plan
from xproj_core.robustness.results import Results, results
from xproj_core.robustness.sweep import Sweep
from xproj_core.runs import run_signature
from xproj_core.store.place import DATA, data_folder

FOLDER = "robustness"
"""Of the data folder."""
_SHOWN_EVERY = 2.0  # seconds
Open = Callable[[str], Iterable[Item]]


@dataclass(frozen=True, slots=True)
class Data:
    """What is swept over.

    Attributes:
        id: what the address calls it.
        size: how many items there are.
    """

    id: str
    name: str
    size: int
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SweepJob:
    """A sweep, running or done.

    Attributes:
        busy: it runs or waits for its turn.
        results: the figures, so far or final.
        problem: why there are none; else "".
    """

    key: str
    plan: Plan
    data: Data
    state: State
    busy: bool
    progress: Progress
    results: Results | None
    problem: str


def key_of(plan: Plan, data: Data) -> str:
    """The id of a plan over data; another one when the data have grown."""
    return plan.key(f"{data.id}:{data.size}")


class SweepJobs:
    """The sweeps of one folder; one runs at a time, the others wait.

    Args:
        do: does one, in a process of its own (`in_child`) or in this one (`in_thread`).
    """

    def __init__(self, folder: Path, do: Do) -> None:
        self._ledger = FolderLedger(folder)
        self._worker = Worker(self._ledger, do, _needs, _waiting)
        self._last: tuple[FolderJob, Results | None] | None = None
        self.busy, self.join = self._worker.busy, self._worker.join

    def find(self, key: str) -> SweepJob | None:
        """A sweep that was begun, here or elsewhere; None where there is none."""
        job = self._ledger.find(key)
        if job is None:
            return None
        # A damaged file is no result: the sweep can be run again.
        try:
            plan, data = _request(job)
            sweep_results = self._results(job)
        except (KeyError, TypeError, XProjError):
            return None
        progress = self._worker.progress(key) or Progress(job.done, job.total)
        busy = self._worker.is_under_way(job)
        return SweepJob(key, plan, data, job.state, busy, progress, sweep_results, job.problem)

    def begin(self, plan: Plan, data: Data) -> None:
        """Run a checked plan in the background, or go on with it; nothing where it runs already.

        Raises:
            StoreError: the folder cannot be written to.
        """
        key = key_of(plan, data)
        sweep = self.find(key)
        if sweep is not None and sweep.busy:
            return
        if sweep is None or sweep.state == "finished":
            self._ledger.add(key, {"plan": codec.to_json(plan), "data": asdict(data)})
        self._worker.start(key)

    def cancel(self, key: str) -> None:
        """Stop after the condition that is being run; the figures until then stay."""
        self._worker.stop(key)

    def _results(self, job: FolderJob) -> Results | None:
        """They are large; the last ones are asked for at every drawing of the page."""
        if job.result is None:
            return None
        if self._last is None or self._last[0] != job:
            self._last = job, codec.from_json(Results, job.result)
        return self._last[1]


def _needs(job: FolderJob) -> frozenset[str]:
    return frozenset({"sweep"})


def _waiting(job: FolderJob) -> Progress:
    return Progress(0, 0, step="waiting for another sweep to end")


def finished_sweeps(folder: Path, data: str) -> list[Results]:
    """The figures of the finished sweeps over the data with this id, the oldest first."""
    all_results = []
    for job in reversed(FolderLedger(folder).list()):
        # damaged files, and those of other versions, are no results
        with suppress(KeyError, TypeError, AttributeError, ValueError, InputError):
            if (
                job.state == "finished"
                and job.result is not None
                and job.request["data"]["id"] == data
            ):
                all_results.append(codec.from_json(Results, job.result))
    return all_results


def run(ledger: FolderLedger, key: str, load: Load, items: Open, watch: Watch, stop: Event) -> None:
    """Do what is left of a sweep.

    Raises:
        XProjError: what it failed of; its file says so too.
    """
    with at_work(ledger, key, stop) as job:
        watch(Progress(0, 0, None, "loading the models"))
        plan, data = _request(job)
        signature = plan.signature(run_signature.data_hash(plan.items(items(data.id))))
        sweep = plan.sweep(load, data.labels)
        total = sweep.conditions * min(plan.sentences or data.size, data.size)
        with Journal(ledger.path(key, ".answers"), signature) as journal:
            sweep.journal = journal
            done = _watched(sweep, Pace(journal.done, total), watch, stop)
            shown = time.monotonic()
            for tally in sweep.run(plan.items(items(data.id))):
                if time.monotonic() - shown > _SHOWN_EVERY:
                    ledger.show(key, done(), total, codec.to_object(results(tally, signature)))
                    shown = time.monotonic()
            ledger.show(key, total, total, codec.to_object(results(sweep.tally, signature)))
        journal.remove()


def _watched(sweep: Sweep, pace: Pace, watch: Watch, stop: Event) -> Callable[[], int]:
    """Let a sweep tell its progress and hear when it is to stop; what says how far it is."""
    moment = pace.add(0)

    def progress(sentences: int) -> None:
        nonlocal moment
        moment = pace.add(sentences)
        watch(moment)
        if stop.is_set():
            raise Stopped

    sweep.progress = progress
    progress(0)
    return lambda: moment.done


def _request(job: FolderJob) -> tuple[Plan, Data]:
    data = job.request["data"]
    return codec.from_json(Plan, job.request["plan"]), Data(
        data["id"], data["name"], data["size"], tuple(data["labels"])
    )


def items(data: str) -> Iterator[Item]:
    """Those of the example, or of the dataset of the store with this id."""
    from xproj_core.store import open_store

    if data == example.ID:
        yield from example.items()
        return
    with open_store() as store:
        yield from store.datasets.items(data)


def in_thread(folder: Path, load: Load, items: Open) -> Do:
    """What does a sweep in the thread that asks for it, with engines of this process.

    Args:
        items: opens the items of the data with this id.
    """
    ledger = FolderLedger(folder)

    def do(key: str, watch: Watch, stop: Event) -> None:
        run(ledger, key, load, items, watch, stop)

    return do


def in_child(folder: Path) -> Do:
    """What does a sweep of `folder` in a child process and waits for its end."""
    environment = {DATA: str(data_folder())}
    return process.in_child("xproj_core.robustness.sweep_job", str(folder), environment=environment)


def work(arguments: list[str], watch: Watch, stop: Event) -> None:
    """The process."""
    from xproj_core.engines.presets import load_engine

    folder, key = arguments
    run(FolderLedger(Path(folder)), key, load_engine, items, watch, stop)


if __name__ == "__main__":
    process.serve(work)
