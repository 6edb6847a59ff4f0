"""One open store: its database, and a repository for each kind of thing in it."""

from __future__ import annotations

from functools import cached_property

from xproj_core.store.database import Database
from xproj_core.store.datasets import Datasets
from xproj_core.store.documents import Documents
from xproj_core.store.migrate import migrate
from xproj_core.store.reviews import Reviews
from xproj_core.store.runs import Runs


class Store:
    """What `open_store` opens. Threads may share it.

    Attributes:
        address: the SQLAlchemy URL.
        database: its connections; the repositories know nothing else of the store.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self.database = Database(address)
        with self.database.writing() as connection:
            migrate(connection)

    @cached_property
    def datasets(self) -> Datasets:
        """Datasets and their items."""
        return Datasets(self.database)

    @cached_property
    def runs(self) -> Runs:
        """Runs over datasets, and what they made."""
        return Runs(self.database)

    @cached_property
    def documents(self) -> Documents:
        """What is corrected, and every action on it."""
        return Documents(self.database)

    @cached_property
    def reviews(self) -> Reviews:
        """How datasets are reviewed, and what the queue sorts by."""
        return Reviews(self.database)

    def close(self) -> None:
        """Give back all connections."""
        self.database.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
