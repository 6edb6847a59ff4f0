"""The tables for datasets. Every part of the store declares its own on the same `metadata`.

Bodies are JSON in text columns, written and read by the part that owns them: databases differ
in what their own JSON types keep (key order, NUL). Times are UTC in ISO 8601, as text, so that
they sort, read and export the same everywhere.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def dataset_id() -> Column[str]:
    """A column that holds a dataset's id; what hangs on a dataset goes with it."""
    return Column(
        "dataset", String(16), ForeignKey("dataset.id", ondelete="CASCADE"), nullable=False
    )


dataset = Table(
    "dataset",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("name", Text, nullable=False),
    Column("source_language", String(16), nullable=False),
    Column("target_language", String(16), nullable=False),
    Column("labels", Text, nullable=False),
    Column("notes", Text, nullable=False),
    Column("counts", Text, nullable=False),
    Column("items", Integer, nullable=False),
    Column("created", String(32), nullable=False),
    # False while its items are still coming in: an interrupted upload is not shown
    Column("complete", Boolean, nullable=False),
)

item = Table(
    "item",
    metadata,
    dataset_id(),
    Column("number", Integer, nullable=False),
    Column("key", Text, nullable=False),
    # both sentences in folded case, for text search: before the body, which may be long
    Column("words", Text, nullable=False),
    Column("body", Text, nullable=False),
    PrimaryKeyConstraint("dataset", "number"),
    UniqueConstraint("dataset", "key"),
)
