"""Step 0036: keys of other programs, and the answers that they were given."""

import sqlalchemy as sa
from alembic import op

from controller.model import Instant

revision: str = "0036"
down_revision: str | None = "0043"


def upgrade() -> None:
    """Add two tables."""
    op.create_table(
        "api_key",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("person_id", sa.String(36), nullable=False),
        sa.Column("area_id", sa.String(36), nullable=False),
        sa.Column("permissions", sa.JSON(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("revoked_at", Instant(), nullable=True),
        sa.Column("used_at", Instant(), nullable=True),
        sa.Column("minute", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_api_key"),
        sa.UniqueConstraint("token_hash", name="uq_api_key_token_hash"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_api_key_person_id"),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name="fk_api_key_area_id"),
    )
    op.create_index("ix_api_key_person_id", "api_key", ["person_id"])
    op.create_table(
        "api_answer",
        sa.Column("key_id", sa.String(36), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("asked_hash", sa.String(64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("key_id", "name", name="pk_api_answer"),
        sa.ForeignKeyConstraint(["key_id"], ["api_key.id"], name="fk_api_answer_key_id"),
    )
    op.create_index("ix_api_answer_at", "api_answer", ["at"])
