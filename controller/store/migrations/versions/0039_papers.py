"""Step 0039: documents that are kept with a bulletin."""

import sqlalchemy as sa
from alembic import op

from controller.model.columns import Instant

revision: str = "0039"
down_revision: str | None = "0034"


def upgrade() -> None:
    """Add the table; nothing was kept before."""
    op.create_table(
        "paper",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("bulletin_id", sa.String(36), sa.ForeignKey("bulletin.id"), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(4), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("added_by", sa.String(36), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("added_at", Instant(), nullable=False),
    )
    op.create_index("ix_paper_bulletin_id", "paper", ["bulletin_id"])
