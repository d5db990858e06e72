"""Step 0065: browsers that want to be told when something waits for approval."""

import sqlalchemy as sa
from alembic import op

from controller.model.columns import Instant

revision: str = "0065"
down_revision: str | None = "0058"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "push_subscription",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("person_id", sa.String(36), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("endpoint", sa.Text(), nullable=False),
        sa.Column("p256dh", sa.String(100), nullable=False),
        sa.Column("auth", sa.String(40), nullable=False),
        sa.Column("device", sa.String(40), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("told_at", Instant()),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_try", Instant()),
    )
    op.create_index("ix_push_subscription_person_id", "push_subscription", ["person_id"])
