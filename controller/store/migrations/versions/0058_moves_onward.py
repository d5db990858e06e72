"""Step 0058: a move may take all that follow with it."""

import sqlalchemy as sa
from alembic import op

revision: str = "0058"
down_revision: str | None = "0050"


def upgrade() -> None:
    """Add a column."""
    op.add_column(
        "airing_move", sa.Column("onward", sa.Boolean(), nullable=False, server_default=sa.false())
    )
