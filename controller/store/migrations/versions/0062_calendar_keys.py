"""Step 0062: addresses by which calendars elsewhere read the schedule of a place."""

import sqlalchemy as sa
from alembic import op

from controller.model.columns import Instant

revision: str = "0062"
down_revision: str | None = "0060"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "calendar_key",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("person_id", sa.String(36), nullable=False),
        sa.Column("area_id", sa.String(36), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("revoked_at", Instant(), nullable=True),
        sa.Column("used_at", Instant(), nullable=True),
        sa.Column("minute", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_calendar_key"),
        sa.UniqueConstraint("token_hash", name="uq_calendar_key_token_hash"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_calendar_key_person_id"),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name="fk_calendar_key_area_id"),
    )
    op.create_index("ix_calendar_key_person_id", "calendar_key", ["person_id"])
