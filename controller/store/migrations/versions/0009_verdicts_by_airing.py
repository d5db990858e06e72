"""Step 0009: whether a verdict of an airing is still open is asked twice a second."""

from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"


def upgrade() -> None:
    """Find open verdicts by airing; the index by verdict alone is a part of that."""
    op.create_index("ix_station_verdict_open", "station_verdict", ["verdict", "airing_id"])
    op.drop_index("ix_station_verdict_verdict", "station_verdict")
