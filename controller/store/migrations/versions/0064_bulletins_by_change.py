"""Step 0064: the newest bulletins of a province are found without sorting all of them."""

from alembic import op

revision: str = "0064"
down_revision: str | None = "0061"


def upgrade() -> None:
    """Add the index."""
    op.create_index("ix_bulletin_updated_at", "bulletin", ["updated_at"])
