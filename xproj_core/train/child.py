"""A lesson in a process of its own."""

from __future__ import annotations

from pathlib import Path
from threading import Event

from xproj_core.jobs import process
from xproj_core.jobs.worker import Do, Watch


def in_child(folder: Path) -> Do:
    """What does a lesson of `folder` in a child process and waits for its end."""
    return process.in_child("xproj_core.train.child", str(folder))


def work(arguments: list[str], watch: Watch, stop: Event) -> None:
    """The process."""
    from xproj_core.jobs.folder import Files
    from xproj_core.train.lessons import run
    from xproj_core.train.teach import teach

    folder, name = arguments
    run(Files(Path(folder)), name, teach, watch, stop)


if __name__ == "__main__":
    process.serve(work)
