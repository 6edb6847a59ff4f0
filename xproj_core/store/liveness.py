"""Whether whoever is at a run is still there."""

from __future__ import annotations

import os
import socket
from datetime import UTC, datetime, timedelta
from functools import cache

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
