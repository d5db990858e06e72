"""Run by Alembic: migrate over the connection that controller.store.migrate hands in."""

from typing import Any, Literal

from alembic import context

from controller.model import Instant, Row


def written(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """How a step writes our own column type."""
    return "Instant()" if kind == "type" and isinstance(item, Instant) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Row.metadata,
    render_as_batch=True,  # SQLite cannot alter most things in place
    render_item=written,
)
with context.begin_transaction():
    context.run_migrations()
