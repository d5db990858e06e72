"""Step 0054: the first start of a server; stations that are only a program on the server."""

import sqlalchemy as sa
from alembic import op

from controller.model.columns import Instant

revision: str = "0054"
down_revision: str | None = "0052"


def upgrade() -> None:
    """Add a table, and a mark; the stations that there are have loudspeakers."""
    op.create_table(
        "first_start",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("code_hash", sa.String(64)),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("step", sa.String(20), nullable=False),
        sa.Column("person_id", sa.String(36), sa.ForeignKey("person.id")),
        sa.Column("province_id", sa.String(36), sa.ForeignKey("area.id")),
        sa.Column("communes", sa.JSON(), nullable=False),
        sa.Column("bulletin_id", sa.String(36), sa.ForeignKey("bulletin.id")),
        sa.Column("done_at", Instant()),
    )
    op.add_column(
        "station",
        sa.Column("virtual", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
