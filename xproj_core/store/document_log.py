"""The log of a document: what was done to it, by whom, and the way back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, Self, TypeVar

from sqlalchemy import insert, select

from xproj_core.annotation import commands
from xproj_core.annotation.commands import Command, Offering
from xproj_core.annotation.document import Document
from xproj_core.annotation.history import REDO, SAID, UNDO, past
from xproj_core.domain.codec import RawJson
from xproj_core.domain.errors import ConflictError, InputError
from xproj_core.store.plain import dumps, loads
from xproj_core.store.review_tables import event as event_table

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Table

    from xproj_core.store.database import TableRow


class Narrowed(Protocol):
    """A statement that conditions can be added to."""

    def where(self, *conditions: ColumnElement[bool]) -> Self: ...


Statement = TypeVar("Statement", bound=Narrowed)


@dataclass(frozen=True, slots=True)
class Where:
    """A document: an item of a dataset, by its number from 0, in a layer."""

    dataset: str
    number: int
    layer: str


@dataclass(frozen=True, slots=True)
class Event:
    """One action on a document.

    Attributes:
        revision: the one that it made.
        command: its id.
        args: as they were given; of an undo or redo: whose action it was about.
        at: UTC, ISO 8601.
    """

    where: Where
    revision: int
    command: str
    op: str
    args: RawJson
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Step:
    """What a command does to a document.

    Attributes:
        revision: the one that it makes.
        inverse: the way back.
        message: what an undo or redo was about, for the person who asked for it.
    """

    revision: int
    new: Document
    logged: Command
    inverse: Command
    message: str = ""


def of_one(statement: Statement, table: Table, where: Where) -> Statement:
    """A statement about one document."""
    return statement.where(
        table.c.dataset == where.dataset,
        table.c.number == where.number,
        table.c.layer == where.layer,
    )


def event_of(row: TableRow) -> Event:
    """A row of the table."""
    where = Where(row.dataset, row.number, row.layer)
    return Event(where, row.revision, row.command, row.op, loads(row.args), row.by, row.at)


def was_carried_out(connection: Connection, where: Where, id: str) -> bool:
    """Whether the command of this id was carried out."""
    query = of_one(select(event_table.c.revision), event_table, where)
    return connection.scalar(query.where(event_table.c.command == id)) is not None


def check_conflict(
    connection: Connection, where: Where, row: TableRow, base_revision: int, id: str
) -> None:
    """Nothing, where nobody else has done anything since `base_revision`.

    Raises:
        ConflictError: somebody has.
    """
    columns = event_table.c
    since = connection.execute(
        of_one(select(columns.by, columns.at, columns.command), event_table, where)
        .where(columns.revision > base_revision)
        .order_by(columns.revision)
    ).all()
    window, separator, _ = id.rpartition(":")
    foreign = [e for e in since if not separator or e.command.rpartition(":")[0] != window]
    if since and not foreign:
        return
    # without foreign events the browser names a revision that never was
    by, at = (foreign[-1].by, foreign[-1].at) if foreign else (row.by, row.at)
    raise ConflictError(
        f"{by or 'Somebody'} changed this sentence at {at[11:19] or 'another time'} (UTC),"
        " after it was shown to you. Nothing was overwritten. Look at it as it is now, and do"
        " it again if you still want to.",
        by=by,
        at=at,
        revision=row.revision,
    )


def history(connection: Connection, where: Where) -> list[tuple[int, str]]:
    """Revisions and what made them, in order."""
    columns = event_table.c
    query = of_one(select(columns.revision, columns.op), event_table, where)
    return [(r, op) for r, op in connection.execute(query.order_by(columns.revision))]


def numbered(command: Command, revision: int) -> Command:
    """New spans get an id that no other span of the document has had before."""
    if command.op not in ("add_span", "adopt"):
        return command
    return Command(command.op, {**command.args, "id": f"p{revision}"})


def go_back(
    connection: Connection, where: Where, old: Document, command: Command
) -> tuple[Document, Command, Command, str]:
    """The document, what to log, its inverse, and what to say.

    Raises:
        InputError: there is nothing to undo or redo.
    """
    then = past(history(connection, where))
    revision = then.undo if command.op == UNDO else then.redo
    if revision is None:
        raise InputError(f"There is nothing to {command.op}.")
    of = connection.execute(
        of_one(select(event_table), event_table, where).where(event_table.c.revision == revision)
    ).one()
    args = loads(of.args)
    op, by, at = (
        (args["op"], args["by"], args["at"])
        if of.op in (UNDO, REDO)
        else (
            of.op,
            of.by,
            of.at,
        )
    )
    new, inverse = commands.apply(old, Command("patch", loads(of.inverse)), by)
    logged = Command(command.op, {"revision": revision, "op": op, "by": by, "at": at})
    done = "Undone" if command.op == UNDO else "Done again"
    return new, logged, inverse, f"{done}: {SAID.get(op, op)} by {by}, {at[11:19]} (UTC)"


def step(
    connection: Connection,
    where: Where,
    revision: int,
    old: Document,
    command: Command,
    by: str,
    offering: Offering | None,
) -> Step:
    """What a command leads to.

    Raises:
        InputError: it does not fit the document.
    """
    if command.op in (UNDO, REDO):
        return Step(revision, *go_back(connection, where, old, command))
    logged = numbered(command, revision)
    new, inverse = commands.apply(old, logged, by, offering)
    return Step(revision, new, logged, inverse)


def append(
    connection: Connection, where: Where, step: Step, command: str, by: str, at: str
) -> None:
    """Write down what was done; `command` is its id."""
    connection.execute(
        insert(event_table).values(
            dataset=where.dataset,
            number=where.number,
            layer=where.layer,
            revision=step.revision,
            command=command,
            op=step.logged.op,
            args=dumps(dict(step.logged.args)),
            inverse=dumps(dict(step.inverse.args)),
            by=by,
            at=at,
        )
    )
