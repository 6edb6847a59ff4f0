"""Whether whoever is at a job is still there."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from threading import Event, Thread

from xproj_core.domain.errors import XProjError
from xproj_core.jobs.job import LostJobError

_LOG = logging.getLogger(__name__)
BEAT = 5.0
"""Seconds between signs of life."""
SILENT = timedelta(seconds=60)
"""Without a sign of life for this long, a runner is taken for dead."""


@cache
def _host() -> str:
    return socket.gethostname()


def me() -> str:
    """This process, as it signs what it is at."""
    return f"{_host()} {os.getpid()} {_started(os.getpid())}"


def alive(owner: str, beat: str) -> bool:
    """True where `owner` gave a sign of life lately and, if it ran here, is still running."""
    if not owner or not beat:
        return False
    if datetime.now(UTC) - datetime.fromisoformat(beat) > SILENT:
        return False
    host, _, process = owner.partition(" ")
    number, _, started = process.partition(" ")
    return host != _host() or not number.isdigit() or _runs(int(number), started)


def _runs(process: int, started: str) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True  # somebody else's
    return _started(process) == started


def _started(process: int) -> str:
    """When a process began, so that its number is not mistaken for a later process's; "" where
    the system does not say."""
    try:
        with open(f"/proc/{process}/stat", encoding="utf-8", errors="replace") as file:
            # the name in brackets may hold spaces
            return file.read().rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""


@contextmanager
def beating(beat: Callable[[], bool], stop: Event) -> Iterator[None]:
    """Call `beat` regularly, from a thread of its own: loading a model may take minutes.

    Args:
        beat: gives a sign of life; True when somebody has asked for an end.
        stop: is set then, and when the job was removed or is somebody else's.
    """
    over = Event()

    def beats() -> None:
        while not over.wait(BEAT):
            try:
                if beat():
                    stop.set()
            except LostJobError:
                stop.set()
            except XProjError:
                _LOG.warning("no sign of life", exc_info=True)

    thread = Thread(target=beats, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
