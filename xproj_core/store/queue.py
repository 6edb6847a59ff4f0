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

    def page(self, wanted: Filter, start: int = 0, size: int = 50) -> list[Entry]:
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
        query = self._query(wanted, select(*columns)).offset(start).limit(size)
        with self._database.reading() as connection:
            return [_entry(row) for row in connection.execute(_ordered(query, wanted))]

    def count(self, wanted: Filter) -> int:
        """How many items there are."""
        with self._database.reading() as connection:
            return int(connection.scalar(self._query(wanted, select(func.count()))) or 0)

    def next(self, wanted: Filter, after: int | None = None) -> int | None:
        """The number of the item that comes after item `after`, or first; None at the end.

        `after` need not be in the filter any more: finishing it may just have removed it.
        """
        return self._step(wanted, after, forwards=True)

    def previous(self, wanted: Filter, before: int) -> int | None:
        """The number of the item that comes before item `before`; None at the beginning."""
        return self._step(wanted, before, forwards=False)

    def _step(self, wanted: Filter, at: int | None, forwards: bool) -> int | None:
        key = _KEYS.get(wanted.order)
        number = item.c.number if key is None else signal.c.number
        query = self._query(wanted, select(number))
        with self._database.reading() as connection:
            if at is None:
                return _number(connection, _ordered(query, wanted))
            further = number > at if forwards else number < at
            by_number = number.asc() if forwards else number.desc()
            if key is None:
                return _number(connection, query.where(further).order_by(by_number))
            value = connection.scalar(
                select(key).where(signal.c.dataset == self.dataset, signal.c.number == at)
            )
            # two questions that an index answers, where one with "or" would be sorted
            found = _number(connection, query.where(key == value, further).order_by(by_number))
            if found is None:
                beyond = key > value if forwards else key < value
                by_key = key.asc() if forwards else key.desc()
                found = _number(connection, query.where(beyond).order_by(by_key, by_number))
            return found

    def _query(self, wanted: Filter, query: Select[*Columns]) -> Select[*Columns]:
        """Joins only what is asked for: counting a hundred thousand items is quick then."""
        conditions = self._conditions(wanted)
        used = _tables(*conditions, *query.selected_columns)
        ordered = wanted.order in _KEYS
        tables: FromClause = item
        if ordered or signal in used:
            tables = tables.join(signal, _same_item(signal), isouter=not ordered)
        if document in used:
            same = and_(_same_item(document), document.c.layer == self._layer)
            tables = tables.join(document, same, isouter=True)
        base = signal.c.dataset if ordered else item.c.dataset
        return query.select_from(tables).where(base == self.dataset, *conditions)

    def _conditions(self, wanted: Filter) -> list[ColumnElement[bool]]:
        made: list[ColumnElement[bool]] = []
        touched = func.coalesce(document.c.revision, 0) > 0
        done = func.coalesce(document.c.done, false())
        if wanted.status == "open":
            made.append(~done)
        elif wanted.status == "new":
            made.append(~touched)
        elif wanted.status == "started":
            made += [touched, ~done]
        elif wanted.status == "done":
            made.append(done)
        if wanted.label:
            made.append(_tagged("label", wanted.label))
        if wanted.error:
            made.append(_tagged("error", wanted.error))
        if wanted.lost:
            made.append(signal.c.lost > 0)
        if wanted.disagreeing:
            made.append(signal.c.agreement < 1)
        if wanted.below is not None:
            made.append(signal.c.confidence < wanted.below)
        if wanted.marks:
            made.append(document.c[wanted.marks] > 0)
        if wanted.words.strip():
            words = searchable(wanted.words.strip())
            made.append(item.c.words.contains(words, autoescape=True))
        if wanted.annotator:
            made.append(
                exists().where(
                    event.c.dataset == item.c.dataset,
                    event.c.number == item.c.number,
                    event.c.layer == self._layer,
                    event.c.by == storable(wanted.annotator),
                )
            )
        return made


def _number(connection: Connection, query: Select[int]) -> int | None:
    found = connection.scalar(query.limit(1))
    return None if found is None else int(found)


def _same_item(table: Table) -> ColumnElement[bool]:
    return and_(table.c.dataset == item.c.dataset, table.c.number == item.c.number)


def _tables(*parts: ClauseElement) -> set[Table]:
    """The tables whose columns stand in expressions."""
    return {one.table for part in parts for one in iterate(part) if isinstance(one, Column)}


def _tagged(kind: str, value: str) -> ColumnElement[bool]:
    return exists().where(
        tag.c.dataset == item.c.dataset,
        tag.c.kind == kind,
        tag.c.value == storable(value),
        tag.c.number == item.c.number,
    )


def _ordered(query: Select[*Columns], wanted: Filter) -> Select[*Columns]:
    key = _KEYS.get(wanted.order)
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
