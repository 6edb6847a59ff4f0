"""Ledgers of each kind, and what a test has to do to each in its own way.

`python -m tests.ledgers KIND PLACE JOB` begins a job, gets two fifths of it done, and is killed.
"""

from __future__ import annotations

import os
import signal
import sys
from abc import ABC, abstractmethod
from collections.abc import Callable
from itertools import count
from pathlib import Path
from threading import Event
from typing import Any

from xproj_core.domain import Sentence
from xproj_core.domain.item import Item
from xproj_core.jobs import process
from xproj_core.jobs.folder import FolderLedger
from xproj_core.jobs.job import Watch
from xproj_core.jobs.ledger import Ledger
from xproj_core.jobs.progress import Progress
from xproj_core.store import open_store
from xproj_core.store.run_tables import run as run_table

TOTAL = 5
ELSEWHERE = "elsewhere 1 0"
"""An owner on another machine."""


class Place(ABC):
    """Where jobs are kept.

    Attributes:
        where: what `place` opens it again by.
        here: its ledger for this process.
        elsewhere: its ledger for a process on another machine.
    """

    where: str
    here: Ledger[Any]
    elsewhere: Ledger[Any]

    @abstractmethod
    def add(self) -> str:
        """A new job; its id."""

    @abstractmethod
    def show(self, ledger: Ledger[Any], id: str, done: int) -> None:
        """Write down how far a job is."""

    @abstractmethod
    def silence(self, id: str) -> None:
        """Make it long ago that the owner of a job gave a sign of life."""

    @abstractmethod
    def close(self) -> None:
        """Give back what is open."""


class Folder(Place):
    """A folder."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.here, self.elsewhere = FolderLedger(Path(where)), FolderLedger(Path(where))
        self.elsewhere.me = ELSEWHERE
        self._ids = map("job-{}".format, count())

    def add(self) -> str:
        id = next(self._ids)
        self.here.add(id, {"asked": "for"})  # type: ignore[attr-defined]
        return id

    def show(self, ledger: Ledger[Any], id: str, done: int) -> None:
        ledger.show(id, done, TOTAL)  # type: ignore[attr-defined]

    def silence(self, id: str) -> None:
        os.utime(self.here.path(id), (0, 0))  # type: ignore[attr-defined]

    def close(self) -> None:
        """Nothing is open."""


class Database(Place):
    """A database."""

    def __init__(self, where: str) -> None:
        self.where = where
        self._stores = [open_store(where) for _ in range(2)]
        self.here, self.elsewhere = (store.runs for store in self._stores)
        self.elsewhere.me = ELSEWHERE
        self._data = ""

    def add(self) -> str:
        store = self._stores[0]
        if not self._data:
            items = [Item(str(n), target=Sentence(("Oslo",), "de")) for n in range(TOTAL)]
            self._data = store.datasets.add("words", items, "en", "de", ["LOC"])
        return store.runs.add(self._data, {"engines": ["mini"]}, "a|signature:1", TOTAL)

    def show(self, ledger: Ledger[Any], id: str, done: int) -> None:
        ledger.write(id, (), done, {})  # type: ignore[attr-defined]

    def silence(self, id: str) -> None:
        with self._stores[0].database.writing() as connection:
            values = {"beat": "2020-01-01T00:00:00.000Z"}
            connection.execute(run_table.update().where(run_table.c.id == id).values(values))

    def close(self) -> None:
        for store in self._stores:
            store.close()


KINDS: dict[str, Callable[[str], Place]] = {"folder": Folder, "database": Database}


def work(arguments: list[str], watch: Watch, stop: Event) -> None:
    """The process that is killed."""
    kind, where, id = arguments
    place = KINDS[kind](where)
    place.here.begin(id)
    place.show(place.here, id, 2)
    watch(Progress(2, TOTAL))
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    process.serve(work)
    sys.exit("it should have been killed")
