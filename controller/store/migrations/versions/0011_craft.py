"""Step 0011: how a bulletin is announced, its recorded part, and the shape of its sound."""

import sqlalchemy as sa
from alembic import op

revision: str = "0011"
down_revision: str | None = "0010"


def upgrade() -> None:
    """Add columns; a bulletin of before is announced plainly, and no shape of it is known."""
    plain = sa.Column("craft", sa.JSON(), nullable=False, server_default="{}")
    op.add_column("bulletin", plain)
    nowhere = sa.Column("recorded_place", sa.String(length=8), nullable=False, server_default="")
    op.add_column("bulletin", nowhere)
    op.add_column("bulletin", sa.Column("recorded_sha256", sa.String(length=64), nullable=True))
    op.add_column("bulletin", sa.Column("recorded_name", sa.String(length=200), nullable=True))
    # 40 characters are too few for a voice of Vbee, and SQLite widens no column in place
    wide = sa.Column("wide_voice", sa.String(length=100), nullable=False, server_default="")
    op.add_column("bulletin", wide)
    op.execute("UPDATE bulletin SET wide_voice = voice")
    op.drop_column("bulletin", "voice")
    op.execute("ALTER TABLE bulletin RENAME COLUMN wide_voice TO voice")
    op.add_column("recording", sa.Column("waveform", sa.JSON(), nullable=True))
    op.add_column("recording", sa.Column("before", sa.JSON(), nullable=True))
