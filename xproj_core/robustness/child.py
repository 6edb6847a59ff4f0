"""A sweep in a process of its own, which is told the store by its environment."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event

from xproj_core.domain.item import Item
from xproj_core.examples import dataset as example
from xproj_core.jobs import process
from xproj_core.jobs.worker import Do, Watch
from xproj_core.store.place import DATA, data_folder


def in_child(folder: Path) -> Do:
    """What does a sweep of `folder` in a child process and waits for its end."""
    environment = {DATA: str(data_folder())}
    return process.in_child("xproj_core.robustness.child", str(folder), environment=environment)


def work(arguments: list[str], watch: Watch, stop: Event) -> None:
    """The process."""
    from xproj_core.engines.presets import load_engine
    from xproj_core.jobs.folder import Files
    from xproj_core.robustness.sweeps import run

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
