"""Step 0043: which areas choose among the normal bulletins from above, and what they chose."""

import sqlalchemy as sa
from alembic import op

from controller.model.columns import Instant

revision: str = "0043"
down_revision: str | None = "0035"


def upgrade() -> None:
    """Add both; where programmes come in by themselves today, they go on to."""
    op.add_column(
        "area", sa.Column("inbox", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.create_table(
        "inbox_choice",
        sa.Column("approval_id", sa.String(36), sa.ForeignKey("approval.id"), primary_key=True),
        sa.Column("area_id", sa.String(36), sa.ForeignKey("area.id"), primary_key=True),
        sa.Column("copy_id", sa.String(36), sa.ForeignKey("bulletin.id"), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("person_id", sa.String(36), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("at", Instant(), nullable=False),
    )
    op.create_index("ix_inbox_choice_area_id", "inbox_choice", ["area_id"])
