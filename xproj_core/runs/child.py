"""A run in a process of its own.

Translating in Python keeps a processor's one interpreter lock busy: in the app's own process it
would make every page crawl, and what it does to memory would be done to the app. The child is
told the run by its command line and the store by its environment. It tells its progress on
standard output, a line of JSON each time; on standard input it hears "stop". When that closes,
whoever started it is gone: it ends at once, and the run can be taken up again.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from threading import Event, Thread
from typing import IO

from xproj_core.errors import EngineError
from xproj_core.runs.progress import Progress
from xproj_core.store.place import DATA, STORE, data_folder

_ROOT = Path(__file__).resolve().parents[2]
_NICE = 5
"""How far a run stands back behind the pages."""
Watch = Callable[[Progress], None]


def in_child(address: str) -> Callable[[str, Watch, Event], None]:
    """What runs a run of the store at `address` in a child process and waits for its end."""

    def do(run: str, watch: Watch, stop: Event) -> None:
        path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
        environment = {**os.environ, STORE: address, DATA: str(data_folder()), "PYTHONPATH": path}
        with subprocess.Popen(
            [sys.executable, "-m", "xproj_core.runs.child", run],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment,
        ) as process:  # fmt: skip
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
                f"The run's process was killed (signal {-process.returncode}), perhaps because"
                " memory ran out. What is finished is kept."
            )
        if process.returncode:
            raise EngineError(
                "The run's process ended through a fault of the program. What is finished is"
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


def main() -> None:
    """The child."""
    from xproj_core.errors import XProjError
    from xproj_core.presets import load_engine
    from xproj_core.runs import runner
    from xproj_core.runs.cache import shared_cache
    from xproj_core.store import open_store

    told = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what models print goes where their warnings go
    with suppress(OSError):
        os.nice(_NICE)
    stop = Event()
    Thread(target=_listen, args=(sys.stdin, stop), daemon=True).start()

    def watch(progress: Progress) -> None:
        print(json.dumps(asdict(progress)), file=told, flush=True)

    with open_store() as store, suppress(XProjError):  # the run says why it failed
        runner.run(store, sys.argv[1], load_engine, shared_cache(), watch, stop)


def _listen(heard: IO[str], stop: Event) -> None:
    for line in heard:
        if line.strip() == "stop":
            stop.set()
    os._exit(1)


if __name__ == "__main__":
    main()
