"""Step 0050: when nobody heard from a station."""

import sqlalchemy as sa
from alembic import op

revision: str = "0050"
down_revision: str | None = "0055"


def upgrade() -> None:
    """Add a table."""
    op.create_table(
        "station_gap",
        sa.Column("station_id", sa.String(40), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_station_gap_station_id")
        ),
        sa.PrimaryKeyConstraint("station_id", "since", name=op.f("pk_station_gap")),
    )
