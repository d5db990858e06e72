"""Step 0006: orders, the outbox, journals."""

import sqlalchemy as sa
from alembic import op

from controller.model.columns import Instant

revision: str = "0006"
down_revision: str | None = "0005"


def upgrade() -> None:
    """Make the tables."""
    _outgoing()
    _quarantined()
    _journal_line()
    _station_journal()
    _order()
    _order_delivery()


def _outgoing() -> None:
    op.create_table(
        "outgoing",
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("topic", sa.String(length=160), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("retained", sa.Boolean(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=True),
        sa.Column("due_at", Instant(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_outgoing")),
    )
    op.create_index("ix_outgoing_due_at", "outgoing", ["due_at"], unique=False)


def _quarantined() -> None:
    op.create_table(
        "quarantined",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("topic", sa.String(length=160), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("problem", sa.String(length=400), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quarantined")),
    )


def _journal_line() -> None:
    op.create_table(
        "journal_line",
        sa.Column("station_id", sa.String(length=40), nullable=False),
        sa.Column("journal", sa.String(length=40), nullable=False),
        sa.Column("n", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("type", sa.String(length=20), nullable=False),
        sa.Column("airing_id", sa.String(length=40), nullable=True),
        sa.Column("event", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_journal_line_station_id")
        ),
        sa.PrimaryKeyConstraint("station_id", "journal", "n", name=op.f("pk_journal_line")),
    )
    op.create_index("ix_journal_line_airing_id", "journal_line", ["airing_id"], unique=False)


def _station_journal() -> None:
    op.create_table(
        "station_journal",
        sa.Column("station_id", sa.String(length=40), nullable=False),
        sa.Column("journal", sa.String(length=40), nullable=False),
        sa.Column("through", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_station_journal_station_id")
        ),
        sa.PrimaryKeyConstraint("station_id", "journal", name=op.f("pk_station_journal")),
    )


def _order() -> None:
    op.create_table(
        "order",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("airing_id", sa.String(length=36), nullable=True),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("made_by", sa.String(length=36), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("envelope", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["airing_id"], ["airing.id"], name=op.f("fk_order_airing_id")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_order_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order")),
    )


def _order_delivery() -> None:
    op.create_table(
        "order_delivery",
        sa.Column("order_id", sa.String(length=36), nullable=False),
        sa.Column("station_id", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("detail", sa.String(length=400), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"], ["order.id"], name=op.f("fk_order_delivery_order_id")
        ),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_order_delivery_station_id")
        ),
        sa.PrimaryKeyConstraint("order_id", "station_id", name=op.f("pk_order_delivery")),
    )
    op.create_index(op.f("ix_order_delivery_state"), "order_delivery", ["state"], unique=False)
    op.create_index(
        op.f("ix_order_delivery_station_id"), "order_delivery", ["station_id"], unique=False
    )
