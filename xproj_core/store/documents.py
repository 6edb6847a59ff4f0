"""Documents under review: every action is one event, kept in one transaction with what it made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import IntegrityError

from xproj_core.errors import ConflictError, InputError
from xproj_core.review import commands, document_json
from xproj_core.review.commands import Command, Offering
from xproj_core.review.document import STATUSES, Document
from xproj_core.review.history import REDO, SAID, UNDO, Past, past
from xproj_core.store.plain import dumps, loads, name_of, now, storable
from xproj_core.store.review_tables import document as document_table
from xproj_core.store.review_tables import event as event_table
from xproj_core.store.review_tables import tag

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from xproj_core.store.store import Store

MAX_ID = 200


@dataclass(frozen=True, slots=True)
class Where:
    """A document: an item of a dataset, by its number from 0, in a layer."""

    dataset: str
    number: int
    layer: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A document as it is in the store.

    Attributes:
        revision: 0 until somebody does something.
        by, at: who did the last thing, and when (UTC, ISO 8601); "" at revision 0.
        can_undo, can_redo: whether there is something to.
        message: what an undo or redo was about, for the person who asked for it.
        repeated: the command had been carried out before; nothing was done this time.
    """

    document: Document
    revision: int = 0
    by: str = ""
    at: str = ""
    can_undo: bool = False
    can_redo: bool = False
    message: str = ""
    repeated: bool = False


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
    args: Mapping[str, Any]
    by: str
    at: str


class Documents:
    """The documents of one store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, where: Where) -> Kept | None:
        """The document as it is now; None while nobody has done anything to it."""
        with self._store.reading() as connection:
            row = connection.execute(_at(select(document_table), document_table, where)).first()
            return None if row is None else _kept(connection, where, row)

    def initial(self, where: Where) -> Document | None:
        """The document as it was before the first action; None while there has been none."""
        with self._store.reading() as connection:
            query = _at(select(document_table.c.initial), document_table, where)
            body = connection.scalar(query)
        return None if body is None else document_json.from_json(loads(body))

    def do(
        self,
        where: Where,
        command: Command,
        *,
        id: str,
        by: str,
        base_revision: int,
        initial: Callable[[], Document],
        offering: Offering | None = None,
    ) -> Kept:
        """Carry a command out, write it and what it made, and say what is there now.

        When this returns, the change is on the disk. A command that changes nothing is not
        logged.

        Args:
            id: the command's; one that comes a second time is not carried out again. Up to the
                last ":" it names the window that it comes from, if it has one.
            base_revision: the revision that the person saw. A later one that the same window
                made itself is no conflict: its commands come in order.
            initial: makes the document where nobody has done anything yet.

        Raises:
            ConflictError: somebody else has changed it since; nothing is changed.
            InputError: the command does not fit the document.
            StoreError: it could not be written.
        """
        by = name_of("Your name", by)
        if not 0 < len(id) <= MAX_ID:
            raise InputError(f"A command needs an id of 1 to {MAX_ID} characters.")
        id = name_of("A command's id", id)
        with self._store.writing() as connection:
            row = self._locked(connection, where, initial)
            if self._seen(connection, where, id):
                return _kept(connection, where, row, repeated=True)
            if base_revision != row.revision:
                self._check_conflict(connection, where, row, base_revision, id)
            old = document_json.from_json(loads(row.body))
            history = _history(connection, where)
            revision = row.revision + 1
            if command.op in (UNDO, REDO):
                new, logged, inverse, message = _go_back(connection, where, old, command, history)
            else:
                logged = _numbered(command, revision)
                new, inverse = commands.apply(old, logged, by, offering)
                message = ""
            if new == old:
                return _kept(connection, where, row)
            at = now()
            connection.execute(
                insert(event_table).values(
                    dataset=where.dataset, number=where.number, layer=where.layer,
                    revision=revision, command=id, op=logged.op, args=dumps(dict(logged.args)),
                    inverse=dumps(dict(inverse.args)), by=by, at=at,
                )
            )  # fmt: skip
            connection.execute(
                _at(update(document_table), document_table, where).values(
                    revision=revision, body=dumps(document_json.as_json(new)), by=by, at=at,
                    **columns(new),
                )
            )  # fmt: skip
            _tag_labels(connection, where, old, new)
            then = past([*history, (revision, logged.op)])
            return Kept(
                new, revision, by, at, then.undo is not None, then.redo is not None, message
            )

    def events(self, dataset: str, where: Where | None = None) -> Iterator[Event]:
        """What was done to a dataset, or to one document of it, document by document, in order."""
        columns = event_table.c
        query = select(event_table).where(columns.dataset == dataset)
        if where is not None:
            query = _at(query, event_table, where)
        query = query.order_by(columns.number, columns.layer, columns.revision)
        with self._store.reading() as connection:
            for row in connection.execute(query.execution_options(yield_per=500)):
                yield _event(row)

    def all(self, dataset: str, layer: str | None = None) -> Iterator[tuple[Where, Kept, Document]]:
        """Every document that somebody has done something to: where, as it is, as it was."""
        columns = document_table.c
        query = select(document_table).where(columns.dataset == dataset, columns.revision > 0)
        if layer is not None:
            query = query.where(columns.layer == layer)
        query = query.order_by(columns.number, columns.layer)
        with self._store.reading() as connection:
            for row in connection.execute(query.execution_options(yield_per=200)):
                made = document_json.from_json(loads(row.body))
                initial = document_json.from_json(loads(row.initial))
                kept = Kept(made, row.revision, row.by, row.at)
                yield Where(dataset, row.number, row.layer), kept, initial

    def layers(self, dataset: str, number: int | None = None) -> list[str]:
        """The layers in which somebody has done something."""
        columns = document_table.c
        touched = (columns.dataset == dataset, columns.revision > 0)
        query = select(columns.layer).where(*touched).distinct()
        if number is not None:
            query = query.where(columns.number == number)
        with self._store.reading() as connection:
            return list(connection.scalars(query.order_by(columns.layer)))

    def people(self, dataset: str) -> list[str]:
        """The names of all who have done something to a dataset."""
        columns, made = event_table.c, list[str]()
        query = select(func.min(columns.by)).where(columns.dataset == dataset)
        with self._store.reading() as connection:
            # one look into the index for each person, however many events there are
            while (name := connection.scalar(
                query.where(columns.by > made[-1]) if made else query
            )) is not None:  # fmt: skip
                made.append(str(name))
        return made

    def _locked(self, connection: Connection, where: Where, initial: Callable[[], Document]) -> Any:
        """The document's row, which nobody else can change until the transaction ends."""
        query = _at(select(document_table), document_table, where).with_for_update()
        row = connection.execute(query).first()
        if row is not None:
            return row
        made = initial()
        body = dumps(document_json.as_json(made))
        try:
            with connection.begin_nested():
                connection.execute(
                    insert(document_table).values(
                        dataset=where.dataset, number=where.number, layer=where.layer, revision=0,
                        initial=body, body=body, by="", at="", **columns(made),
                    )
                )  # fmt: skip
        except IntegrityError as error:
            # somebody else was first, or the dataset has been removed
            row = connection.execute(query).first()
            if row is None:
                raise InputError("The dataset has been removed meanwhile.") from error
            return row
        return connection.execute(query).one()

    def _seen(self, connection: Connection, where: Where, id: str) -> bool:
        query = _at(select(event_table.c.revision), event_table, where)
        return connection.scalar(query.where(event_table.c.command == id)) is not None

    def _check_conflict(
        self, connection: Connection, where: Where, row: Any, base_revision: int, id: str
    ) -> None:
        columns = event_table.c
        since = connection.execute(
            _at(select(columns.by, columns.at, columns.command), event_table, where)
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
            by=by, at=at, revision=row.revision,
        )  # fmt: skip


def columns(document: Document) -> dict[str, Any]:
    """What the queue needs to know of a document."""
    statuses = Counter(span.mark.status for span in document.spans.values())
    stale = sum(mark.stale for mark in document.marks())
    return {"done": document.done, "stale": stale, **{s: statuses[s] for s in STATUSES}}


def _tag_labels(connection: Connection, where: Where, old: Document, new: Document) -> None:
    """The queue finds the item by its new labels too, if it knows the item at all."""
    had = {storable(span.label) for span in old.spans.values()}
    for label in sorted({storable(span.label) for span in new.spans.values()} - had):
        row = {"dataset": where.dataset, "kind": "label", "value": label, "number": where.number}
        known = select(tag.c.number).where(*(tag.c[name] == row[name] for name in row))
        if connection.scalar(known) is None:
            # two who do this at once, each in a layer of their own, may both find it missing
            with suppress(IntegrityError), connection.begin_nested():
                connection.execute(insert(tag).values(row))


def _numbered(command: Command, revision: int) -> Command:
    """New spans get an id that no other span of the document has had before."""
    if command.op not in ("add_span", "adopt"):
        return command
    return Command(command.op, {**command.args, "id": f"p{revision}"})


def _go_back(
    connection: Connection, where: Where, old: Document, command: Command, history: Any
) -> tuple[Document, Command, Command, str]:
    """The document, what to log, its inverse, and what to say.

    Raises:
        InputError: there is nothing to undo or redo.
    """
    then = past(history)
    revision = then.undo if command.op == UNDO else then.redo
    if revision is None:
        raise InputError(f"There is nothing to {command.op}.")
    of = connection.execute(
        _at(select(event_table), event_table, where).where(event_table.c.revision == revision)
    ).one()
    args = loads(of.args)
    op, by, at = (args["op"], args["by"], args["at"]) if of.op in (UNDO, REDO) else (
        of.op, of.by, of.at,
    )  # fmt: skip
    new, inverse = commands.apply(old, Command("patch", loads(of.inverse)), by)
    logged = Command(command.op, {"revision": revision, "op": op, "by": by, "at": at})
    done = "Undone" if command.op == UNDO else "Done again"
    return new, logged, inverse, f"{done}: {SAID.get(op, op)} by {by}, {at[11:19]} (UTC)"


def _history(connection: Connection, where: Where) -> list[tuple[int, str]]:
    columns = event_table.c
    query = _at(select(columns.revision, columns.op), event_table, where)
    return [(r, op) for r, op in connection.execute(query.order_by(columns.revision))]


def _kept(connection: Connection, where: Where, row: Any, repeated: bool = False) -> Kept:
    then: Past = past(_history(connection, where))
    return Kept(
        document_json.from_json(loads(row.body)), row.revision, row.by, row.at,
        then.undo is not None, then.redo is not None, repeated=repeated,
    )  # fmt: skip


def _event(row: Any) -> Event:
    where = Where(row.dataset, row.number, row.layer)
    return Event(where, row.revision, row.command, row.op, loads(row.args), row.by, row.at)


def _at(statement: Any, table: Any, where: Where) -> Any:
    return statement.where(
        table.c.dataset == where.dataset,
        table.c.number == where.number,
        table.c.layer == where.layer,
    )
