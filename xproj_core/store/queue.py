"""The queue: pages of a dataset's items, and the next one, by a filter; all of it in SQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeVarTuple

from sqlalchemy import (
    ClauseElement,
    Column,
    ColumnElement,
    Connection,
    FromClause,
    Select,
    Table,
    and_,
    exists,
    false,
    func,
    select,
)
from sqlalchemy.sql.visitors import iterate

from xproj_core.annotation.filter import Filter
from xproj_core.store.database import Database, TableRow
from xproj_core.store.plain import searchable, storable
from xproj_core.store.review_tables import document, event, signal, tag
from xproj_core.store.schema import item

Columns = TypeVarTuple("Columns")
_SNIPPET = 160
_KEYS = {"disagreement": signal.c.agreement, "confidence": signal.c.confidence}


@dataclass(frozen=True, slots=True)
class Entry:
    """One item in the queue.

    Attributes:
        number: its place in the dataset, from 0.
        words: the beginning of both sentences, for the list.
        status: "new", "started" or "done".
        by, at: who changed it last, and when; "" where nobody has.
        agreement, confidence, lost: see `store.reviews.Signal`; None before preparation.
    """

    number: int
    key: str
    words: str
    status: Literal["new", "started", "done"]
    by: str
    at: str
    agreement: float | None
    confidence: float | None
    lost: int | None


class Queue:
    """A dataset's items as one layer's annotators see them."""

    def __init__(self, database: Database, dataset: str, layer: str) -> None:
        self._database, self.dataset, self._layer = database, dataset, layer

    def page(self, queue_filter: Filter, start: int = 0, size: int = 50) -> list[Entry]:
        """`size` entries from the `start`-th on, from 0."""
        columns = (
            item.c.number,
            item.c.key,
            func.substr(item.c.words, 1, _SNIPPET).label("words"),
            document.c.revision,
            document.c.done,
            document.c.by,
            document.c.at,
            signal.c.agreement,
            signal.c.confidence,
            signal.c.lost,
        )
        query = self._query(queue_filter, select(*columns)).offset(start).limit(size)
        with self._database.reading() as connection:
            return [_entry(row) for row in connection.execute(_ordered(query, queue_filter))]

    def count(self, queue_filter: Filter) -> int:
        """How many items there are."""
        with self._database.reading() as connection:
            return int(connection.scalar(self._query(queue_filter, select(func.count()))) or 0)

    def next(self, queue_filter: Filter, after: int | None = None) -> int | None:
        """The number of the item that comes after item `after`, or first; None at the end.

        `after` need not be in the filter any more: finishing it may just have removed it.
        """
        return self._step(queue_filter, after, forwards=True)

    def previous(self, queue_filter: Filter, before: int) -> int | None:
        """The number of the item that comes before item `before`; None at the beginning."""
        return self._step(queue_filter, before, forwards=False)

    def _step(self, queue_filter: Filter, at: int | None, forwards: bool) -> int | None:
        key = _KEYS.get(queue_filter.order)
        number = item.c.number if key is None else signal.c.number
        query = self._query(queue_filter, select(number))
        with self._database.reading() as connection:
            if at is None:
                return _number(connection, _ordered(query, queue_filter))
            further = number > at if forwards else number < at
            by_number = number.asc() if forwards else number.desc()
            if key is None:
                return _number(connection, query.where(further).order_by(by_number))
            value = connection.scalar(
                select(key).where(signal.c.dataset == self.dataset, signal.c.number == at)
            )
            # two questions that an index answers, where one with "or" would be sorted
            neighbour = _number(connection, query.where(key == value, further).order_by(by_number))
            if neighbour is None:
                beyond = key > value if forwards else key < value
                by_key = key.asc() if forwards else key.desc()
                neighbour = _number(connection, query.where(beyond).order_by(by_key, by_number))
            return neighbour

    def _query(self, queue_filter: Filter, query: Select[*Columns]) -> Select[*Columns]:
        """Joins only what is asked for: counting a hundred thousand items is quick then."""
        conditions = self._conditions(queue_filter)
        used = _tables(*conditions, *query.selected_columns)
        ordered = queue_filter.order in _KEYS
        tables: FromClause = item
        if ordered or signal in used:
            tables = tables.join(signal, _same_item(signal), isouter=not ordered)
        if document in used:
            same = and_(_same_item(document), document.c.layer == self._layer)
            tables = tables.join(document, same, isouter=True)
        base = signal.c.dataset if ordered else item.c.dataset
        return query.select_from(tables).where(base == self.dataset, *conditions)

    def _conditions(self, queue_filter: Filter) -> list[ColumnElement[bool]]:
        conditions: list[ColumnElement[bool]] = []
        touched = func.coalesce(document.c.revision, 0) > 0
        done = func.coalesce(document.c.done, false())
        if queue_filter.status == "open":
            conditions.append(~done)
        elif queue_filter.status == "new":
            conditions.append(~touched)
        elif queue_filter.status == "started":
            conditions += [touched, ~done]
        elif queue_filter.status == "done":
            conditions.append(done)
        if queue_filter.label:
            conditions.append(_tagged("label", queue_filter.label))
        if queue_filter.error:
            conditions.append(_tagged("error", queue_filter.error))
        if queue_filter.lost:
            conditions.append(signal.c.lost > 0)
        if queue_filter.disagreeing:
            conditions.append(signal.c.agreement < 1)
        if queue_filter.below is not None:
            conditions.append(signal.c.confidence < queue_filter.below)
        if queue_filter.marks:
            conditions.append(document.c[queue_filter.marks] > 0)
        if queue_filter.words.strip():
            words = searchable(queue_filter.words.strip())
            conditions.append(item.c.words.contains(words, autoescape=True))
        if queue_filter.annotator:
            conditions.append(
                exists().where(
                    event.c.dataset == item.c.dataset,
                    event.c.number == item.c.number,
                    event.c.layer == self._layer,
                    event.c.by == storable(queue_filter.annotator),
                )
            )
        return conditions


def _number(connection: Connection, query: Select[int]) -> int | None:
    number = connection.scalar(query.limit(1))
    return None if number is None else int(number)


def _same_item(table: Table) -> ColumnElement[bool]:
    return and_(table.c.dataset == item.c.dataset, table.c.number == item.c.number)


def _tables(*parts: ClauseElement) -> set[Table]:
    """The tables whose columns stand in expressions."""
    return {
        column.table for part in parts for column in iterate(part) if isinstance(column, Column)
    }


def _tagged(kind: str, value: str) -> ColumnElement[bool]:
    return exists().where(
        tag.c.dataset == item.c.dataset,
        tag.c.kind == kind,
        tag.c.value == storable(value),
        tag.c.number == item.c.number,
    )


def _ordered(query: Select[*Columns], queue_filter: Filter) -> Select[*Columns]:
    key = _KEYS.get(queue_filter.order)
    if key is None:
        return query.order_by(item.c.number)
    return query.order_by(key, signal.c.number)


def _entry(row: TableRow) -> Entry:
    status: Literal["new", "started", "done"] = "new"
    if row.revision:
        status = "done" if row.done else "started"
    return Entry(
        row.number,
        row.key,
        row.words,
        status,
        row.by or "",
        row.at or "",
        row.agreement,
        row.confidence,
        row.lost,
    )
