"""Step 0008: which recordings a station says it holds."""

import sqlalchemy as sa
from alembic import op

from controller.model.columns import Instant

revision: str = "0008"
down_revision: str | None = "0007"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "station_recording",
        sa.Column("station_id", sa.String(length=40), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("held_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_station_recording_station_id")
        ),
        sa.PrimaryKeyConstraint("station_id", "sha256", name=op.f("pk_station_recording")),
    )
