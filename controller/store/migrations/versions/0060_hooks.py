"""Step 0060: hooks, what happened, and what hooks were told of it."""

import sqlalchemy as sa
from alembic import op

from controller.model.columns import Instant

revision: str = "0060"
down_revision: str | None = "0059"


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "hook",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("person_id", sa.String(36), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("area_id", sa.String(36), sa.ForeignKey("area.id"), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("url", sa.String(500), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("secret", sa.String(80), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("stopped_at", Instant()),
        sa.Column("paused_at", Instant()),
        sa.Column("failing_since", Instant()),
        sa.Column("claimed_until", Instant()),
    )
    op.create_index("ix_hook_person_id", "hook", ["person_id"])
    op.create_table(
        "hook_event",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("station_id", sa.String(40)),
        sa.Column("facts", sa.JSON(), nullable=False),
    )
    op.create_table(
        "hook_delivery",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("hook_id", sa.String(36), sa.ForeignKey("hook.id"), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("due_at", Instant()),
        sa.Column("give_up_at", Instant(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("tried_at", Instant()),
        sa.Column("took_ms", sa.Integer()),
        sa.Column("code", sa.Integer()),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("done_at", Instant()),
    )
    op.create_index("ix_hook_delivery_of_hook", "hook_delivery", ["hook_id", "id"])
    op.create_index("ix_hook_delivery_made_at", "hook_delivery", ["made_at"])
    op.create_index("ix_hook_delivery_due_at", "hook_delivery", ["due_at"])
