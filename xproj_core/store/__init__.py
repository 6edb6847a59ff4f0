"""Where datasets, runs and corrections are kept: SQLite by default, PostgreSQL by URL.

Nothing here imports SQLAlchemy before a store is opened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xproj_core.store.store import Store

__all__ = ["open_store"]


def open_store(url: str | None = None) -> Store:
    """The store at `url`, brought up to date; safe to use from many threads.

    Args:
        url: "sqlite:///path", "postgresql+pg8000://user@host/name" or the path of an SQLite
            file. None takes the environment variable XPROJ_STORE, or else the file
            `xproj.sqlite` in the data folder (XPROJ_DATA).

    Raises:
        StoreError: it cannot be opened, or a newer XProj made it.
    """
    from xproj_core.store import place
    from xproj_core.store.store import Store

    return Store(place.address(url))
