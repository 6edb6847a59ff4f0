"""Sweeps that run in the background and stay: a file each in the data folder."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock, Thread
from typing import Any, Literal

from xproj_core.errors import XProjError
from xproj_core.items import Item
from xproj_core.robustness import plan as plans
from xproj_core.robustness.plan import Load, Plan
from xproj_core.robustness.results import Results, as_json, from_json
from xproj_core.runs import signatures
from xproj_core.runs.progress import Pace, Progress
from xproj_core.whole_file import whole_file

_LOG = logging.getLogger(__name__)
State = Literal["waiting", "running", "done", "cancelled", "failed"]
_SHOWN_EVERY = 2.0  # seconds


@dataclass(frozen=True, slots=True)
class Data:
    """What is swept over.

    Attributes:
        id: what the address calls it.
        items: opens the stream of its items, from the beginning.
        size: how many there are.
    """

    id: str
    name: str
    items: Callable[[], Iterable[Item]]
    size: int
    labels: tuple[str, ...]


@dataclass
class Kept:
    """A sweep, running or done; read by whoever looks, written by its thread.

    Attributes:
        results: the figures, so far or final.
        problem: why there are none.
    """

    key: str
    plan: Plan
    data: str
    state: State = "waiting"
    results: Results | None = None
    problem: str | None = None
    progress: Progress = field(default_factory=lambda: Progress(0, 0, None, "starting"))
    seconds: float = 0.0
    stop: bool = False

    @property
    def busy(self) -> bool:
        """True while something is still to come."""
        return self.state in ("waiting", "running")


class _Cancelled(Exception):
    pass


class Sweeps:
    """The sweeps of one folder; one runs at a time, the others wait.

    Args:
        load: gives engines by name.
    """

    def __init__(self, folder: Path, load: Load) -> None:
        self._folder, self._load = folder, load
        self._known: dict[str, Kept] = {}
        self._guard, self._turn = Lock(), Lock()

    def find(self, key: str) -> Kept | None:
        """A sweep of this process, or one that was stored before."""
        with self._guard:
            if key not in self._known and (found := self._stored(key)) is not None:
                self._known[key] = found
            return self._known.get(key)

    def busy(self) -> list[Kept]:
        """Those that run or wait."""
        with self._guard:
            return [one for one in self._known.values() if one.busy]

    def begin(self, plan: Plan, data: Data) -> Kept:
        """Run a checked plan in the background, unless it runs already."""
        key = key_of(plan, data)
        with self._guard:
            known = self._known.get(key)
            if known is not None and known.busy:
                return known
            made = self._known[key] = Kept(key, plan, data.name)
        made.progress = Progress(0, 0, None, "waiting for another sweep to end")
        Thread(target=self._run, args=(made, data), daemon=True).start()
        return made

    def cancel(self, key: str) -> None:
        """Stop after the condition that is being run; what was found until then stays."""
        found = self.find(key)
        if found is not None:
            found.stop = True

    def _run(self, one: Kept, data: Data) -> None:
        with self._turn:
            started = time.monotonic()
            try:
                if one.stop:
                    raise _Cancelled
                one.state = "running"
                one.progress = Progress(0, 0, None, "loading the models")
                self._sweep(one, data)
                one.state = "done"
            except _Cancelled:
                one.state = "cancelled"
            except XProjError as error:
                one.state, one.problem = "failed", str(error)
            except Exception:
                _LOG.exception("a sweep failed")
                one.state = "failed"
                one.problem = "The sweep failed: a fault of the program. The terminal has the"
                one.problem += " details."
            finally:
                one.seconds = time.monotonic() - started
                self._store(one)

    def _sweep(self, one: Kept, data: Data) -> None:
        plan = one.plan
        hashed = signatures.data_hash(plan.items(data.items()))
        size = min(plan.sentences or data.size, data.size)
        sweep = plan.sweep(self._load, data.labels)
        pace = Pace(0, size * sweep.conditions)

        def progress(sentences: int) -> None:
            if one.stop:
                raise _Cancelled
            one.progress = pace.add(sentences)

        sweep.progress = progress
        shown = time.monotonic()
        tally = sweep.tally
        for tally in sweep.run(plan.items(data.items())):
            if time.monotonic() - shown > _SHOWN_EVERY:
                one.results = plan.results(tally, hashed)
                shown = time.monotonic()
        one.results = plan.results(tally, hashed)

    def _file(self, key: str) -> Path:
        return self._folder / f"{key}.json"

    def _store(self, one: Kept) -> None:
        text = json.dumps(_as_json(one), ensure_ascii=False)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with whole_file(self._file(one.key)) as file:
                file.write(text.encode())
        except OSError as error:
            one.problem = (
                f"The results could not be stored in {self._folder}: {error.strerror}. They are"
                " lost when the server ends; download them."
            )

    def _stored(self, key: str) -> Kept | None:
        # A damaged file is no result: the sweep can be run again.
        with suppress(OSError, ValueError, KeyError, TypeError, XProjError):
            return _from_json(json.loads(self._file(key).read_text("utf-8")))
        return None


def key_of(plan: Plan, data: Data) -> str:
    """The name of a plan over data; another one when the data have grown."""
    return plan.key(f"{data.id}:{data.size}")


def _as_json(one: Kept) -> dict[str, Any]:
    return {
        "key": one.key,
        "plan": plans.as_json(one.plan),
        "data": one.data,
        "state": one.state,
        "problem": one.problem,
        "seconds": round(one.seconds, 1),
        "results": None if one.results is None else as_json(one.results),
    }


def _from_json(given: dict[str, Any]) -> Kept:
    found = given["results"]
    return Kept(
        given["key"],
        plans.from_json(given["plan"]),
        given["data"],
        given["state"],
        None if found is None else from_json(found),
        given["problem"],
        seconds=given["seconds"],
    )
