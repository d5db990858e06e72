"""Step 0020: boxes of other makers, and what each was given. It came after step 0014."""

import sqlalchemy as sa
from alembic import op

from controller.model.columns import Instant

revision: str = "0020"
down_revision: str | None = "0014"


def upgrade() -> None:
    """Make both tables; every station of before is one of ours."""
    op.create_table(
        "foreign_box",
        sa.Column("station_id", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("secret_hash", sa.String(length=200), nullable=False),
        sa.Column("device", sa.String(length=40), nullable=False),
        sa.Column("profile", sa.JSON(), nullable=True),
        sa.Column("poll_s", sa.Integer(), nullable=False),
        sa.Column("counted_from", Instant(), nullable=True),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_foreign_box_station_id")
        ),
        sa.PrimaryKeyConstraint("station_id", name=op.f("pk_foreign_box")),
    )
    op.create_table(
        "foreign_offer",
        sa.Column("station_id", sa.String(length=40), nullable=False),
        sa.Column("airing_id", sa.String(length=36), nullable=False),
        sa.Column("given_at", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.Column("ticket_hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_foreign_offer_station_id")
        ),
        sa.ForeignKeyConstraint(
            ["airing_id"], ["airing.id"], name=op.f("fk_foreign_offer_airing_id")
        ),
        sa.PrimaryKeyConstraint("station_id", "airing_id", name=op.f("pk_foreign_offer")),
    )
    op.create_index(op.f("ix_foreign_offer_ticket_hash"), "foreign_offer", ["ticket_hash"])
