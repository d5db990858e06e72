"""Step 0035: people are found by their name, typed with or without its marks."""

import sqlalchemy as sa
from alembic import op

from controller.model.folding import folded

revision: str = "0035"
down_revision: str | None = "0042"


def upgrade() -> None:
    """Add the folded name, filled in for everybody who is there."""
    op.add_column("person", sa.Column("folded", sa.String(120), nullable=False, server_default=""))
    person = sa.table("person", sa.column("id"), sa.column("name"), sa.column("folded"))
    for id_, name in op.get_bind().execute(sa.select(person.c.id, person.c.name)).all():
        change = person.update().where(person.c.id == id_).values(folded=folded(name))
        op.execute(change)
    op.create_index("ix_person_folded", "person", ["folded"])
