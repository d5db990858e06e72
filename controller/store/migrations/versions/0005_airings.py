"""Step 0005: airings and verdicts."""

import sqlalchemy as sa
from alembic import op

from controller.model.columns import Instant

revision: str = "0005"
down_revision: str | None = "0004"


def upgrade() -> None:
    """Make the tables."""
    _airing()
    _station_verdict()


def _airing() -> None:
    op.create_table(
        "airing",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("bulletin_id", sa.String(length=36), nullable=False),
        sa.Column("approval_id", sa.String(length=36), nullable=False),
        sa.Column("recording_sha256", sa.String(length=64), nullable=False),
        sa.Column("cls", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("starts_at", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.Column("targets", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["approval_id"], ["approval.id"], name=op.f("fk_airing_approval_id")
        ),
        sa.ForeignKeyConstraint(
            ["bulletin_id"], ["bulletin.id"], name=op.f("fk_airing_bulletin_id")
        ),
        sa.ForeignKeyConstraint(
            ["recording_sha256"], ["recording.sha256"], name=op.f("fk_airing_recording_sha256")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_airing")),
        sa.UniqueConstraint(
            "bulletin_id",
            "approval_id",
            "starts_at",
            name=op.f("uq_airing_bulletin_id_approval_id_starts_at"),
        ),
    )
    op.create_index("ix_airing_state_starts_at", "airing", ["state", "starts_at"], unique=False)


def _station_verdict() -> None:
    op.create_table(
        "station_verdict",
        sa.Column("airing_id", sa.String(length=36), nullable=False),
        sa.Column("station_id", sa.String(length=40), nullable=False),
        sa.Column("verdict", sa.String(length=12), nullable=False),
        sa.Column("cause", sa.String(length=20), nullable=True),
        sa.Column("planned_at", Instant(), nullable=False),
        sa.Column("started_at", Instant(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("played_samples", sa.BigInteger(), nullable=False),
        sa.Column("total_samples", sa.BigInteger(), nullable=False),
        sa.Column("underruns", sa.Integer(), nullable=False),
        sa.Column("evidence", sa.String(length=2), nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["airing_id"], ["airing.id"], name=op.f("fk_station_verdict_airing_id")
        ),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_station_verdict_station_id")
        ),
        sa.PrimaryKeyConstraint("airing_id", "station_id", name=op.f("pk_station_verdict")),
    )
    op.create_index(
        op.f("ix_station_verdict_station_id"), "station_verdict", ["station_id"], unique=False
    )
    op.create_index(
        op.f("ix_station_verdict_verdict"), "station_verdict", ["verdict"], unique=False
    )
