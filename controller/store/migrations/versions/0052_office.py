"""Step 0052: who is away and who decides instead; what a sender declares; when a notice ends."""

import sqlalchemy as sa
from alembic import op

from controller.model.columns import Instant

revision: str = "0052"
down_revision: str | None = "0033"


def upgrade() -> None:
    """Add the tables and the columns; nothing that stands is changed."""
    _absences()
    _templates()
    op.add_column("approval", sa.Column("for_person_id", sa.String(36)))
    op.add_column("bulletin", sa.Column("expires_on", sa.Date()))
    op.add_column("bulletin", sa.Column("declared", sa.JSON()))
    op.add_column("bulletin", sa.Column("reminded_min", sa.Integer()))
    op.add_column("bulletin", sa.Column("slot_lost_at", Instant()))


def _absences() -> None:
    op.create_table(
        "absence",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("person_id", sa.String(36), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("deputy_id", sa.String(36), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("starts_at", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("made_by", sa.String(36), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant()),
        sa.Column("ended_by", sa.String(36), sa.ForeignKey("person.id")),
    )
    op.create_index("ix_absence_person_id", "absence", ["person_id"])
    op.create_index("ix_absence_deputy_id", "absence", ["deputy_id"])


def _templates() -> None:
    op.create_table(
        "notice_template",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("area_id", sa.String(36), sa.ForeignKey("area.id"), nullable=False),
        sa.Column("standard", sa.String(20), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("field", sa.Integer(), nullable=False),
        sa.Column("edited_by", sa.String(36), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("edited_at", Instant(), nullable=False),
    )
    op.create_index("ix_notice_template_area_id", "notice_template", ["area_id"])
