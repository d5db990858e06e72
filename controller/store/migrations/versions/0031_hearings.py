"""Step 0031: which recordings a person has heard to their end before deciding."""

import sqlalchemy as sa
from alembic import op

from controller.model.columns import Instant

revision: str = "0031"
down_revision: str | None = "0025"


def upgrade() -> None:
    """Add the table; of what was decided before nobody knows."""
    op.create_table(
        "hearing",
        sa.Column("person_id", sa.String(36), sa.ForeignKey("person.id"), primary_key=True),
        sa.Column("recording_sha256", sa.String(64), primary_key=True),
        sa.Column("at", Instant(), nullable=False),
    )
