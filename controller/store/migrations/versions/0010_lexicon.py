"""Step 0010: readings that people teach, and the place in a text that stopped a recording."""

import sqlalchemy as sa
from alembic import op

from controller.model.columns import Instant

revision: str = "0010"
down_revision: str | None = "0009"


def upgrade() -> None:
    """Make the table, and the column beside the sentence that it explains."""
    op.create_table(
        "lexicon_entry",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("area_id", sa.String(length=36), nullable=False),
        sa.Column("token", sa.String(length=40), nullable=False),
        sa.Column("reading", sa.String(length=200), nullable=False),
        sa.Column("next", sa.JSON(), nullable=False),
        sa.Column("previous", sa.JSON(), nullable=False),
        sa.Column("author_id", sa.String(length=36), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.Column("until", Instant(), nullable=True),
        sa.Column("ended_by", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_lexicon_entry_area_id")),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_lexicon_entry_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"], ["person.id"], name=op.f("fk_lexicon_entry_ended_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lexicon_entry")),
    )
    op.create_index("ix_lexicon_entry_area_id_token", "lexicon_entry", ["area_id", "token"])
    op.add_column("bulletin", sa.Column("voice_facts", sa.JSON(), nullable=True))
