"""Step 0045: a second factor beside the password; sessions know their device and their stage."""

import sqlalchemy as sa
from alembic import op

from controller.model.columns import Instant

revision: str = "0045"
down_revision: str | None = "0036"


def upgrade() -> None:
    """Add the tables; sessions that are open stay open."""
    op.create_table(
        "second_factor",
        sa.Column("person_id", sa.String(36), sa.ForeignKey("person.id"), primary_key=True),
        sa.Column("secret", sa.String(32)),
        sa.Column("fresh", sa.String(32)),
        sa.Column("last_step", sa.Integer(), nullable=False),
    )
    op.create_table(
        "recovery_code",
        sa.Column("code_hash", sa.String(64), primary_key=True),
        sa.Column("person_id", sa.String(36), sa.ForeignKey("person.id"), nullable=False),
    )
    op.create_index("ix_recovery_code_person_id", "recovery_code", ["person_id"])
    op.add_column("person", sa.Column("factor_due_at", Instant()))
    stage = sa.Column("stage", sa.String(8), nullable=False, server_default="full")
    device = sa.Column("device", sa.String(40), nullable=False, server_default="")
    op.add_column("web_session", device)
    op.add_column("web_session", stage)
    op.add_column("web_session", sa.Column("proven_at", Instant()))
