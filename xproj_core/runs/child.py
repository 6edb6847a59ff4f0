"""A run in a process of its own, which is told the store by its environment."""

from __future__ import annotations

from threading import Event

from xproj_core.jobs import process
from xproj_core.jobs.worker import Do, Watch
from xproj_core.store.place import DATA, STORE, data_folder


def in_child(address: str) -> Do:
    """What does a run of the store at `address` in a child process and waits for its end."""
    environment = {STORE: address, DATA: str(data_folder())}
    return process.in_child("xproj_core.runs.child", environment=environment)


def work(arguments: list[str], watch: Watch, stop: Event) -> None:
    """The process."""
    from xproj_core.engines.presets import load_engine
    from xproj_core.runs import runner
    from xproj_core.runs.cache import shared_cache
    from xproj_core.store import open_store

    (run,) = arguments
    with open_store() as store:
        runner.run(store, run, load_engine, shared_cache(), watch, stop)


if __name__ == "__main__":
    process.serve(work)
