"""Step 0046: the order that places gave to priority bulletins that collide."""

import sqlalchemy as sa
from alembic import op

from controller.model.columns import Instant

revision: str = "0046"
down_revision: str | None = "0045"


def upgrade() -> None:
    """Add the table; what nobody ordered is heard as it came."""
    op.create_table(
        "priority_place",
        sa.Column("area_id", sa.String(36), sa.ForeignKey("area.id"), primary_key=True),
        sa.Column("approval_id", sa.String(36), sa.ForeignKey("approval.id"), primary_key=True),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(36), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("at", Instant(), nullable=False),
    )
