"""Connections and transactions: how SQLite and PostgreSQL are told to keep what they were given."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, ExceptionContext, Row, create_engine, event
from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError

from xproj_core.domain.errors import StoreError

if TYPE_CHECKING:
    import sqlite3

TableRow = Row[*tuple[object, ...]]
"""A row, whose columns are its attributes."""

BUSY = 30
"""Seconds that a writer waits for another before it gives up."""

_WRITES = "xproj_writes"


class Database:
    """The connections to one database. Threads may share it.

    Attributes:
        address: the SQLAlchemy URL.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self._engine = connect(address)

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

    def close(self) -> None:
        """Give back all connections."""
        self._engine.dispose()


def connect(address: str) -> Engine:
    """An engine whose connections may be used from any thread."""
    if not address.startswith("sqlite"):
        # Twenty people at once are served without waiting for a connection.
        engine = create_engine(address, pool_size=10, max_overflow=30, pool_pre_ping=True)
        event.listen(engine, "handle_error", _name_violations)
        event.listen(engine, "handle_error", _drop_spoilt)
        # pg8000 would send many rows one by one, each with a round trip of its own
        engine.dialect.use_insertmanyvalues_wo_returning = True
        return engine
    engine = create_engine(
        address,
        connect_args={"timeout": BUSY, "check_same_thread": False},
        pool_size=10,
        max_overflow=60,
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def for_writing(connection: Connection) -> Connection:
    """The same connection, whose next transaction is going to write."""
    return connection.execution_options(**{_WRITES: True})


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # sqlite3 would begin transactions where it sees fit (never before DDL); we do it ourselves.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY * 1000}")
    # Readers and the writer do not wait for one another.
    cursor.execute("PRAGMA journal_mode = WAL")
    # The page says "saved" when a commit has returned. In WAL mode NORMAL would survive the
    # death of the process, but a power cut could undo the last commits; FULL waits until the
    # log is on the disk. It costs milliseconds a commit, and an edit is one commit.
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA cache_size = -32768")  # 32 MiB
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and then writes fails at once if somebody wrote in between,
    # however long the timeout: one that is going to write takes the lock when it begins.
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _name_violations(context: ExceptionContext) -> BaseException | None:
    """pg8000 calls only some violations of constraints an IntegrityError; so are all (class 23)."""
    arguments = context.original_exception.args
    code = arguments[0].get("C", "") if arguments and isinstance(arguments[0], dict) else ""
    if code.startswith("23") and not isinstance(context.sqlalchemy_exception, IntegrityError):
        return IntegrityError(context.statement, None, context.original_exception)
    return None


def _drop_spoilt(context: ExceptionContext) -> None:
    """Text that cannot be encoded stops pg8000 in the middle of a message to the server.

    Whoever got that connection next would be given the answers to somebody else's questions.
    """
    if isinstance(context.original_exception, UnicodeError):
        context.is_disconnect = True
        context.invalidate_pool_on_disconnect = False


def explained(error: DBAPIError, address: str) -> StoreError:
    """What went wrong, and what a person can do about it."""
    shown = address.partition("://")[2].rpartition("@")[2]
    if address.startswith("sqlite"):
        shown = shown.removeprefix("/")
    reason = _reason(error)
    for sign, problem, remedy in _KNOWN:
        if sign in reason.lower():
            return StoreError(f"{problem.format(shown)} ({reason}); nothing was changed. {remedy}")
    if isinstance(error, OperationalError | InterfaceError):
        return StoreError(f"The store {shown} cannot be used: {reason}")
    return StoreError(f"The store {shown} refused: {reason}")


def _reason(error: DBAPIError) -> str:
    """The driver's words; pg8000 gives the server's answer as a dictionary."""
    answer = error.orig.args[0] if error.orig is not None and error.orig.args else None
    return str(answer["M"]) if isinstance(answer, dict) and "M" in answer else str(error.orig)


_WRITABLE = (
    "Give XProj the right to write to it and to its folder, or set XPROJ_DATA to a folder where"
    " it may write."
)
_KNOWN = (
    ("locked", f"Somebody else has been writing to the store for {BUSY} seconds", "Try again."),
    ("is full", "The disk of {} is full", "Make room, then do it again."),
    ("no space left", "The disk of {} is full", "Make room, then do it again."),
    ("readonly", "The store {} may be read but not written", _WRITABLE),
    ("read-only", "The store {} may be read but not written", "Use one that may be written."),
    ("unable to open", "The store {} cannot be opened", _WRITABLE),
    ("disk i/o", "The disk of {} does not answer", "See whether it is full, failing or away."),
    (
        "malformed",
        "The store {} is damaged",
        "Keep the file, put a backup in its place, or import the last project file that was"
        " exported.",
    ),
)
"""Signs in the driver's words, what they mean, and what helps."""
