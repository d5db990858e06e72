"""Changing sources: what may be taken over is said by who answers for it, and written down.

Whoever changes where a source comes from, or takes it back, voids every approval of it: nobody
has approved the other address. What is on the air from it then is cancelled with its plan.
"""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct, structs
from sqlalchemy.orm import Session

from contract.ids import new_id
from controller import audit, bulletins, entered
from controller.areas import local_day
from controller.errors import Invalid, WrongState
from controller.model import RelaySource, SourceKind
from controller.permissions import Permission, Who, require
from controller.ports import Checked
from controller.relays import addresses, sources
from scheduler.problem import Problem

NAME_LENGTH = 120  # the columns'


class Entered(Struct, frozen=True, kw_only=True):
    """A source as it was entered; bulletins of `area_id` and of all below it may use it."""

    area_id: str
    name: str
    owner: str
    kind: SourceKind
    address: str


def add(
    session: Session, asking: Who, given: Entered, *, private: Collection[str], now: datetime
) -> RelaySource:
    """A new source. Raises NotFound out of reach, Invalid with every problem.

    `private` are the private addresses that settings allow.
    """
    given = _good(session, asking, given, private, now)
    row = RelaySource(id=new_id(now), told="", changed_by=asking.person_id, changed_at=now)
    _write(row, given)
    session.add(row)
    session.flush()
    _record(session, asking, "relay_source.add", row, now)
    return row


def change(
    session: Session,
    asking: Who,
    source_id: str,
    given: Entered,
    *,
    private: Collection[str],
    now: datetime,
) -> RelaySource:
    """Correct a source. Raises as `add` does, and WrongState when it was withdrawn."""
    row = _mine(session, asking, source_id, now)
    given = _good(session, asking, given, private, now)
    before = entered_of(row)
    if given == before:
        return row
    _write(row, given)
    row.changed_by, row.changed_at = asking.person_id, now
    elsewhere = (row.kind, row.address, row.area_id) != (
        before.kind,
        before.address,
        before.area_id,
    )
    if elsewhere:
        row.checked_at = row.works = None
        row.told = ""
        bulletins.void_relays(session, asking, row.id, row.address, now=now)
    _record(session, asking, "relay_source.change", row, now, before=before)
    return row


def withdraw(session: Session, asking: Who, source_id: str, *, now: datetime) -> RelaySource:
    """Nobody takes it over any more. Raises NotFound, and WrongState when it was withdrawn."""
    row = _mine(session, asking, source_id, now)
    row.withdrawn_at, row.changed_by, row.changed_at = now, asking.person_id, now
    bulletins.void_relays(session, asking, row.id, row.address, now=now)
    _record(session, asking, "relay_source.withdraw", row, now)
    return row


def note(
    session: Session, asking: Who, source_id: str, address: str, found: Checked, *, now: datetime
) -> None:
    """Keep what came of trying this address; one that was changed meanwhile is passed over."""
    row = sources.get(session, asking, source_id, now=now)
    session.refresh(row, with_for_update=True)
    if row.address == address:
        row.checked_at, row.works, row.told = now, found.works, found.told[:400]
        session.flush()


def entered_of(row: RelaySource) -> Entered:
    """A source as it would be entered again."""
    return Entered(
        area_id=row.area_id,
        name=row.name,
        owner=row.owner,
        kind=SourceKind(row.kind),
        address=row.address,
    )


def _mine(session: Session, asking: Who, source_id: str, now: datetime) -> RelaySource:
    """A source in use about which this person decides, locked."""
    row = sources.get(session, asking, source_id, now=now)
    require(session, asking, Permission.MANAGE_SOURCES, {row.area_id}, local_day(now))
    session.refresh(row, with_for_update=True)
    if row.withdrawn_at is not None:
        raise WrongState("Nguồn này đã thôi dùng.")
    return row


def _good(
    session: Session, asking: Who, given: Entered, private: Collection[str], now: datetime
) -> Entered:
    require(session, asking, Permission.MANAGE_SOURCES, {given.area_id}, local_day(now))
    given = structs.replace(
        given,
        name=entered.line(given.name),
        owner=entered.line(given.owner),
        address=addresses.tidied(entered.line(given.address)),
    )
    if found := list(_problems(given, private)):
        raise Invalid(found)
    return given


def _problems(given: Entered, private: Collection[str]) -> Iterator[Problem]:
    for field, text, wanted in (
        ("name", given.name, "Nhập tên nguồn, ví dụ: VOV1."),
        ("owner", given.owner, "Nhập đài hoặc đơn vị phát chương trình này."),
    ):
        if not text:
            yield Problem(field, wanted)
        elif len(text) > NAME_LENGTH:
            yield Problem(field, f"Tối đa {NAME_LENGTH} ký tự.")
    for sentence in addresses.problems(given.address, private):
        yield Problem("address", sentence)


def _write(row: RelaySource, given: Entered) -> None:
    for name, value in structs.asdict(given).items():
        setattr(row, name, value)


def _record(
    session: Session,
    asking: Who,
    action: str,
    row: RelaySource,
    now: datetime,
    *,
    before: Entered | None = None,
) -> None:
    session.flush()
    was: dict[str, Any] | None = msgspec.to_builtins(before) if before else None
    after: dict[str, Any] = msgspec.to_builtins(entered_of(row))
    audit.record(session, asking, action, "relay_source", row.id, now=now, before=was, after=after)
