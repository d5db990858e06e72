"""Step 0019: what was measured while an airing sounded."""

import sqlalchemy as sa
from alembic import op

revision: str = "0019"
down_revision: str | None = "0020"


def upgrade() -> None:
    """Add the column; of verdicts so far nothing was measured."""
    op.add_column("station_verdict", sa.Column("proofs", sa.JSON(), nullable=True))
