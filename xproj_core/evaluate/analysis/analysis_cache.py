"""What was counted of a run, kept in a file beside the store: it is counted once.

A file belongs to a run and the labels left out; its name also says in which format it was
counted, so that no other is read. A run that has gone on is counted from where the
file ends. Nothing in these files is needed: they may be deleted at any time.
"""

from __future__ import annotations

import gc
import hashlib
import logging
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from threading import Lock
from typing import IO, TYPE_CHECKING, TypeVar

from xproj_core.evaluate.analysis import tables
from xproj_core.evaluate.analysis.analysis import KINDS, OUTCOMES, STEPS
from xproj_core.evaluate.analysis.collect import Collector
from xproj_core.evaluate.analysis.tables import Tables, appended
from xproj_core.evaluate.scores.views import VIEWS
from xproj_core.formats.zipped import BROKEN
from xproj_core.jobs.whole_file import whole_file
from xproj_core.runs import configuration as configurations
from xproj_core.runs.answers import answers
from xproj_core.store.place import beside

if TYPE_CHECKING:
    from xproj_core.store.runs import Run
    from xproj_core.store.store import Store

_LOG = logging.getLogger(__name__)
FORMAT = 3
"""Of what is counted, and of the files. Raise it when either changes: what was counted before is
then counted again. What the codes in the files stand for is looked at besides."""
_PACKAGES = ("nervaluate", "rapidfuzz", "scipy")  # that decide what is counted, too
_CODED = (KINDS, STEPS, OUTCOMES, tuple(VIEWS))  # files hold a member's number
FEW = 2_000
"""Sentences that are counted while somebody waits, which takes a second or two."""
_TOLD_EVERY = 200  # sentences
_PIECE = 50_000  # sentences after which what was counted is kept; then after twice as many
_ABANDONED = 86_400  # seconds
_ENOUGH = 2_000  # sentences that are worth writing a file while a run goes on
_guard, _before = Lock(), list[tuple[int, int, int]]()
Told = Callable[[int, int], None]
T = TypeVar("T")


def folder(store: Store) -> Path:
    """Where the files of a store lie."""
    return beside(store.address, "analyses")


def missing(store: Store, run: str, ignore: Sequence[str] = ()) -> int:
    """Sentences of a run that are finished and not counted yet."""
    stored_run = store.runs.get(run)
    known = _read(_file(store, run, ignore), tables.size) or 0
    return max(0, stored_run.done - known)


def counted(
    store: Store, run: str, ignore: Sequence[str] = (), on_progress: Told = lambda done, total: None
) -> Tables:
    """Everything that a run has finished.

    Args:
        on_progress: called at times with the number of sentences that are counted, and of all.
    """
    stored_run = store.runs.get(run)
    file = _file(store, run, ignore)
    run_tables = _read(file, tables.load)
    systems = configurations.from_json(stored_run.configuration).systems
    if run_tables is not None and run_tables.systems != systems:
        run_tables = None  # a version that had other systems for it counted them
    if run_tables is not None and len(run_tables.keys) >= stored_run.done:
        with suppress(OSError):
            os.utime(file)
        return run_tables.first(stored_run.done)
    while run_tables is None or len(run_tables.keys) < stored_run.done:
        first = 0 if run_tables is None else len(run_tables.keys)
        more = _count(store, stored_run, first, ignore, on_progress)
        run_tables = more if run_tables is None else appended([run_tables, more])
        if stored_run.state != "running" or len(more.keys) >= _ENOUGH:
            _write(store, file, run_tables)
        if not more.keys:
            break
    return run_tables


def _count(store: Store, run: Run, first: int, ignore: Sequence[str], on_progress: Told) -> Tables:
    """The sentences from number `first` on, up to so many."""
    systems = configurations.from_json(run.configuration).systems
    collector = Collector(tuple(systems), frozenset(ignore))
    numbers = range(first, min(run.done, first + max(_PIECE, first)))
    with seldom_collected():
        for number, (item, records) in enumerate(answers(store, run.id, numbers=numbers), first):
            if number % _TOLD_EVERY == 0:
                on_progress(number, run.done)
            collector.add(item, records, number)
        return collector.tables()


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Sentences and records hold no cycles: to look for some among each few hundred of them, as
    Python does, costs a quarter of the time."""
    with _guard:
        _before.append(gc.get_threshold())
        gc.set_threshold(200_000, 20, 20)
    try:
        yield
    finally:
        with _guard:  # whoever ends last takes what was there first
            gc.set_threshold(*_before.pop())


def prune(store: Store) -> None:
    """Remove the files of runs that are no more, and of other formats."""
    known = {run.id for run in store.runs.list()}
    for file in folder(store).glob("*.part"):  # of somebody who died while writing
        with suppress(OSError):
            if time.time() - file.stat().st_mtime > _ABANDONED:
                file.unlink()
    for file in folder(store).glob("*.npz"):
        parts = file.stem.split(".")  # run, labels left out, code; others' files are let be
        if len(parts) == 3 and (parts[0] not in known or parts[2] != _stamp(FORMAT, _CODED)):
            with suppress(OSError):
                file.unlink()


def _file(store: Store, run: str, ignore: Sequence[str]) -> Path:
    left_out = hashlib.sha256("\n".join(sorted(ignore)).encode("utf-8", "surrogatepass"))
    return folder(store) / f"{run}.{left_out.hexdigest()[:8]}.{_stamp(FORMAT, _CODED)}.npz"


def _read(file: Path, read: Callable[[IO[bytes]], T]) -> T | None:
    """None where there is none, or it is damaged."""
    try:
        with file.open("rb") as opened:
            return read(opened)
    except FileNotFoundError:
        return None
    except (*BROKEN, KeyError):
        _LOG.warning("%s cannot be read, so it is made again", file, exc_info=True)
        return None


def _write(store: Store, file: Path, run_tables: Tables) -> None:
    """Keep it; where that does not work nothing is lost but time."""
    part = file.with_name(f"{os.getpid()}-{file.name}")  # others may be at the same
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        prune(store)
        with whole_file(part) as opened:
            run_tables.save(opened)
        part.replace(file)
    except OSError:
        _LOG.warning("%s cannot be written", file, exc_info=True)


@cache
def _stamp(format: int, coded: tuple[tuple[str, ...], ...]) -> str:
    """8 hex digits that change with whatever decides what is counted."""
    parts = [str(format), *(str(member) for members in coded for member in members)]
    for package in _PACKAGES:
        with suppress(PackageNotFoundError):
            parts.append(f"{package} {version(package)}")
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()[:8]
