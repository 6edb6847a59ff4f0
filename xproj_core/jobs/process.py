"""A job in a process of its own.

Translating or training in Python keeps a processor's one interpreter lock busy: in the app's own
process it would make every page crawl, and what it does to memory would be done to the app. The
child is told the job by its command line. It tells its progress on standard output, a line of
JSON each time; on standard input it hears "stop". When that closes, whoever started it is gone:
it ends at once, and the job can be taken up again.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from threading import Event, Thread
from typing import IO

from xproj_core.domain.errors import EngineError, XProjError
from xproj_core.jobs.job import Do, Watch
from xproj_core.jobs.progress import Progress

_ROOT = Path(__file__).resolve().parents[2]
_NICE = 5
"""How far a job stands back behind the pages."""
Work = Callable[[list[str], Watch, Event], None]


def in_child(module: str, *arguments: str, environment: Mapping[str, str] | None = None) -> Do:
    """What does a job as `python -m module *arguments JOB` and waits for its end."""

    def do(job: str, watch: Watch, stop: Event) -> None:
        path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
        try:
            started = subprocess.Popen(
                [sys.executable, "-m", module, *arguments, job],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                env={**os.environ, **(environment or {}), "PYTHONPATH": path},
            )
        except OSError as error:
            raise EngineError(
                f"Its process could not be started: {error.strerror or error}. Try again when"
                " the machine has less to do. What is finished is kept."
            ) from error
        with started as process:
            over = Event()
            Thread(target=_pass_on, args=(stop, over, process), daemon=True).start()
            assert process.stdout is not None
            for line in process.stdout:
                with suppress(ValueError, TypeError):  # whatever a model may have printed
                    watch(Progress(**json.loads(line)))
            process.wait()
            over.set()
        if process.returncode < 0:
            raise EngineError(
                f"Its process was killed (signal {-process.returncode}), perhaps because"
                " memory ran out. What is finished is kept."
            )
        if process.returncode:
            raise EngineError(
                "Its process ended through a fault of the program. What is finished is"
                " kept; the terminal has the details."
            )

    return do


def _pass_on(stop: Event, over: Event, process: subprocess.Popen[str]) -> None:
    """Tell the child to stop when somebody says so."""
    while not over.is_set():
        if stop.wait(0.2):
            assert process.stdin is not None
            with suppress(OSError):
                process.stdin.write("stop\n")
                process.stdin.flush()
            return


def serve(work: Work) -> None:
    """The child's side: `work` gets the command line's arguments, the job last.

    What it raises as an `XProjError` it has written down already, where the job's state is.
    """
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what models print goes where their warnings go
    with suppress(OSError):
        os.nice(_NICE)
    stop = Event()
    Thread(target=_listen, args=(sys.stdin, stop), daemon=True).start()

    def watch(progress: Progress) -> None:
        print(json.dumps(asdict(progress)), file=answers, flush=True)

    with suppress(XProjError):
        work(sys.argv[1:], watch, stop)


def _listen(heard: IO[str], stop: Event) -> None:
    for line in heard:
        if line.strip() == "stop":
            stop.set()
    os._exit(1)
