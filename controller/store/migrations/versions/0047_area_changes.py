"""Step 0047: what decrees did to areas."""

import sqlalchemy as sa
from alembic import op

from controller.model.columns import Instant

revision: str = "0047"
down_revision: str | None = "0046"


def upgrade() -> None:
    """Add the table; what areas were called before is nowhere known."""
    op.create_table(
        "area_change",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("area_id", sa.String(36), sa.ForeignKey("area.id"), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("deed", sa.String(12), nullable=False),
        sa.Column("name_before", sa.String(120)),
        sa.Column("kind_before", sa.String(16)),
        sa.Column("decree", sa.String(80), nullable=False),
        sa.Column("decree_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("person_id", sa.String(36), sa.ForeignKey("person.id"), nullable=False),
    )
    op.create_index("ix_area_change_area_id_day", "area_change", ["area_id", "day"])
