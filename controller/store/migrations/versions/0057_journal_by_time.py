"""Step 0057: old journal lines are found by their time."""

from alembic import op

revision: str = "0057"
down_revision: str | None = "0054"


def upgrade() -> None:
    """Add an index."""
    op.create_index("ix_journal_line_at", "journal_line", ["at"])
