"""Step 0040: bulletins and stations can be searched for without marks."""

import sqlalchemy as sa
from alembic import op

from controller.model.folding import searchable

revision: str = "0040"
down_revision: str | None = "0039"

_BULLETIN = sa.table(
    "bulletin", sa.column("id"), sa.column("title"), sa.column("text"), sa.column("folded")
)
_STATION = sa.table("station", sa.column("id"), sa.column("name"), sa.column("folded"))


def upgrade() -> None:
    """Add the columns, and fill them for what is there."""
    op.add_column("bulletin", sa.Column("folded", sa.Text(), nullable=False, server_default=""))
    op.add_column("station", sa.Column("folded", sa.String(170), nullable=False, server_default=""))
    bind = op.get_bind()
    for id_, title, text in bind.execute(sa.select(*_BULLETIN.c[:3])).all():
        found = searchable(title, text or "")
        bind.execute(_BULLETIN.update().where(_BULLETIN.c.id == id_).values(folded=found))
    for id_, name in bind.execute(sa.select(*_STATION.c[:2])).all():
        found = searchable(name, id_)
        bind.execute(_STATION.update().where(_STATION.c.id == id_).values(folded=found))
