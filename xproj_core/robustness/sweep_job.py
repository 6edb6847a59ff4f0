"""Sweeps that run in the background and stay: a file each in a folder.

A sweep's name is a hash of its plan and its data, so that a link to it finds it again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Event

from xproj_core.domain.errors import XProjError
from xproj_core.domain.item import Item
from xproj_core.examples import dataset as example
from xproj_core.jobs import process
from xproj_core.jobs.ending import State, Stopped
from xproj_core.jobs.folder import Files, Job
from xproj_core.jobs.progress import Pace, Progress
from xproj_core.jobs.worker import Do, Watch, Worker
from xproj_core.robustness import plan as plans
from xproj_core.robustness.journal import Journal
from xproj_core.robustness.plan import Load, Plan
from xproj_core.robustness.results import Results, as_json, from_json, results
from xproj_core.runs import run_signature
from xproj_core.store.place import DATA, data_folder


def in_child(folder: Path) -> Do:
    """What does a sweep of `folder` in a child process and waits for its end."""
    environment = {DATA: str(data_folder())}
    return process.in_child("xproj_core.robustness.sweep_job", str(folder), environment=environment)


def work(arguments: list[str], watch: Watch, stop: Event) -> None:
    """The process."""
    from xproj_core.engines.presets import load_engine
    from xproj_core.jobs.folder import Files

    folder, key = arguments
    run(Files(Path(folder)), key, load_engine, items, watch, stop)


def items(data: str) -> Iterator[Item]:
    """Those of the example, or of the dataset of the store with this id."""
    from xproj_core.store import open_store

    if data == example.ID:
        yield from example.items()
        return
    with open_store() as store:
        yield from store.datasets.items(data)


if __name__ == "__main__":
    process.serve(work)


_SHOWN_EVERY = 2.0  # seconds
_NEEDS = frozenset({"sweep"})
FOLDER = "robustness"
"""Of the data folder."""
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
class Kept:
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
    """The name of a plan over data; another one when the data have grown."""
    return plan.key(f"{data.id}:{data.size}")


class Sweeps:
    """The sweeps of one folder; one runs at a time, the others wait.

    Args:
        do: does one, in a process of its own (`child.in_child`) or in this one (`in_thread`).
    """

    def __init__(self, folder: Path, do: Do) -> None:
        self._files = Files(folder)
        self._worker = Worker(do, self._files.give_up)
        self._last: tuple[Job, Results | None] | None = None
        self.busy, self.join = self._worker.busy, self._worker.join

    def find(self, key: str) -> Kept | None:
        """A sweep that was begun, here or elsewhere; None where there is none."""
        found = self._files.get(key)
        if found is None:
            return None
        progress = self._worker.progress(key)
        busy = progress is not None or found.state == "running"
        # A damaged file is no result: the sweep can be run again.
        try:
            plan, data = _asked(found)
            figures = self._results(found)
        except (KeyError, TypeError, XProjError):
            return None
        return Kept(
            key,
            plan,
            data,
            found.state,
            busy,
            progress or Progress(found.done, found.total),
            figures,
            found.problem,
        )

    def begin(self, plan: Plan, data: Data) -> None:
        """Run a checked plan in the background, or go on with it; nothing where it runs already.

        Raises:
            StoreError: the folder cannot be written to.
        """
        key = key_of(plan, data)
        found = self.find(key)
        if found is not None and found.busy:
            return
        if found is None or found.state == "finished":
            self._files.add(key, {"plan": plans.as_json(plan), "data": asdict(data)})
        waiting = Progress(0, 0, None, "waiting for another sweep to end")
        self._worker.start(key, _NEEDS, waiting)

    def cancel(self, key: str) -> None:
        """Stop after the condition that is being run; what was found until then stays."""
        self._files.stop(key)
        self._worker.stop(key)

    def _results(self, found: Job) -> Results | None:
        """They are large; the last ones are asked for at every drawing of the page."""
        if found.result is None:
            return None
        if self._last is None or self._last[0] != found:
            self._last = found, from_json(found.result)
        return self._last[1]


def saved(folder: Path, data: str) -> list[Results]:
    """What the finished sweeps over the data with this id have found, the oldest first."""
    files, found = Files(folder), []
    for name in files.names():
        job = files.get(name)
        # damaged files, and those of other versions, are no results
        with suppress(KeyError, TypeError, AttributeError, ValueError):
            if job is None or job.state != "finished" or job.request["data"]["id"] != data:
                continue
            found.append(from_json(job.result))
    return found


def in_thread(folder: Path, load: Load, items: Open) -> Do:
    """What does a sweep in the thread that asks for it, with engines of this process.

    Args:
        items: opens the items of the data with this id.
    """
    files = Files(folder)

    def do(key: str, watch: Watch, stop: Event) -> None:
        run(files, key, load, items, watch, stop)

    return do


def run(files: Files, key: str, load: Load, items: Open, watch: Watch, stop: Event) -> None:
    """Do what is left of a sweep.

    Raises:
        XProjError: what it failed of; its file says so too.
    """
    with files.work(key, stop) as work:
        watch(Progress(0, 0, None, "loading the models"))
        plan, data = _asked(work.job)
        signature = plan.signature(run_signature.data_hash(plan.items(items(data.id))))
        sweep = plan.sweep(load, data.labels)
        total = sweep.conditions * min(plan.sentences or data.size, data.size)
        with Journal(files.path(key, ".answers"), signature) as journal:
            pace = Pace(journal.done, total)
            moment = pace.add(0)

            def progress(sentences: int) -> None:
                nonlocal moment
                moment = pace.add(sentences)
                watch(moment)
                if stop.is_set():
                    raise Stopped

            sweep.progress, sweep.journal = progress, journal
            progress(0)
            shown = time.monotonic()
            for tally in sweep.run(plan.items(items(data.id))):
                if time.monotonic() - shown > _SHOWN_EVERY:
                    work.show(moment.done, total, as_json(results(tally, signature)))
                    shown = time.monotonic()
            work.show(total, total, as_json(results(sweep.tally, signature)))
        journal.remove()


def _asked(job: Job) -> tuple[Plan, Data]:
    asked = job.request["data"]
    data = Data(asked["id"], asked["name"], asked["size"], tuple(asked["labels"]))
    return plans.from_json(job.request["plan"]), data
