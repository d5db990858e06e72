"""Step 0055: passkeys, and the challenges that were answered."""

import sqlalchemy as sa
from alembic import op

from controller.model.columns import Instant

revision: str = "0055"
down_revision: str | None = "0057"


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "passkey",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("credential_id", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", sa.String(36), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("may_sync", sa.Boolean(), nullable=False),
        sa.Column("synced", sa.Boolean(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("used_at", Instant()),
    )
    op.create_index("ix_passkey_person_id", "passkey", ["person_id"])
    op.create_table(
        "spent_challenge",
        sa.Column("challenge_hash", sa.String(64), primary_key=True),
        sa.Column("spent_at", Instant(), nullable=False),
    )
