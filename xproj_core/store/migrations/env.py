"""Alembic's entry: runs migrations on the connection that it is given."""

from __future__ import annotations

from alembic import context

from xproj_core.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
