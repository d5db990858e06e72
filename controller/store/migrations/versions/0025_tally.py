"""Step 0025: verdicts counted by airing and place, and airings found by their time."""

import sqlalchemy as sa
from alembic import op

revision: str = "0025"
down_revision: str | None = "0016"

ASKED_MS = {
    "sqlite": "CAST(ROUND((julianday(a.ends_at) - julianday(a.starts_at)) * 86400000) AS INTEGER)",
    "postgresql": "CAST(ROUND(EXTRACT(EPOCH FROM a.ends_at - a.starts_at) * 1000) AS BIGINT)",
}
LATE = {
    "sqlite": "(julianday(v.started_at) - julianday(v.planned_at)) * 86400 >= 59.9995",
    "postgresql": "v.started_at - v.planned_at >= INTERVAL '60 seconds'",
}


def upgrade() -> None:
    """Make the table and count what the ledger has so far."""
    op.create_table(
        "tally",
        sa.Column("airing_id", sa.String(length=36), nullable=False),
        sa.Column("area_id", sa.String(length=36), nullable=False),
        sa.Column("verdict", sa.String(length=12), nullable=False),
        sa.Column("cause", sa.String(length=20), nullable=False),
        sa.Column("stations", sa.Integer(), nullable=False),
        sa.Column("late", sa.Integer(), nullable=False),
        sa.Column("asked_ms", sa.BigInteger(), nullable=False),
        sa.Column("played_samples", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["airing_id"], ["airing.id"], name="fk_tally_airing_id"),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name="fk_tally_area_id"),
        sa.PrimaryKeyConstraint("airing_id", "area_id", "verdict", "cause", name="pk_tally"),
    )
    op.create_index("ix_airing_starts_at", "airing", ["starts_at"])
    op.execute(_count(op.get_bind().dialect.name))


def _count(dialect: str) -> str:
    heard = "v.verdict IN ('aired', 'partial')"
    return f"""
        INSERT INTO tally
        SELECT v.airing_id, s.area_id, v.verdict, COALESCE(v.cause, ''), COUNT(*),
          SUM(CASE WHEN {heard} AND {LATE[dialect]} THEN 1 ELSE 0 END),
          SUM({ASKED_MS[dialect]}),
          SUM(CASE WHEN {heard} THEN v.played_samples - COALESCE(v.silent_samples, 0) ELSE 0 END)
        FROM station_verdict v JOIN station s ON s.id = v.station_id
          JOIN airing a ON a.id = v.airing_id
        GROUP BY v.airing_id, s.area_id, v.verdict, COALESCE(v.cause, '')
    """  # noqa: S608 - of nothing but the words above
