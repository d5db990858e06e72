"""Step 0066: what was said is found by its words without reading all of it.

SQLite keeps an index of words (FTS5) that triggers follow, whoever writes; its rows are numbered
by a table of their own, because VACUUM may number those of `bulletin` anew. PostgreSQL has such
an index of its own. Both are outside the models: `controller.search` alone asks them.
"""

from alembic import op

revision: str = "0066"
down_revision: str | None = "0064"

_NUMBERS = "CREATE TABLE bulletin_number (n INTEGER PRIMARY KEY, id VARCHAR(36) NOT NULL UNIQUE)"
_WORDS = """
CREATE VIRTUAL TABLE bulletin_words
USING fts5(folded, content='', detail='none', columnsize=0, prefix='2 3')
"""
_NUMBERED = "INSERT INTO bulletin_number(id) SELECT id FROM bulletin"
_FILLED = """
INSERT INTO bulletin_words(rowid, folded)
SELECT n, folded FROM bulletin JOIN bulletin_number USING (id)
"""
_NEW = """
CREATE TRIGGER bulletin_is_new AFTER INSERT ON bulletin BEGIN
    INSERT INTO bulletin_number(id) VALUES (new.id);
    INSERT INTO bulletin_words(rowid, folded)
    SELECT n, new.folded FROM bulletin_number WHERE id = new.id;
END
"""
_CHANGED = """
CREATE TRIGGER bulletin_is_changed AFTER UPDATE OF folded ON bulletin
WHEN old.folded <> new.folded BEGIN
    INSERT INTO bulletin_words(bulletin_words, rowid, folded)
    SELECT 'delete', n, old.folded FROM bulletin_number WHERE id = old.id;
    INSERT INTO bulletin_words(rowid, folded)
    SELECT n, new.folded FROM bulletin_number WHERE id = new.id;
END
"""
_GONE = """
CREATE TRIGGER bulletin_is_gone AFTER DELETE ON bulletin BEGIN
    INSERT INTO bulletin_words(bulletin_words, rowid, folded)
    SELECT 'delete', n, old.folded FROM bulletin_number WHERE id = old.id;
    DELETE FROM bulletin_number WHERE id = old.id;
END
"""
_SQLITE = (_NUMBERS, _WORDS, _NUMBERED, _FILLED, _NEW, _CHANGED, _GONE)
_POSTGRESQL = ("CREATE INDEX bulletin_words ON bulletin USING gin (to_tsvector('simple', folded))",)


def upgrade() -> None:
    """Build the index."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    for step in _SQLITE if sqlite else _POSTGRESQL:
        op.execute(step)
