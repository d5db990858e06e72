"""Step 0022: how a station sounded before the last change, for whoever tunes it on the spot."""

import sqlalchemy as sa
from alembic import op

revision: str = "0022"
down_revision: str | None = "0019"


def upgrade() -> None:
    """Add the column; of stations so far it is not known."""
    op.add_column("station_sound", sa.Column("previous", sa.JSON(), nullable=True))
