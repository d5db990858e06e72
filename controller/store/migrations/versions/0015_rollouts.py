"""Step 0015: rollouts of the station's agent, and how far each station has come."""

import sqlalchemy as sa
from alembic import op

from controller.model.columns import Instant

revision: str = "0015"
down_revision: str | None = "0011"


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "rollout",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("ring", sa.Integer(), nullable=False),
        sa.Column("ring_since", Instant(), nullable=True),
        sa.Column("proposed_by", sa.String(length=36), nullable=False),
        sa.Column("approved_by", sa.String(length=36), nullable=True),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("why", sa.String(length=400), nullable=False),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["person.id"], name=op.f("fk_rollout_proposed_by")
        ),
        sa.ForeignKeyConstraint(
            ["approved_by"], ["person.id"], name=op.f("fk_rollout_approved_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rollout")),
    )
    op.create_table(
        "station_agent",
        sa.Column("station_id", sa.String(length=40), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("phase", sa.String(length=20), nullable=False),
        sa.Column("detail", sa.String(length=400), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_station_agent_station_id")
        ),
        sa.PrimaryKeyConstraint("station_id", "version", name=op.f("pk_station_agent")),
    )
