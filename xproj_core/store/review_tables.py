"""The tables for review: what is corrected, every action on it, and what the queue sorts by."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Double,
    ForeignKeyConstraint,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from xproj_core.store.schema import dataset_id, metadata

# how a dataset is reviewed
review = Table(
    "review",
    metadata,
    dataset_id(),
    Column("settings", Text, nullable=False),
    PrimaryKeyConstraint("dataset"),
)

# records that came with an item, without a run
material = Table(
    "material",
    metadata,
    dataset_id(),
    Column("number", Integer, nullable=False),
    Column("system", Text, nullable=False),
    Column("body", Text, nullable=False),
    PrimaryKeyConstraint("dataset", "number", "system"),
)

# one item in one layer, from the first action on it
document = Table(
    "document",
    metadata,
    dataset_id(),
    Column("number", Integer, nullable=False),
    Column("layer", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    # as it was before the first action, and as it is now
    Column("initial", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", String(32), nullable=False),
    Column("done", Boolean, nullable=False),
    # how many spans are in each state
    Column("projected", Integer, nullable=False),
    Column("accepted", Integer, nullable=False),
    Column("corrected", Integer, nullable=False),
    Column("rejected", Integer, nullable=False),
    Column("stale", Integer, nullable=False),
    PrimaryKeyConstraint("dataset", "number", "layer"),
    Index(None, "dataset", "layer", "done", "number"),
)

# one action: never changed, never removed
event = Table(
    "event",
    metadata,
    Column("dataset", String(16), nullable=False),
    Column("number", Integer, nullable=False),
    Column("layer", Text, nullable=False),
    # the revision that it made
    Column("revision", Integer, nullable=False),
    Column("command", Text, nullable=False),
    Column("op", String(32), nullable=False),
    Column("args", Text, nullable=False),
    Column("inverse", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", String(32), nullable=False),
    PrimaryKeyConstraint("dataset", "number", "layer", "revision"),
    UniqueConstraint("dataset", "number", "layer", "command"),
    ForeignKeyConstraint(
        ["dataset", "number", "layer"],
        ["document.dataset", "document.number", "document.layer"],
        ondelete="CASCADE",
    ),
    Index(None, "dataset", "by", "at"),
)

# what the queue sorts by, for every item once a dataset is prepared for review
signal = Table(
    "signal",
    metadata,
    dataset_id(),
    Column("number", Integer, nullable=False),
    # the share of target words that all systems label alike
    Column("agreement", Double, nullable=False),
    # of the least certain entity; 1 where there is none
    Column("confidence", Double, nullable=False),
    # source entities that landed nowhere
    Column("lost", Integer, nullable=False),
    PrimaryKeyConstraint("dataset", "number"),
    # both are gone through from low to high: what most needs a look comes first
    Index(None, "dataset", "agreement", "number"),
    Index(None, "dataset", "confidence", "number"),
)

# what the queue filters by, several to an item
tag = Table(
    "tag",
    metadata,
    dataset_id(),
    Column("kind", String(16), nullable=False),
    Column("value", Text, nullable=False),
    Column("number", Integer, nullable=False),
    PrimaryKeyConstraint("dataset", "kind", "value", "number"),
    Index(None, "dataset", "number"),
)
