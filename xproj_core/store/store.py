"""One open store: its connections, and a repository for each kind of thing in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, IntegrityError

from xproj_core.domain.errors import StoreError
from xproj_core.store.database import connect, explained, for_writing
from xproj_core.store.datasets import Datasets
from xproj_core.store.documents import Documents
from xproj_core.store.migrate import migrate
from xproj_core.store.reviews import Reviews
from xproj_core.store.runs import Runs


class Store:
    """What `open_store` opens. Threads may share it.

    Attributes:
        address: the SQLAlchemy URL.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self._engine = connect(address)
        with self.writing() as connection:
            migrate(connection)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection in a transaction that only reads.

        Raises:
            StoreError: the database cannot be used.
        """
        with self._explained(), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A connection whose every question is answered from one and the same state.

        Raises:
            StoreError: the database cannot be used.
        """
        # what SQLite does anyway; PostgreSQL would answer each question from its own moment
        level = "REPEATABLE READ" if self._engine.dialect.name == "postgresql" else None
        with self._explained(), self._engine.connect() as connection:
            if level:
                connection = connection.execution_options(isolation_level=level)
            with connection.begin():
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection in a transaction that is written when the block ends, or not at all.

        An IntegrityError comes through as it is: whoever writes knows what it means.

        Raises:
            StoreError: the database cannot be used, or is full.
        """
        with (
            self._explained(),
            self._engine.connect() as connection,
            for_writing(connection).begin(),
        ):
            yield connection

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except IntegrityError:
            raise
        except DBAPIError as error:
            raise explained(error, self.address) from error
        except UnicodeEncodeError as error:
            raise StoreError(
                f"The text {error.object[:40]!a} holds half a character, which cannot be stored;"
                " nothing was changed. Take it out."
            ) from error

    @cached_property
    def datasets(self) -> Datasets:
        """Datasets and their items."""
        return Datasets(self)

    @cached_property
    def runs(self) -> Runs:
        """Runs over datasets, and what they made."""
        return Runs(self)

    @cached_property
    def documents(self) -> Documents:
        """What is corrected, and every action on it."""
        return Documents(self)

    @cached_property
    def reviews(self) -> Reviews:
        """How datasets are reviewed, and what the queue sorts by."""
        return Reviews(self)

    def close(self) -> None:
        """Give back all connections."""
        self._engine.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
