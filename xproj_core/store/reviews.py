"""How datasets are reviewed, records that came with their items, and what the queue sorts by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select

from xproj_core.annotation.settings import Settings
from xproj_core.domain import codec
from xproj_core.domain.errors import StoreError
from xproj_core.domain.record import Record
from xproj_core.store.database import Database
from xproj_core.store.plain import dumps, loads, storable
from xproj_core.store.review_tables import material, review, signal, tag
from xproj_core.store.schema import dataset as dataset_table

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Signal:
    """What the queue knows of one item.

    Attributes:
        number: the item's, from 0.
        agreement: the share of target words that all systems label alike; 1 where there are
            fewer than two.
        confidence: of the least certain entity; 1 where there is none.
        lost: how many source entities landed nowhere.
        tags: (kind, value): ("label", "PER"), ("error", "merged"), ("lost", "unaligned").
    """

    number: int
    agreement: float
    confidence: float
    lost: int
    tags: frozenset[tuple[str, str]]


class Reviews:
    """What one store knows about reviewing its datasets."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def settings(self, dataset: str) -> Settings:
        """How a dataset is reviewed; the defaults where nobody has set anything."""
        query = select(review.c.settings).where(review.c.dataset == dataset)
        with self._database.reading() as connection:
            settings_json = connection.scalar(query)
        return (
            Settings() if settings_json is None else codec.from_json(Settings, loads(settings_json))
        )

    def set(self, dataset: str, settings: Settings) -> None:
        """Review it like this from now on."""
        row = {"dataset": dataset, "settings": dumps(codec.to_json(settings))}
        with self._alone(dataset) as connection:
            connection.execute(delete(review).where(review.c.dataset == dataset))
            connection.execute(insert(review).values(row))

    def give(self, dataset: str, records: Iterable[Record]) -> None:
        """Keep records with their items, by `Record.number`; those of the same system give way."""
        rows = [
            {
                "dataset": dataset,
                "number": r.number,
                "system": r.system,
                "body": dumps(codec.to_json(r)),
            }
            for r in records
        ]
        with self._alone(dataset) as connection:
            for row in rows:
                connection.execute(
                    delete(material).where(
                        material.c.dataset == dataset,
                        material.c.number == row["number"],
                        material.c.system == row["system"],
                    )
                )
            if rows:
                connection.execute(insert(material), rows)

    def records(self, dataset: str, start: int, stop: int) -> dict[int, dict[str, Record]]:
        """The records that came with the items `start` up to `stop`, by number and system."""
        columns = material.c
        query = (
            select(columns.body)
            .where(columns.dataset == dataset, columns.number >= start, columns.number < stop)
            .order_by(columns.number, columns.system)
        )
        with self._database.reading() as connection:
            bodies = connection.scalars(query).all()
        by_number: dict[int, dict[str, Record]] = {}
        for body in bodies:
            record = codec.from_json(Record, loads(body))
            by_number.setdefault(record.number, {})[record.system] = record
        return by_number

    def note(self, dataset: str, start: int, stop: int, signals: Sequence[Signal]) -> None:
        """Put `signals` in place of what was known of the items `start` up to `stop`."""
        with self._alone(dataset) as connection:
            for table in (signal, tag):
                connection.execute(
                    delete(table).where(
                        table.c.dataset == dataset, table.c.number >= start, table.c.number < stop
                    )
                )
            rows = [
                {
                    "dataset": dataset,
                    "number": s.number,
                    "agreement": s.agreement,
                    "confidence": s.confidence,
                    "lost": s.lost,
                }
                for s in signals
            ]
            tags = [
                {"dataset": dataset, "kind": kind, "value": value, "number": s.number}
                for s in signals
                for kind, value in sorted({(k, storable(v)) for k, v in s.tags})
            ]
            for table, values in ((signal, rows), (tag, tags)):
                if values:
                    connection.execute(insert(table), values)

    def noted(self, dataset: str) -> int:
        """How many items the queue knows something of."""
        query = select(func.count()).select_from(signal).where(signal.c.dataset == dataset)
        with self._database.reading() as connection:
            return int(connection.scalar(query) or 0)

    def tags(self, dataset: str) -> dict[str, dict[str, int]]:
        """By kind and value: how many items have it."""
        columns = tag.c
        query = (
            select(columns.kind, columns.value, func.count())
            .where(columns.dataset == dataset)
            .group_by(columns.kind, columns.value)
            .order_by(columns.kind, func.count().desc(), columns.value)
        )
        counts: dict[str, dict[str, int]] = {}
        with self._database.reading() as connection:
            for kind, value, count in connection.execute(query):
                counts.setdefault(kind, {})[value] = count
        return counts

    @contextmanager
    def _alone(self, dataset: str) -> Iterator[Connection]:
        """A writing connection; others who write the same about this dataset wait."""
        with self._database.writing() as connection:
            there = connection.scalar(
                select(dataset_table.c.id).where(dataset_table.c.id == dataset).with_for_update()
            )
            if there is None:
                raise StoreError(f"There is no dataset {dataset}. It may have been removed.")
            yield connection
