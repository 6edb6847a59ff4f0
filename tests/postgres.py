"""A real PostgreSQL for as long as a test run lasts: a temporary cluster on a Unix socket."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from glob import glob
from pathlib import Path

SETTINGS = "-c listen_addresses='' -c max_connections=100 -c shared_buffers=32MB"


def missing() -> str:
    """Why there can be no cluster here; "" if there can."""
    if _binaries() is None:
        return "PostgreSQL is not installed (Debian: apt-get install postgresql)"
    if os.geteuid() == 0 and (_user() is None or shutil.which("runuser") is None):
        return "PostgreSQL does not run as root, and there is no user postgres to run it as"
    return ""


@contextmanager
def cluster(fsync: bool = False) -> Iterator[str]:
    """Starts a cluster; gives the URL of its database.

    Without `fsync` it is quick, and would not survive a power cut.
    """
    binaries = _binaries()
    assert binaries is not None
    folder = Path(tempfile.mkdtemp(prefix="xproj-pg-"))
    try:
        if os.geteuid() == 0:
            owner = pwd.getpwnam("postgres")
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        data, socket = folder / "data", folder
        _run(
            [
                binaries / "initdb",
                "-D",
                data,
                "-U",
                "xproj",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--no-sync",
                "--locale=C.UTF-8",
            ],
            folder,
        )
        start: list[str | Path] = [binaries / "pg_ctl", "-D", data, "-w", "-l", folder / "log"]
        _run(
            [*start, "-o", f"-k {socket} {SETTINGS} -c fsync={'on' if fsync else 'off'}", "start"],
            folder,
        )
        try:
            yield f"postgresql+pg8000://xproj@/postgres?unix_sock={socket}/.s.PGSQL.5432"
        finally:
            _run([binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop"], folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _binaries() -> Path | None:
    on_path = shutil.which("initdb")
    candidates = sorted(glob("/usr/lib/postgresql/*/bin/initdb"))
    initdb = on_path or (candidates[-1] if candidates else None)
    return None if initdb is None else Path(os.path.realpath(initdb)).parent


def _user() -> str | None:
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        return None


def _run(command: list[str | Path], folder: Path) -> None:
    plain = [str(part) for part in command]
    if os.geteuid() == 0:
        plain = ["runuser", "-u", "postgres", "--", *plain]
    done = subprocess.run(
        plain,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        timeout=60,
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(plain)}: {done.stderr}")
