"""Step 0033: single starts that people put at another time."""

import sqlalchemy as sa
from alembic import op

from controller.model.columns import Instant

revision: str = "0033"
down_revision: str | None = "0049"


def upgrade() -> None:
    """Add the table; nothing was moved so far."""
    op.create_table(
        "airing_move",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("airing_id", sa.String(36), sa.ForeignKey("airing.id"), nullable=False),
        sa.Column("approval_id", sa.String(36), sa.ForeignKey("approval.id"), nullable=False),
        sa.Column("was", Instant(), nullable=False),
        sa.Column("becomes", Instant(), nullable=False),
        sa.Column("person_id", sa.String(36), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("undone_at", Instant()),
    )
    op.create_index("ix_airing_move_airing_id", "airing_move", ["airing_id"])
    op.create_index("ix_airing_move_approval_id", "airing_move", ["approval_id"])
