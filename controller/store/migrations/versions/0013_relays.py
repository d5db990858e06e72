"""Step 0013: sources of relays, their grants, what was heard of them. It came after step 0017."""

import sqlalchemy as sa
from alembic import op

from controller.model.columns import Instant

revision: str = "0013"
down_revision: str | None = "0017"


def upgrade() -> None:
    """Make the tables; no bulletin of before is a relay, and no verdict tells of one."""
    op.create_table(
        "relay_source",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("area_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("owner", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("address", sa.String(length=500), nullable=False),
        sa.Column("changed_by", sa.String(length=36), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.Column("checked_at", Instant(), nullable=True),
        sa.Column("works", sa.Boolean(), nullable=True),
        sa.Column("told", sa.String(length=400), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_relay_source_area_id")),
        sa.ForeignKeyConstraint(
            ["changed_by"], ["person.id"], name=op.f("fk_relay_source_changed_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relay_source")),
    )
    op.create_index(op.f("ix_relay_source_area_id"), "relay_source", ["area_id"])
    op.create_table(
        "relay_grant",
        sa.Column("approval_id", sa.String(length=36), nullable=False),
        sa.Column("starts_at", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.Column("envelope", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["approval_id"], ["approval.id"], name=op.f("fk_relay_grant_approval_id")
        ),
        sa.PrimaryKeyConstraint("approval_id", "starts_at", name=op.f("pk_relay_grant")),
    )
    source = sa.Column("relay_source", sa.String(length=36), nullable=False, server_default="")
    op.add_column("bulletin", source)
    address = sa.Column("relay_address", sa.String(length=500), nullable=False, server_default="")
    op.add_column("bulletin", address)
    op.add_column(
        "bulletin", sa.Column("relay_s", sa.Integer(), nullable=False, server_default="0")
    )
    op.create_index(op.f("ix_bulletin_relay_source"), "bulletin", ["relay_source"])
    for name in ("relayed_samples", "fallback_samples", "silent_samples"):
        op.add_column("station_verdict", sa.Column(name, sa.BigInteger(), nullable=True))
