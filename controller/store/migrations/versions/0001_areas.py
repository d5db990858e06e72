"""Step 0001: areas, where they hang, their permitted hours."""

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | None = None


def upgrade() -> None:
    """Make the tables."""
    _area()
    _area_place()
    _area_window()


def _area() -> None:
    op.create_table(
        "area",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("folded", sa.String(length=120), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area")),
    )
    op.create_index("ix_area_code", "area", ["code"], unique=False)
    op.create_index("ix_area_folded", "area", ["folded"], unique=False)


def _area_place() -> None:
    op.create_table(
        "area_place",
        sa.Column("area_id", sa.String(length=36), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("parent_id", sa.String(length=36), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_area_place_area_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["area.id"], name=op.f("fk_area_place_parent_id")),
        sa.PrimaryKeyConstraint("area_id", "valid_from", name=op.f("pk_area_place")),
    )
    op.create_index(op.f("ix_area_place_parent_id"), "area_place", ["parent_id"], unique=False)


def _area_window() -> None:
    op.create_table(
        "area_window",
        sa.Column("area_id", sa.String(length=36), nullable=False),
        sa.Column("start", sa.String(length=5), nullable=False),
        sa.Column("end", sa.String(length=5), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_area_window_area_id")),
        sa.PrimaryKeyConstraint("area_id", "start", name=op.f("pk_area_window")),
    )
