"""Bring a database to the present shape (run with a message, this module writes a new step)."""

import sys
import tempfile
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from controller.model import Row
from controller.store.engine import Store

OUTSIDE = ("bulletin_words", "bulletin_number")
"""Tables and indexes that steps make and no model has (step 0066)."""

_SCRIPTS = Path(__file__).with_name("migrations")


def upgrade(store: Store) -> None:
    """Take every step that the database has not taken yet; harmless when there is none."""
    with store.writing() as session:
        command.upgrade(_config(session.connection()), "head")


def drift(store: Store) -> list[Any]:
    """What differs between the models and a migrated database; empty when all is well."""
    with store.reading() as session:
        context = MigrationContext.configure(
            session.connection(), opts={"include_name": of_the_models}
        )
        return list(compare_metadata(context, Row.metadata))


def of_the_models(name: str | None, *_: Any) -> bool:
    """Whether the models speak of it; an index of words is the database's own affair."""
    return name is None or not name.startswith(OUTSIDE)


def is_current(store: Store) -> bool:
    """Whether no step is left to take."""
    with store.reading() as session:
        context = MigrationContext.configure(session.connection())
        wanted = ScriptDirectory(str(_SCRIPTS)).get_heads()
        return set(context.get_current_heads()) == set(wanted)


def write_step(message: str) -> None:
    """Compare the models with a fresh database and write the difference as the next step."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(f"sqlite:///{folder}/scratch.db")
        upgrade(store)
        with store.writing() as session:
            command.revision(_config(session.connection()), message, autogenerate=True)
        store.close()


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


if __name__ == "__main__":
    write_step(" ".join(sys.argv[1:]))
