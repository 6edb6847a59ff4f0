"""How far a review is: per dataset and person, at which pace, and how long the rest will take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from statistics import median

from sqlalchemy import Connection, and_, case, func, select

from xproj_core.annotation.settings import SHARED, Settings
from xproj_core.store.review_tables import document, event
from xproj_core.store.schema import dataset as dataset_table
from xproj_core.store.store import Store

BREAK = 600
"""Seconds without finishing a sentence that count as a break, not as work on it."""
_RECENT = 100


@dataclass(frozen=True, slots=True)
class Person:
    """One person's part.

    Attributes:
        done: sentences that they finished, in any layer.
        actions: everything they did.
        pace: seconds from one finished sentence to the next, the median of the last hundred
            without breaks; None before there are two.
        last: when they did the last thing, UTC, ISO 8601.
    """

    done: int
    actions: int
    pace: float | None
    last: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a layer is.

    Attributes:
        total: sentences in the dataset.
        done, started: in this layer; started ones are not done.
        people: by name, all who did anything in any layer.
        seconds_left: at the pace of the person asked about; None where it is not known.
    """

    total: int
    done: int
    started: int
    people: Mapping[str, Person]
    seconds_left: float | None


def progress(store: Store, dataset: str, settings: Settings, by: str = "") -> Progress:
    """How far the layer is that `by` works in (the shared one without `by`)."""
    layer = settings.layer(by) if by else SHARED
    with store.database.reading() as connection:
        total = connection.scalar(
            select(dataset_table.c["items"]).where(dataset_table.c.id == dataset)
        )
        columns = document.c
        done, touched = connection.execute(
            select(
                func.coalesce(func.sum(case((columns.done, 1), else_=0)), 0), func.count()
            ).where(columns.dataset == dataset, columns.layer == layer, columns.revision > 0)
        ).one()
        people = {
            name: Person(
                _finished(connection, dataset, name),
                actions,
                _pace(_times(connection, dataset, name)),
                last,
            )
            for name, actions, last in connection.execute(
                select(event.c.by, func.count(), func.max(event.c.at))
                .where(event.c.dataset == dataset)
                .group_by(event.c.by)
                .order_by(event.c.by)
            ).all()
        }
    pace = people[by].pace if by in people else None
    left = int(total or 0) - int(done)
    return Progress(
        int(total or 0),
        int(done),
        int(touched) - int(done),
        people,
        None if pace is None else pace * left,
    )


def _finished(connection: Connection, dataset: str, by: str) -> int:
    """The documents that are done and that the person has called so."""
    columns = event.c
    done_events = (
        select(columns.number, columns.layer)
        .where(columns.dataset == dataset, columns.by == by, columns.op == "done")
        .distinct()
        .subquery()
    )
    same = and_(document.c.number == done_events.c.number, document.c.layer == done_events.c.layer)
    query = select(func.count()).select_from(done_events.join(document, same))
    return int(connection.scalar(query.where(document.c.dataset == dataset, document.c.done)) or 0)


def _times(connection: Connection, dataset: str, by: str) -> list[float]:
    """When the person finished sentences of late, in seconds, ascending."""
    columns = event.c
    query = (
        select(columns.at)
        .where(columns.dataset == dataset, columns.by == by, columns.op == "done")
        .order_by(columns.at.desc())
        .limit(_RECENT)
    )
    return sorted(datetime.fromisoformat(at).timestamp() for at in connection.scalars(query))


def _pace(times: Sequence[float]) -> float | None:
    gaps = [b - a for a, b in pairwise(times) if b - a <= BREAK]
    return median(gaps) if gaps else None
