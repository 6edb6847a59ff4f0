"""A memory of translations, alignments and taggings that outlives the process.

It lies under the methods' own memory (`methods.Memo`). A result is keyed by its content, the
model's name and the fingerprint of its files, never by XProj's version: changing the projector
or adding a method asks no model again, and a model that was trained again is asked again.
"""

from __future__ import annotations

import hashlib
import logging
import sqlite3
import time
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock, local
from typing import Any, TypeVar

from xproj_core.domain.errors import StoreError, XProjError
from xproj_core.domain.limits import MAX_CACHE_BYTES
from xproj_core.domain.outcomes import guarded
from xproj_core.methods import Memo
from xproj_core.runs import cache_codec

T = TypeVar("T")
U = TypeVar("U")

_LOG = logging.getLogger(__name__)
FORMAT = 1
"""Of keys and values. Raise it when either is made otherwise: entries of another format are not
found, and go when room is needed. (When models answer otherwise, see `fingerprint.FORMAT`.)"""
_TABLE = """CREATE TABLE IF NOT EXISTS result (
    key BLOB PRIMARY KEY, value BLOB NOT NULL, day INTEGER NOT NULL
) WITHOUT ROWID"""
_DAY = 86_400
_AT_ONCE = 500


def shared_cache() -> Cache:
    """The one in the data folder."""
    from xproj_core.store.place import data_folder

    folder = data_folder()
    folder.mkdir(parents=True, exist_ok=True)
    return Cache(folder / "cache.sqlite")


class Cache:
    """Results in an SQLite file; threads and processes may share it.

    What was not used for the longest time goes first once the file has grown to `most` bytes.
    Nothing in it is needed: it may be cleared or deleted at any time.
    """

    def __init__(self, file: Path, most: int = MAX_CACHE_BYTES) -> None:
        self.file, self.most = file, most
        self._local = local()
        self._open: list[sqlite3.Connection] = []
        self._lock = Lock()
        with self._connection() as connection:
            connection.execute(_TABLE)

    def memo(self, models: Mapping[str, str]) -> Memo:
        """A memory for one chunk of one engine, whose fingerprints are `models`."""
        return _StoredMemo(self, models)

    def get(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """The values of those `keys` that are known."""
        values: dict[bytes, bytes] = {}
        today, old = _today(), []
        with self._connection() as connection:
            for start in range(0, len(keys), _AT_ONCE):
                some = keys[start : start + _AT_ONCE]
                marks = ",".join("?" * len(some))
                query = f"SELECT key, value, day FROM result WHERE key IN ({marks})"
                for key, value, day in connection.execute(query, some):
                    values[key] = value
                    if day < today:
                        old.append((today, key))
        if old:
            with self._writing() as connection:
                connection.executemany("UPDATE result SET day = ? WHERE key = ?", old)
        return values

    def put(self, values: dict[bytes, bytes]) -> None:
        """Remember `values`; makes room first where there is too little."""
        today = _today()
        with self._writing() as connection:
            if self._bytes(connection) + sum(map(len, values.values())) > self.most:
                self._make_room(connection)
            connection.executemany(
                "INSERT OR IGNORE INTO result VALUES (?, ?, ?)",
                [(key, value, today) for key, value in values.items()],
            )

    def size(self) -> int:
        """Bytes in use."""
        with self._connection() as connection:
            return self._bytes(connection)

    def clear(self) -> None:
        """Forget everything and give the disk its room back."""
        with self._writing() as connection:
            connection.execute("DELETE FROM result")
        with self._connection() as connection:
            connection.execute("VACUUM")

    def close(self) -> None:
        """Close the connections of all threads."""
        with self._lock:
            for connection in self._open:
                connection.close()
            self._open.clear()
            self._local = local()

    def _bytes(self, connection: sqlite3.Connection) -> int:
        (pages,), (free,), (size,) = (
            connection.execute(f"PRAGMA {what}").fetchone()
            for what in ("page_count", "freelist_count", "page_size")
        )
        return int((pages - free) * size)

    def _make_room(self, connection: sqlite3.Connection) -> None:
        """Let a fifth go, what was used longest ago first."""
        (count,) = connection.execute("SELECT COUNT(*) FROM result").fetchone()
        connection.execute(
            "DELETE FROM result WHERE key IN (SELECT key FROM result ORDER BY day LIMIT ?)",
            (count // 5 + 1,),
        )

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        """This thread's connection; every statement is a transaction of its own."""
        try:
            connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
            yield connection or self._connect()
        except sqlite3.Error as error:
            raise StoreError(
                f"The memory of translations in {self.file} cannot be used: {error}. Make room on"
                " the disk, or delete that file: nothing in it is lost for good."
            ) from error

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """The same in one transaction that writes."""
        with self._connection() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    def _connect(self) -> sqlite3.Connection:
        # Used by one thread only; the thread that closes the cache may be another.
        connection = sqlite3.connect(
            self.file, timeout=60, isolation_level=None, check_same_thread=False
        )
        connection.execute("PRAGMA journal_mode = WAL")
        # A power cut may cost the last results, which would be computed again.
        connection.execute("PRAGMA synchronous = OFF")
        self._local.connection = connection
        with self._lock:
            self._open.append(connection)
        return connection


class _StoredMemo(Memo):
    """What a chunk remembers, and behind it the cache."""

    def __init__(self, cache: Cache, models: Mapping[str, str]) -> None:
        super().__init__()
        self._cache, self._models = cache, models

    def recall(
        self,
        kind: str,
        items: list[T],
        key: Callable[[T], Hashable],
        compute: Callable[[list[T]], Sequence[U | XProjError]],
    ) -> list[U | XProjError]:
        """See `Memo.recall`."""

        def looked_up(some: list[T]) -> list[U | XProjError]:
            return self._looked_up([self._key(kind, key(item)) for item in some], some, compute)

        return super().recall(kind, items, key, looked_up)

    def _key(self, kind: str, key: Hashable) -> bytes:
        format = () if FORMAT == 1 else (FORMAT,)  # keys were made before there were formats
        # repr of nested tuples of strings, numbers and None is unambiguous
        return hashlib.sha256(
            repr((*format, self._models[kind], kind, key)).encode("utf-8", "surrogatepass")
        ).digest()

    def _looked_up(
        self,
        keys: list[bytes],
        items: list[T],
        compute: Callable[[list[T]], Sequence[U | XProjError]],
    ) -> list[U | XProjError]:
        stored: Mapping[bytes, bytes] = {}
        with _without_it(self._cache.file):
            stored = self._cache.get(keys)
        known: dict[bytes, Any] = {
            key: result for key, v in stored.items() if (result := cache_codec.loads(v)) is not None
        }
        missing = {k: item for k, item in zip(keys, items, strict=True) if k not in known}
        if missing:
            fresh = dict(zip(missing, guarded(compute, list(missing.values())), strict=True))
            good: dict[bytes, Any] = {
                k: v for k, v in fresh.items() if not isinstance(v, XProjError)
            }
            with _without_it(self._cache.file):
                self._cache.put({k: cache_codec.dumps(v) for k, v in good.items()})
            known.update(fresh)
        return [known[k] for k in keys]


@contextmanager
def _without_it(file: Path) -> Iterator[None]:
    """Nobody's run ends because what it could do without does not work."""
    try:
        yield
    except StoreError:
        _LOG.warning("going on without %s", file, exc_info=True)


def _today() -> int:
    return int(time.time()) // _DAY
