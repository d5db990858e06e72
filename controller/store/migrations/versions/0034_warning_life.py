"""Step 0034: how long each emergency warns, and emergencies found quickly."""

import sqlalchemy as sa
from alembic import op

revision: str = "0034"
down_revision: str | None = "0031"


def upgrade() -> None:
    """Add the column; those of before warned for an hour, as all did."""
    op.add_column(
        "bulletin", sa.Column("valid_h", sa.Integer(), nullable=False, server_default="1")
    )
    op.create_index("ix_order_kind_expires_at", "order", ["kind", "expires_at"])
