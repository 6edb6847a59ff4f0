"""Documents under review, the log of actions on them, and the queue"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "review_1"
down_revision = "0001"
branch_labels = None
depends_on = None


def _dataset(table: str) -> tuple[sa.Column[str], sa.ForeignKeyConstraint]:
    return (
        sa.Column("dataset", sa.String(16), nullable=False),
        sa.ForeignKeyConstraint(
            ["dataset"], ["dataset.id"], name=f"fk_{table}_dataset", ondelete="CASCADE"
        ),
    )


def upgrade() -> None:
    op.create_table(
        "review",
        *_dataset("review"),
        sa.Column("settings", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("dataset", name="pk_review"),
    )
    op.create_table(
        "material",
        *_dataset("material"),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("system", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("dataset", "number", "system", name="pk_material"),
    )
    op.create_table(
        "document",
        *_dataset("document"),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("layer", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("initial", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("done", sa.Boolean, nullable=False),
        sa.Column("projected", sa.Integer, nullable=False),
        sa.Column("accepted", sa.Integer, nullable=False),
        sa.Column("corrected", sa.Integer, nullable=False),
        sa.Column("rejected", sa.Integer, nullable=False),
        sa.Column("stale", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("dataset", "number", "layer", name="pk_document"),
    )
    op.create_index(
        "ix_document_dataset_layer_done_number", "document", ["dataset", "layer", "done", "number"]
    )
    op.create_table(
        "event",
        sa.Column("dataset", sa.String(16), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("layer", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("command", sa.Text, nullable=False),
        sa.Column("op", sa.String(32), nullable=False),
        sa.Column("args", sa.Text, nullable=False),
        sa.Column("inverse", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("dataset", "number", "layer", "revision", name="pk_event"),
        sa.UniqueConstraint(
            "dataset", "number", "layer", "command", name="uq_event_dataset_number_layer_command"
        ),
        sa.ForeignKeyConstraint(
            ["dataset", "number", "layer"],
            ["document.dataset", "document.number", "document.layer"],
            name="fk_event_dataset_number_layer",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_event_dataset_by_at", "event", ["dataset", "by", "at"])
    op.create_table(
        "signal",
        *_dataset("signal"),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("agreement", sa.Double, nullable=False),
        sa.Column("confidence", sa.Double, nullable=False),
        sa.Column("lost", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("dataset", "number", name="pk_signal"),
    )
    for column in ("agreement", "confidence"):
        op.create_index(
            f"ix_signal_dataset_{column}_number", "signal", ["dataset", column, "number"]
        )
    op.create_table(
        "tag",
        *_dataset("tag"),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("dataset", "kind", "value", "number", name="pk_tag"),
    )
    op.create_index("ix_tag_dataset_number", "tag", ["dataset", "number"])
