"""Runs: claimed by one runner at a time, written chunk by chunk, read as a stream."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select, update

from xproj_core.domain import record
from xproj_core.domain.errors import StoreError
from xproj_core.domain.record import Record
from xproj_core.jobs.ending import State
from xproj_core.jobs.liveness import alive, me
from xproj_core.store.database import Database
from xproj_core.store.plain import dumps, loads, new_id, now
from xproj_core.store.run_tables import record as record_table
from xproj_core.store.run_tables import run as run_table

_CHUNK = 256


@dataclass(frozen=True, slots=True)
class Run:
    """A run, without what it made.

    Attributes:
        configuration: as `runs.configuration.as_json` wrote it.
        signature: the line to print with its figures.
        state: "running" only while its runner lives, else "interrupted".
        done, total: items.
        seconds: time spent in each step so far.
        problem: why it failed; else "".
        stop: somebody has asked for it to stop.
        created, ended: UTC, ISO 8601; `ended` "" while it has not.
    """

    id: str
    dataset: str
    configuration: Mapping[str, Any]
    signature: str
    state: State
    done: int
    total: int
    seconds: Mapping[str, float]
    problem: str
    stop: bool
    created: str
    ended: str


class Runs:
    """The runs of one store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self,
        dataset: str,
        configuration: Mapping[str, Any],
        signature: str,
        total: int,
        id: str | None = None,
    ) -> str:
        """A new run over the first `total` items of a dataset, not begun yet; its id."""
        made = new_id() if id is None else id
        row = {
            "id": made,
            "dataset": dataset,
            "configuration": dumps(configuration),
            "signature": signature,
            "state": "new",
            "done": 0,
            "total": total,
            "seconds": "{}",
            "problem": "",
            "owner": "",
            "beat": "",
            "stop": False,
            "created": now(),
            "ended": "",
        }
        with self._database.writing() as connection:
            connection.execute(insert(run_table).values(row))
        return made

    def list(self, dataset: str | None = None) -> list[Run]:
        """All runs, or those over one dataset, the newest first."""
        columns = run_table.c
        query = select(run_table).order_by(columns.created.desc(), columns.id)
        if dataset is not None:
            query = query.where(columns.dataset == dataset)
        with self._database.reading() as connection:
            return [_run(row) for row in connection.execute(query)]

    def get(self, id: str) -> Run:
        """One run.

        Raises:
            StoreError: there is no such run.
        """
        with self._database.reading() as connection:
            row = connection.execute(select(run_table).where(run_table.c.id == id)).first()
        if row is None:
            raise StoreError(f"There is no run {id}. It may have been removed.")
        return _run(row)

    def begin(self, id: str) -> Run:
        """Claim a run for this process; what it has done already is kept.

        Raises:
            StoreError: there is no such run, or somebody else is at it.
        """
        with self._database.writing() as connection:
            row = connection.execute(
                select(run_table).where(run_table.c.id == id).with_for_update()
            ).first()
            if row is None:
                raise StoreError(f"There is no run {id}. It may have been removed.")
            if _run(row).state == "running":
                raise StoreError(f"The run {id} is being run already, by {row.owner}.")
            values = {
                "state": "running",
                "owner": me(),
                "beat": now(),
                "stop": False,
                "problem": "",
                "ended": "",
            }
            connection.execute(update(run_table).where(run_table.c.id == id).values(values))
        return self.get(id)

    def beat(self, id: str) -> bool:
        """Give a sign of life; True when somebody has asked for the run to stop.

        Raises:
            StoreError: the run is not this process's any more.
        """
        with self._database.writing() as connection:
            self._ours(connection, id, {"beat": now()})
            return bool(connection.scalar(select(run_table.c.stop).where(run_table.c.id == id)))

    def write(
        self, id: str, made: Iterable[Record], done: int, seconds: Mapping[str, float]
    ) -> None:
        """Keep the records of the items up to, not including, number `done`; all or nothing.

        Raises:
            StoreError: the run is not this process's any more.
        """
        rows = [
            {"run": id, "number": r.number, "system": r.system, "body": dumps(record.as_json(r))}
            for r in made
        ]
        with self._database.writing() as connection:
            self._ours(
                connection, id, {"done": done, "seconds": dumps(dict(seconds)), "beat": now()}
            )
            if rows:
                connection.execute(insert(record_table), rows)

    def end(self, id: str, state: State, problem: str = "") -> None:
        """The runner is done with it, for whatever reason.

        Raises:
            StoreError: the run is not this process's any more.
        """
        values = {"state": state, "problem": problem, "owner": "", "ended": now()}
        with self._database.writing() as connection:
            self._ours(connection, id, values)

    def give_up(self, id: str, problem: str) -> None:
        """Say why a run ended whose runner could not say so itself; nothing if it still runs."""
        with self._database.writing() as connection:
            row = connection.execute(
                select(run_table).where(run_table.c.id == id).with_for_update()
            ).first()
            if row is None or _run(row).state not in ("new", "interrupted"):
                return
            values = {"state": "failed", "problem": problem, "owner": "", "ended": now()}
            connection.execute(update(run_table).where(run_table.c.id == id).values(values))

    def stop(self, id: str) -> None:
        """Ask whoever is at it to stop; what is done is kept."""
        with self._database.writing() as connection:
            connection.execute(update(run_table).where(run_table.c.id == id).values(stop=True))

    def remove(self, id: str) -> None:
        """Remove a run and all that it made; nothing where there is none."""
        with self._database.writing() as connection:
            connection.execute(delete(run_table).where(run_table.c.id == id))

    def records(
        self,
        id: str,
        systems: Sequence[str] | None = None,
        numbers: Sequence[int] | range | None = None,
    ) -> Iterator[Record]:
        """What a run made, item by item in order, as a stream.

        Args:
            systems: only these.
            numbers: only those of the items with these numbers.
        """
        wanted = range(self.get(id).total) if numbers is None else sorted(set(numbers))
        columns = record_table.c
        for start in range(0, len(wanted), _CHUNK):
            some = wanted[start : start + _CHUNK]
            query = select(columns.body).where(columns.run == id)
            if isinstance(some, range) and some.step == 1:
                query = query.where(columns.number >= some.start, columns.number < some.stop)
            else:
                query = query.where(columns.number.in_(some))
            if systems is not None:
                query = query.where(columns.system.in_(systems))
            with self._database.reading() as connection:
                bodies = connection.scalars(query.order_by(columns.number, columns.system)).all()
            yield from (record.from_json(loads(body)) for body in bodies)

    def _ours(self, connection: Any, id: str, values: Mapping[str, Any]) -> None:
        changed = connection.execute(
            update(run_table)
            .where(run_table.c.id == id, run_table.c.state == "running", run_table.c.owner == me())
            .values(values)
        )
        if changed.rowcount != 1:
            raise StoreError(
                f"The run {id} was removed, or taken over by somebody else, while it was running."
            )


def _run(row: Any) -> Run:
    state = row.state
    if state == "running" and not alive(row.owner, row.beat):
        state = "interrupted"
    return Run(
        row.id,
        row.dataset,
        loads(row.configuration),
        row.signature,
        state,
        row.done,
        row.total,
        loads(row.seconds),
        row.problem,
        row.stop,
        row.created,
        row.ended,
    )
