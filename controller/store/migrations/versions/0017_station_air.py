"""Step 0017: how stations are to sound, what they decided and why. It came after step 0012."""

import sqlalchemy as sa
from alembic import op

from controller.model.columns import Instant

revision: str = "0017"
down_revision: str | None = "0012"


def upgrade() -> None:
    """Make both tables, and room for the present stance."""
    op.create_table(
        "station_sound",
        sa.Column("station_id", sa.String(length=40), nullable=False),
        sa.Column("sound", sa.JSON(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_station_sound_station_id")
        ),
        sa.PrimaryKeyConstraint("station_id", name=op.f("pk_station_sound")),
    )
    op.create_table(
        "station_decision",
        sa.Column("station_id", sa.String(length=40), nullable=False),
        sa.Column("n", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("stance", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_station_decision_station_id")
        ),
        sa.PrimaryKeyConstraint("station_id", "n", "at", name=op.f("pk_station_decision")),
    )
    op.create_index("ix_station_decision_station_id_at", "station_decision", ["station_id", "at"])
    op.add_column("station_state", sa.Column("stance", sa.JSON(), nullable=True))
