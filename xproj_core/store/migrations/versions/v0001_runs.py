"""Runs and what they made of each item"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "runs1"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "run",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("dataset", sa.String(16), nullable=False),
        sa.Column("configuration", sa.Text, nullable=False),
        sa.Column("signature", sa.Text, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("done", sa.Integer, nullable=False),
        sa.Column("total", sa.Integer, nullable=False),
        sa.Column("seconds", sa.Text, nullable=False),
        sa.Column("problem", sa.Text, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("beat", sa.String(32), nullable=False),
        sa.Column("stop", sa.Boolean, nullable=False),
        sa.Column("created", sa.String(32), nullable=False),
        sa.Column("ended", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_run"),
        sa.ForeignKeyConstraint(
            ["dataset"], ["dataset.id"], name="fk_run_dataset", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_run_dataset", "run", ["dataset"])
    op.create_table(
        "record",
        sa.Column("run", sa.String(16), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("system", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("run", "number", "system", name="pk_record"),
        sa.ForeignKeyConstraint(["run"], ["run.id"], name="fk_record_run", ondelete="CASCADE"),
    )
