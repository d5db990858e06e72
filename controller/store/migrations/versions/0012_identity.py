"""Step 0012: claim codes and certificates of stations. It came after step 0021."""

import sqlalchemy as sa
from alembic import op

from controller.model.columns import Instant

revision: str = "0012"
down_revision: str | None = "0021"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "station_claim",
        sa.Column("station_id", sa.String(length=40), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_station_claim_station_id")
        ),
        sa.PrimaryKeyConstraint("station_id", name=op.f("pk_station_claim")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_station_claim_code_hash")),
    )
    op.create_table(
        "claim_failure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=60), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_failure")),
    )
    op.create_index(op.f("ix_claim_failure_address"), "claim_failure", ["address"])
    op.create_table(
        "station_certificate",
        sa.Column("serial", sa.String(length=40), nullable=False),
        sa.Column("station_id", sa.String(length=40), nullable=False),
        sa.Column("issued_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("revoked_at", Instant(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_station_certificate_station_id")
        ),
        sa.PrimaryKeyConstraint("serial", name=op.f("pk_station_certificate")),
    )
    op.create_index(
        op.f("ix_station_certificate_station_id"), "station_certificate", ["station_id"]
    )
