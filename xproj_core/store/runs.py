"""Runs: jobs whose ledger is a table, written chunk by chunk, read as a stream."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update

from xproj_core.domain import codec
from xproj_core.domain.codec import RawJson
from xproj_core.domain.record import Record
from xproj_core.jobs.job import Job, MissingJobError
from xproj_core.jobs.ledger import Ledger
from xproj_core.jobs.liveness import alive
from xproj_core.store.database import Database, TableRow
from xproj_core.store.plain import dumps, loads, new_id, now
from xproj_core.store.run_tables import record as record_table
from xproj_core.store.run_tables import run as run_table

if TYPE_CHECKING:
    from sqlalchemy import Connection

_CHUNK = 256


@dataclass(frozen=True, slots=True)
class Run(Job):
    """A run, without what it made; its parts are items.

    Attributes:
        configuration: as `runs.configuration.as_json` wrote it.
        signature: the line to print with its figures.
        seconds: time spent in each step so far.
        created, ended: UTC, ISO 8601; `ended` "" while it has not.
    """

    dataset: str
    configuration: RawJson
    signature: str
    seconds: Mapping[str, float]
    created: str
    ended: str


class Runs(Ledger[Run]):
    """The runs of one store."""

    def __init__(self, database: Database) -> None:
        super().__init__()
        self._database = database

    def add(
        self,
        dataset: str,
        configuration: RawJson,
        signature: str,
        total: int,
        id: str | None = None,
    ) -> str:
        """A new run over the first `total` items of a dataset, not begun yet; its id."""
        id = new_id() if id is None else id
        row = {
            "id": id,
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
        return id

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
            MissingJobError: there is no such run.
        """
        with self._database.reading() as connection:
            row = connection.execute(select(run_table).where(run_table.c.id == id)).first()
        if row is None:
            raise _missing(id)
        return _run(row)

    def beat(self, id: str) -> bool:
        """Give a sign of life; True when somebody has asked for the run to stop.

        Raises:
            LostJobError: the run is not this process's any more.
        """
        return self._change_own(id, replace).stop

    def write(
        self, id: str, records: Iterable[Record], done: int, seconds: Mapping[str, float]
    ) -> None:
        """Keep the records of the items up to, not including, number `done`; all or nothing.

        Raises:
            LostJobError: the run is not this process's any more.
        """
        rows = [
            {"run": id, "number": r.number, "system": r.system, "body": dumps(codec.to_json(r))}
            for r in records
        ]
        with self._removal_named(id), self._database.writing() as connection:
            self._change_in(
                connection,
                id,
                lambda run: replace(self._own(run), done=done, seconds=dict(seconds)),
            )
            if rows:
                connection.execute(insert(record_table), rows)

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
        selected_numbers = range(self.get(id).total) if numbers is None else sorted(set(numbers))
        columns = record_table.c
        for start in range(0, len(selected_numbers), _CHUNK):
            some = selected_numbers[start : start + _CHUNK]
            query = select(columns.body).where(columns.run == id)
            if isinstance(some, range) and some.step == 1:
                query = query.where(columns.number >= some.start, columns.number < some.stop)
            else:
                query = query.where(columns.number.in_(some))
            if systems is not None:
                query = query.where(columns.system.in_(systems))
            with self._database.reading() as connection:
                bodies = connection.scalars(query.order_by(columns.number, columns.system)).all()
            yield from (codec.from_json(Record, loads(body)) for body in bodies)

    def _change(self, id: str, change: Callable[[Run], Run]) -> Run:
        with self._database.writing() as connection:
            return self._change_in(connection, id, change)

    def _change_in(self, connection: Connection, id: str, change: Callable[[Run], Run]) -> Run:
        same = run_table.c.id == id
        row = connection.execute(select(run_table).where(same).with_for_update()).first()
        if row is None:
            raise _missing(id)
        run = _run(row)
        changed = change(run)
        if changed is not run:
            # whoever changes a run is at it, or it has ended
            changed = replace(changed, ended="" if changed.owner else now())
            connection.execute(update(run_table).where(same).values(_values(changed)))
        return changed

    def _busy(self, job: Run) -> str:
        return f"The run {job.id} is being run already, by {job.owner}."

    def _lost(self, id: str) -> str:
        return f"The run {id} was removed, or taken over by somebody else, while it was running."


def _run(row: TableRow) -> Run:
    silent = row.state == "running" and not alive(row.owner, row.beat)
    return Run(
        id=row.id,
        state="interrupted" if silent else row.state,
        done=row.done,
        total=row.total,
        problem=row.problem,
        owner=row.owner,
        stop=row.stop,
        dataset=row.dataset,
        configuration=loads(row.configuration),
        signature=row.signature,
        seconds=loads(row.seconds),
        created=row.created,
        ended=row.ended,
    )


def _values(run: Run) -> dict[str, object]:
    """What changes of a row."""
    values: dict[str, object] = {
        "state": run.state,
        "done": run.done,
        "problem": run.problem,
        "seconds": dumps(dict(run.seconds)),
        "owner": run.owner,
        "stop": run.stop,
        "ended": run.ended,
    }
    return values | ({"beat": now()} if run.owner else {})  # an owner's change is a sign of life


def _missing(id: str) -> MissingJobError:
    return MissingJobError(f"There is no run {id}. It may have been removed.")
