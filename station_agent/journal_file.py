"""The journal's file: opened with its tables, checked, put aside when it is damaged."""

import sqlite3
from pathlib import Path

BUSY_S = 10  # an old agent that is still ending lets go sooner

TABLES = """
create table if not exists fact (name text primary key, value blob not null) without rowid;
create table if not exists line (n integer primary key, body blob not null);
create table if not exists airing (name text primary key, body blob not null) without rowid;
create table if not exists seen (name text primary key, body blob not null) without rowid;
create table if not exists barred (name text primary key, body blob not null) without rowid;
create table if not exists decision (name text primary key, body blob not null) without rowid;
create table if not exists answer (n integer primary key autoincrement, body blob not null);
create table if not exists stray (
    journal text, n integer, body blob not null, primary key (journal, n)
) without rowid;
"""
"""`stray` are lines of other journals that are still to be reported: of loose leaves, of a
damaged file. The other tables are those of `station_agent.state.Memory` and the journal's own."""

DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_IOERR_READ})
"""What no later try mends. A full disk or a lock passes, and what is remembered must outlast it."""


def open_file(path: Path) -> sqlite3.Connection:
    """A connection whose commits survive a power cut: WAL, synchronous=FULL (decision 0014).

    Raises sqlite3.Error; `is_damage` tells what kind.
    """
    db = sqlite3.connect(path, isolation_level=None, timeout=BUSY_S)
    try:
        db.execute("pragma journal_mode = wal")
        db.execute("pragma synchronous = full")
        db.executescript(TABLES)
        _check(db)
    except sqlite3.Error:
        db.close()
        raise
    return db


def is_damage(error: sqlite3.Error) -> bool:
    """Whether the file itself is broken, so that waiting does not help."""
    return getattr(error, "sqlite_errorcode", None) in DAMAGE


def put_aside(path: Path) -> None:
    """Keep what is left of a damaged file for a technician. Raises OSError."""
    path.replace(path.with_suffix(".damaged"))
    for tail in ("-wal", "-shm"):
        path.with_name(path.name + tail).unlink(missing_ok=True)


def _check(db: sqlite3.Connection) -> None:
    (found,) = db.execute("pragma quick_check(1)").fetchone()
    if found != "ok":
        damaged = sqlite3.DatabaseError(found)
        damaged.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise damaged
