"""Datasets and their items: added as a stream, read as a stream."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from xproj_core.domain import codec
from xproj_core.domain.errors import InputError, StoreError
from xproj_core.domain.item import Item
from xproj_core.domain.streams import cut
from xproj_core.store import schema
from xproj_core.store.database import Database, TableRow
from xproj_core.store.plain import dumps, loads, name_of, new_id, now, searchable

_CHUNK = 500
_CELLS = 4_000_000
"""Of the alignments that the items of a chunk may bring with them."""
_ABANDONED = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Dataset:
    """What is known of a dataset without reading its items.

    Attributes:
        labels: the labels that its spans may have, in the order that the user gave them.
        counts: how many items have "source", "target", "gold source", "gold target", "links",
            and, by language code, a sentence in a further language ("other fr").
        items: how many there are.
        created: UTC, ISO 8601.
    """

    id: str
    name: str
    source_language: str
    target_language: str
    labels: tuple[str, ...]
    notes: tuple[str, ...]
    counts: Mapping[str, int]
    items: int
    created: str


class Datasets:
    """The datasets of one store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self,
        name: str,
        items: Iterable[Item],
        source_language: str,
        target_language: str,
        labels: Sequence[str],
        notes: Sequence[str] = (),
        id: str | None = None,
    ) -> str:
        """Store `items`, which may be a stream of any length; its id.

        Others can write meanwhile, and see the dataset only when it is complete.

        Raises:
            InputError: two items have one key, or there is no item.
            FormatError: whatever the stream raises; nothing of the dataset is kept then.
        """
        id = new_id() if id is None else id
        row = {
            "id": id,
            "name": name_of("The dataset's name", name),
            "source_language": source_language,
            "target_language": target_language,
            "labels": dumps([name_of("A label", label) for label in labels]),
            "notes": dumps(list(notes)),
            "counts": "{}",
            "items": 0,
            "created": now(),
            "complete": False,
        }
        with self._database.writing() as connection:
            self._sweep(connection)
            connection.execute(insert(schema.dataset).values(row))
        try:
            self._fill(id, items)
        except BaseException:
            self.remove(id)
            raise
        return id

    def append(self, id: str, items: Iterable[Item]) -> range:
        """Store further items after the last one; their numbers.

        Raises:
            InputError: an item's key is there already.
            StoreError: there is no such dataset.
        """
        further = list(items)
        with self._database.writing() as connection:
            # the row is the lock that makes two appends take turns
            row = connection.execute(
                select(schema.dataset).where(schema.dataset.c.id == id).with_for_update()
            ).first()
            if row is None or not row.complete:
                raise _unknown(id)
            self._insert(connection, id, row.items, further)
            counts = Counter(loads(row.counts))
            counts.update(_counts(further))
            connection.execute(
                update(schema.dataset)
                .where(schema.dataset.c.id == id)
                .values(items=row.items + len(further), counts=dumps(counts))
            )
        return range(row.items, row.items + len(further))

    def list(self) -> list[Dataset]:
        """All complete datasets, the newest first."""
        columns = schema.dataset.c
        query = select(schema.dataset).where(columns.complete)
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(columns.created.desc(), columns.id)).all()
        return [_dataset(row) for row in rows]

    def get(self, id: str) -> Dataset:
        """One dataset.

        Raises:
            StoreError: there is no such dataset.
        """
        columns = schema.dataset.c
        with self._database.reading() as connection:
            row = connection.execute(
                select(schema.dataset).where(columns.id == id, columns.complete)
            ).first()
        if row is None:
            raise _unknown(id)
        return _dataset(row)

    def items(self, id: str, start: int = 0, stop: int | None = None) -> Iterator[Item]:
        """The items from number `start` up to, not including, `stop`, in order, as a stream."""
        columns = schema.item.c
        while stop is None or start < stop:
            end = start + _CHUNK if stop is None else min(stop, start + _CHUNK)
            with self._database.reading() as connection:
                bodies = connection.scalars(
                    select(columns.body)
                    .where(columns.dataset == id, columns.number >= start, columns.number < end)
                    .order_by(columns.number)
                ).all()
            yield from (codec.from_json(Item, loads(body)) for body in bodies)
            if len(bodies) < end - start:
                return
            start = end

    def item(self, id: str, key: str) -> Item:
        """The item with a key.

        Raises:
            StoreError: there is none.
        """
        return self.at(id, self.number(id, key))

    def number(self, id: str, key: str) -> int:
        """The place, from 0, of the item with a key.

        Raises:
            StoreError: there is none.
        """
        columns = schema.item.c
        query = select(columns.number).where(columns.dataset == id, columns.key == key)
        with self._database.reading() as connection:
            number = connection.scalar(query)
        if number is None:
            raise StoreError(f"The dataset {id} has no item with the key {key!r}.")
        return int(number)

    def at(self, id: str, number: int) -> Item:
        """The item at a place, from 0.

        Raises:
            StoreError: there is none.
        """
        item = next(self.items(id, number, number + 1), None)
        if item is None:
            raise StoreError(f"The dataset {id} has no item number {number} (counted from 0).")
        return item

    def rename(self, id: str, name: str) -> None:
        """Give a dataset another name."""
        values = {"name": name_of("The dataset's name", name)}
        with self._database.writing() as connection:
            connection.execute(
                update(schema.dataset).where(schema.dataset.c.id == id).values(values)
            )

    def remove(self, id: str) -> None:
        """Remove a dataset with everything that hangs on it; nothing where there is none."""
        with self._database.writing() as connection:
            connection.execute(delete(schema.dataset).where(schema.dataset.c.id == id))

    def _fill(self, id: str, items: Iterable[Item]) -> None:
        total, counts = 0, Counter[str]()
        for chunk in cut(items, _CHUNK, lambda item: item.longest**2, _CELLS):
            with self._database.writing() as connection:
                self._insert(connection, id, total, chunk)
            total += len(chunk)
            counts.update(_counts(chunk))
        if not total:
            raise InputError("There is no sentence in it. A dataset needs at least one.")
        with self._database.writing() as connection:
            connection.execute(
                update(schema.dataset)
                .where(schema.dataset.c.id == id)
                .values(items=total, counts=dumps(counts), complete=True)
            )

    def _insert(self, connection: Connection, id: str, first: int, items: Sequence[Item]) -> None:
        keys = Counter(item.key for item in items)
        twice = [key for key, times in keys.items() if times > 1]
        rows = [
            {
                "dataset": id,
                "number": n,
                "key": name_of("An item's key", item.key),
                "body": dumps(codec.to_json(item)),
                "words": words_of(item),
            }
            for n, item in enumerate(items, first)
        ]
        if twice:
            raise InputError(f"Two items have the key {twice[0]!r}. Every item needs its own.")
        try:
            if rows:
                with connection.begin_nested():
                    connection.execute(insert(schema.item), rows)
        except IntegrityError as error:
            columns = schema.item.c
            key = connection.scalar(
                select(columns.key).where(columns.dataset == id, columns.key.in_(keys)).limit(1)
            )
            raise InputError(
                f"The key {key!r} is used by an earlier item too. Every item needs its own."
            ) from error

    def _sweep(self, connection: Connection) -> None:
        """Remove what an interrupted upload left, once nobody can still be at it."""
        old = (datetime.now(UTC) - _ABANDONED).isoformat()
        columns = schema.dataset.c
        connection.execute(
            delete(schema.dataset).where(columns.complete.is_(False), columns.created < old)
        )


def words_of(item: Item) -> str:
    """Both sentences for text search."""
    sides = [s for s in (item.source, item.target) if s is not None]
    return searchable("\n".join(s.text or " ".join(s.tokens) for s in sides))


def _counts(items: Iterable[Item]) -> Counter[str]:
    counts = Counter[str]()
    for item in items:
        counts.update(side for side in ("source", "target") if item.side(side) is not None)
        counts.update(f"gold {side}" for side in item.gold)
        counts.update(["links"] if item.links is not None else [])
        counts.update(f"other {language}" for language in item.others)
    return counts


def _dataset(row: TableRow) -> Dataset:
    return Dataset(
        row.id,
        row.name,
        row.source_language,
        row.target_language,
        tuple(loads(row.labels)),
        tuple(loads(row.notes)),
        loads(row.counts),
        row.items,
        row.created,
    )


def _unknown(id: str) -> StoreError:
    return StoreError(f"There is no dataset {id}. It may have been removed.")
