"""Documents under review: every action is one event, kept in one transaction with what it made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import IntegrityError

from xproj_core.annotation.commands import Command, Offering
from xproj_core.annotation.document import STATUSES, Document
from xproj_core.annotation.history import Past, past
from xproj_core.domain import codec
from xproj_core.domain.errors import InputError
from xproj_core.store import document_log as log
from xproj_core.store.database import Database, TableRow
from xproj_core.store.document_log import Event, Step, Where, of_one
from xproj_core.store.plain import dumps, loads, name_of, now, storable
from xproj_core.store.review_tables import document as document_table
from xproj_core.store.review_tables import event as event_table
from xproj_core.store.review_tables import tag

if TYPE_CHECKING:
    from sqlalchemy import Connection

MAX_ID = 200


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


class Documents:
    """The documents of one store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, where: Where) -> Kept | None:
        """The document as it is now; None while nobody has done anything to it."""
        with self._database.reading() as connection:
            row = connection.execute(of_one(select(document_table), document_table, where)).first()
            return None if row is None else _read_snapshot(connection, where, row)

    def initial(self, where: Where) -> Document | None:
        """The document as it was before the first action; None while there has been none."""
        with self._database.reading() as connection:
            query = of_one(select(document_table.c.initial), document_table, where)
            body = connection.scalar(query)
        return None if body is None else codec.from_json(Document, loads(body))

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
        by, id = name_of("Your name", by), _checked_id(id)
        with self._database.writing() as connection:
            row = self._locked(connection, where, initial)
            if log.was_carried_out(connection, where, id):
                return _read_snapshot(connection, where, row, repeated=True)
            if base_revision != row.revision:
                log.check_conflict(connection, where, row, base_revision, id)
            old = codec.from_json(Document, loads(row.body))
            step = log.step(connection, where, row.revision + 1, old, command, by, offering)
            if step.new == old:
                return _read_snapshot(connection, where, row)
            at = now()
            log.append(connection, where, step, id, by, at)
            _replace(connection, where, step, by, at)
            _tag_labels(connection, where, old, step.new)
            then = past(log.history(connection, where))
            undo, redo = then.undo is not None, then.redo is not None
            return Kept(step.new, step.revision, by, at, undo, redo, step.message)

    def events(self, dataset: str, where: Where | None = None) -> Iterator[Event]:
        """What was done to a dataset, or to one document of it, document by document, in order."""
        columns = event_table.c
        query = select(event_table).where(columns.dataset == dataset)
        if where is not None:
            query = of_one(query, event_table, where)
        query = query.order_by(columns.number, columns.layer, columns.revision)
        with self._database.reading() as connection:
            for row in connection.execute(query.execution_options(yield_per=500)):
                yield log.event_of(row)

    def all(self, dataset: str, layer: str | None = None) -> Iterator[tuple[Where, Kept, Document]]:
        """Every document that somebody has done something to: where, as it is, as it was."""
        columns = document_table.c
        query = select(document_table).where(columns.dataset == dataset, columns.revision > 0)
        if layer is not None:
            query = query.where(columns.layer == layer)
        query = query.order_by(columns.number, columns.layer)
        with self._database.reading() as connection:
            for row in connection.execute(query.execution_options(yield_per=200)):
                document = codec.from_json(Document, loads(row.body))
                initial = codec.from_json(Document, loads(row.initial))
                snapshot = Kept(document, row.revision, row.by, row.at)
                yield Where(dataset, row.number, row.layer), snapshot, initial

    def layers(self, dataset: str, number: int | None = None) -> list[str]:
        """The layers in which somebody has done something."""
        columns = document_table.c
        touched = (columns.dataset == dataset, columns.revision > 0)
        query = select(columns.layer).where(*touched).distinct()
        if number is not None:
            query = query.where(columns.number == number)
        with self._database.reading() as connection:
            return list(connection.scalars(query.order_by(columns.layer)))

    def people(self, dataset: str) -> list[str]:
        """The names of all who have done something to a dataset."""
        columns, names = event_table.c, list[str]()
        query = select(func.min(columns.by)).where(columns.dataset == dataset)
        with self._database.reading() as connection:
            # one look into the index for each person, however many events there are
            while (
                name := connection.scalar(query.where(columns.by > names[-1]) if names else query)
            ) is not None:
                names.append(str(name))
        return names

    def _locked(
        self, connection: Connection, where: Where, initial: Callable[[], Document]
    ) -> TableRow:
        """The document's row, which nobody else can change until the transaction ends."""
        query = of_one(select(document_table), document_table, where).with_for_update()
        row = connection.execute(query).first()
        if row is not None:
            return row
        document = initial()
        body = dumps(codec.to_json(document))
        try:
            with connection.begin_nested():
                connection.execute(
                    insert(document_table).values(
                        dataset=where.dataset,
                        number=where.number,
                        layer=where.layer,
                        revision=0,
                        initial=body,
                        body=body,
                        by="",
                        at="",
                        **columns(document),
                    )
                )
        except IntegrityError as error:
            # somebody else was first, or the dataset has been removed
            row = connection.execute(query).first()
            if row is None:
                raise InputError("The dataset has been removed meanwhile.") from error
            return row
        return connection.execute(query).one()


def _checked_id(id: str) -> str:
    """The id of a command, which may stand in a text column.

    Raises:
        InputError: it is empty, too long, or cannot be stored.
    """
    if not 0 < len(id) <= MAX_ID:
        raise InputError(f"A command needs an id of 1 to {MAX_ID} characters.")
    return name_of("A command's id", id)


def _replace(connection: Connection, where: Where, step: Step, by: str, at: str) -> None:
    """Put the document as it is now in place of the one before."""
    connection.execute(
        of_one(update(document_table), document_table, where).values(
            revision=step.revision,
            body=dumps(codec.to_json(step.new)),
            by=by,
            at=at,
            **columns(step.new),
        )
    )


def columns(document: Document) -> dict[str, object]:
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


def _read_snapshot(
    connection: Connection, where: Where, row: TableRow, repeated: bool = False
) -> Kept:
    then: Past = past(log.history(connection, where))
    return Kept(
        codec.from_json(Document, loads(row.body)),
        row.revision,
        row.by,
        row.at,
        then.undo is not None,
        then.redo is not None,
        repeated=repeated,
    )
