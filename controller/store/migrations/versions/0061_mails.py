"""Step 0061: reports that people get by e-mail."""

import sqlalchemy as sa
from alembic import op

from controller.model.columns import Instant

revision: str = "0061"
down_revision: str | None = "0062"


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "report_mail",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("person_id", sa.String(36), nullable=False),
        sa.Column("area_id", sa.String(36), nullable=False),
        sa.Column("every", sa.String(8), nullable=False),
        sa.Column("address", sa.String(254), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("told_until", Instant(), nullable=False),
        sa.Column("stopped_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_report_mail"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_report_mail_person_id"),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name="fk_report_mail_area_id"),
    )
    op.create_index("ix_report_mail_person_id", "report_mail", ["person_id"])
    op.create_table(
        "mail",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("key", sa.String(120), nullable=False),
        sa.Column("report_mail_id", sa.String(36), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("due_at", Instant(), nullable=True),
        sa.Column("give_up_at", Instant(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("tried_at", Instant(), nullable=True),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("done_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_mail"),
        sa.UniqueConstraint("key", name="uq_mail_key"),
        sa.ForeignKeyConstraint(
            ["report_mail_id"], ["report_mail.id"], name="fk_mail_report_mail_id"
        ),
    )
    op.create_index("ix_mail_due_at", "mail", ["due_at"])
    op.create_index("ix_mail_of_report", "mail", ["report_mail_id", "id"])
