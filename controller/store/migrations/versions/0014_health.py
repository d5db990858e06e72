"""Step 0014: how stations are, now and over two days; self-tests and diagnoses. After 0013."""

import sqlalchemy as sa
from alembic import op

from controller.model.columns import Instant

revision: str = "0014"
down_revision: str | None = "0013"


def upgrade() -> None:
    """Make the three tables, and room for the newest beat."""
    op.add_column("station_state", sa.Column("telemetry", sa.JSON(), nullable=True))
    op.add_column("station_state", sa.Column("troubles", sa.JSON(), nullable=True))
    op.add_column("station_state", sa.Column("sampled_at", Instant(), nullable=True))
    op.create_table(
        "station_sample",
        sa.Column("station_id", sa.String(length=40), nullable=False),
        sa.Column("slot", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_station_sample_station_id")
        ),
        sa.PrimaryKeyConstraint("station_id", "slot", name=op.f("pk_station_sample")),
    )
    op.create_table(
        "self_test",
        *_asked(),
        sa.Column("told_at", Instant(), nullable=True),
        sa.Column("result", sa.JSON(), nullable=True),
        *_of("self_test"),
    )
    op.create_table(
        "diagnosis",
        *_asked(),
        sa.Column("arrived_at", Instant(), nullable=True),
        sa.Column("problem", sa.String(length=400), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        *_of("diagnosis"),
    )
    for table in ("self_test", "diagnosis"):
        op.create_index(op.f(f"ix_{table}_station_id"), table, ["station_id"])


def _asked() -> list[sa.Column[object]]:
    return [
        sa.Column("order_id", sa.String(length=36), nullable=False),
        sa.Column("station_id", sa.String(length=40), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
    ]


def _of(table: str) -> list[sa.Constraint]:
    return [
        sa.ForeignKeyConstraint(["order_id"], ["order.id"], name=op.f(f"fk_{table}_order_id")),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f(f"fk_{table}_station_id")
        ),
        sa.PrimaryKeyConstraint("order_id", name=op.f(f"pk_{table}")),
    ]
