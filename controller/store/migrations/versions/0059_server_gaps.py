"""Step 0059: when the server itself was away."""

import sqlalchemy as sa
from alembic import op

revision: str = "0059"
down_revision: str | None = "0065"


def upgrade() -> None:
    """Add a table."""
    op.create_table(
        "server_gap",
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("since", name=op.f("pk_server_gap")),
    )
