"""Step 0016: since when a station has the box that took the place of another."""

import sqlalchemy as sa
from alembic import op

from controller.model.columns import Instant

revision: str = "0016"
down_revision: str | None = "0022"


def upgrade() -> None:
    """Add the column; whoever was replaced before has long begun to play."""
    op.add_column("station", sa.Column("boxed_at", Instant(), nullable=True))
