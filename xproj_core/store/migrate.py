"""Bringing a store's tables up to date. Two processes that open it at once take turns."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, text

from xproj_core.domain.errors import StoreError

SCRIPTS = Path(__file__).with_name("migrations")
# Any number will do, so long as nobody else locks it: "xproj" in ASCII.
_LOCK = 0x78_70_72_6F_6A


def migrate(connection: Connection) -> None:
    """Run what has not been run yet, within the connection's one writing transaction.

    On SQLite that transaction is the only one that may write; on PostgreSQL an advisory lock
    keeps a second process waiting until the first has committed.

    Raises:
        StoreError: a newer XProj made the store.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    from alembic import command
    from alembic.config import Config
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    scripts = ScriptDirectory.from_config(config)
    there = MigrationContext.configure(connection).get_current_heads()
    if set(there) == set(scripts.get_heads()):
        return
    try:
        command.upgrade(config, "heads")
    except CommandError as error:
        raise StoreError(
            f"The store was made by a newer XProj ({error}). Update XProj, or choose another store."
        ) from error
