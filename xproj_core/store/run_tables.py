"""The tables for runs and what they made of each item."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
)

from xproj_core.store.schema import dataset_id, metadata

run = Table(
    "run",
    metadata,
    Column("id", String(16), primary_key=True),
    dataset_id(),
    Index(None, "dataset"),
    Column("configuration", Text, nullable=False),
    Column("signature", Text, nullable=False),
    Column("state", String(16), nullable=False),
    # items that are finished, of how many
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("seconds", Text, nullable=False),
    Column("problem", Text, nullable=False),
    # whoever is at it: host and process; when they last gave a sign of life
    Column("owner", Text, nullable=False),
    Column("beat", String(32), nullable=False),
    # somebody has asked for it to stop
    Column("stop", Boolean, nullable=False),
    Column("created", String(32), nullable=False),
    Column("ended", String(32), nullable=False),
)

record = Table(
    "record",
    metadata,
    Column("run", String(16), ForeignKey("run.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("system", Text, nullable=False),
    Column("body", Text, nullable=False),
    PrimaryKeyConstraint("run", "number", "system"),
)
