"""The station's memory as rows of the journal's file: read whole, written by what has changed."""

import sqlite3
from collections.abc import Mapping
from datetime import datetime
from typing import TypeVar

import msgspec
from msgspec import Struct

from contract.stances import Decision
from station_agent.held_root import HeldRoot
from station_agent.state import Airing, Memory, Seen

T = TypeVar("T")


class Facts(Struct, frozen=True, kw_only=True):
    """What is remembered besides the plan and the maps, as one row."""

    highest: tuple[int, int] = (0, 0)
    volume: int | None = None
    through: int = 0
    lost_at: datetime | None = None


def recall(db: sqlite3.Connection) -> Memory:
    """What was remembered last. Raises sqlite3.Error, msgspec.DecodeError."""
    facts = msgspec.json.decode(fact(db, "facts") or b"{}", type=Facts)
    return Memory(
        plan=fact(db, "plan"),
        highest=facts.highest,
        volume=facts.volume,
        through=facts.through,
        lost_at=facts.lost_at,
        airings=_map(db, "airing", Airing),
        seen=_map(db, "seen", Seen),
        barred=_map(db, "barred", datetime),
        decisions=_map(db, "decision", Decision),
        root=_root(db),
    )


def remember(db: sqlite3.Connection, old: Memory, new: Memory) -> None:
    """Write what differs, in the caller's transaction."""
    if new.plan is not old.plan and new.plan is not None:
        put(db, "plan", new.plan)
    facts = _facts(new)
    if facts != _facts(old):
        put(db, "facts", msgspec.json.encode(facts))
    if new.root is not old.root and new.root is not None:
        put(db, "root", msgspec.json.encode(new.root))
    _remember_map(db, "airing", old.airings, new.airings)
    _remember_map(db, "seen", old.seen, new.seen)
    _remember_map(db, "barred", old.barred, new.barred)
    _remember_map(db, "decision", old.decisions, new.decisions)


def fact(db: sqlite3.Connection, name: str) -> bytes | None:
    """One named value."""
    row = db.execute("select value from fact where name = ?", (name,)).fetchone()
    return None if row is None else bytes(row[0])


def put(db: sqlite3.Connection, name: str, value: bytes) -> None:
    """Set one named value."""
    db.execute("insert or replace into fact values (?, ?)", (name, value))


def _remember_map(
    db: sqlite3.Connection, table: str, old: Mapping[str, object], new: Mapping[str, object]
) -> None:
    if old is new:
        return
    changed = [(k, msgspec.json.encode(v)) for k, v in new.items() if old.get(k) is not v]
    gone = [(name,) for name in old.keys() - new.keys()]
    # the table's name is one of ours, never of a message
    db.executemany(f"insert or replace into {table} values (?, ?)", changed)  # noqa: S608
    db.executemany(f"delete from {table} where name = ?", gone)  # noqa: S608


def _map(db: sqlite3.Connection, table: str, kind: type[T]) -> dict[str, T]:
    rows = db.execute(f"select name, body from {table}")  # noqa: S608 - a name of ours
    return {name: msgspec.json.decode(body, type=kind) for name, body in rows}


def _root(db: sqlite3.Connection) -> HeldRoot | None:
    body = fact(db, "root")
    return None if body is None else msgspec.json.decode(body, type=HeldRoot)


def _facts(memory: Memory) -> Facts:
    return Facts(
        highest=memory.highest,
        volume=memory.volume,
        through=memory.through,
        lost_at=memory.lost_at,
    )
