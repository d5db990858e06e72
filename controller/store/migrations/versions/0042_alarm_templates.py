"""Step 0042: the prepared words of emergencies that places keep for themselves."""

import sqlalchemy as sa
from alembic import op

from controller.model.columns import Instant

revision: str = "0042"
down_revision: str | None = "0040"


def upgrade() -> None:
    """Add the table; the standard words need no row."""
    op.create_table(
        "alarm_template",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("area_id", sa.String(36), sa.ForeignKey("area.id"), nullable=False),
        sa.Column("standard", sa.String(20), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("valid_h", sa.Integer(), nullable=False),
        sa.Column("edited_by", sa.String(36), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("edited_at", Instant(), nullable=False),
    )
    op.create_index("ix_alarm_template_area_id", "alarm_template", ["area_id"])
