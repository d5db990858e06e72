"""Step 0049: a year of verdicts is read from any moment on, page by page."""

from alembic import op

revision: str = "0049"
down_revision: str | None = "0047"


def upgrade() -> None:
    """Add an index."""
    op.create_index(
        "ix_station_verdict_planned",
        "station_verdict",
        ["planned_at", "airing_id", "station_id"],
    )
