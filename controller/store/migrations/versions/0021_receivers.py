"""Step 0021: whether the receivers that a station wakes can tell its code from a forged one."""

import sqlalchemy as sa
from alembic import op

revision: str = "0021"
down_revision: str | None = "0015"


def upgrade() -> None:
    """Add the column; of a station that has not said yet, nothing is known."""
    unknown = sa.Column("receivers", sa.String(length=20), nullable=False, server_default="")
    op.add_column("station_state", unknown)
