"""Passkeys: keys that stay on people's own devices, by which they sign in (WebAuthn level 3)."""

import hashlib
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from webauthn import verify_registration_response

from controller import audit, entered
from controller.errors import Invalid, NotFound
from controller.model import Passkey
from controller.passkey_answer import UNREADABLE, Told, fields, spend
from controller.passkey_site import Site
from controller.permissions import Who
from scheduler.problem import Problem

MOST = 10  # of one person
NAME_LENGTH = 60  # the column's


def of(session: Session, person_id: str) -> list[Passkey]:
    """A person's passkeys, the oldest first."""
    mine = select(Passkey).where(Passkey.person_id == person_id)
    return list(session.scalars(mine.order_by(Passkey.made_at, Passkey.id)))


def has(session: Session, person_id: str) -> bool:
    """Whether a person has any."""
    mine = select(func.count()).where(Passkey.person_id == person_id)
    return bool(session.scalar(mine))


def add(
    session: Session, asking: Who, told: Told, site: Site, name: str, *, now: datetime
) -> Passkey:
    """Keep the passkey that a device has just made. Raises Invalid."""
    name = entered.line(name)
    if not 1 <= len(name) <= NAME_LENGTH:
        raise _wrong("name", f"Đặt tên cho máy này, tối đa {NAME_LENGTH} ký tự.")
    if len(of(session, asking.person_id)) >= MOST:
        raise _wrong("name", f"Mỗi người giữ tối đa {MOST} khóa. Hãy bỏ khóa không còn dùng.")
    try:
        made = verify_registration_response(
            credential=fields(told.answer),
            expected_challenge=told.challenge,
            expected_rp_id=site.rp_id,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except UNREADABLE:
        raise _wrong("name", "Máy chưa tạo được khóa. Hãy bấm “Tạo khóa” lần nữa.") from None
    key_id = hashlib.sha256(made.credential_id).hexdigest()
    if session.get(Passkey, key_id) or not spend(session, told.challenge, now):
        raise _wrong("name", "Khóa này đã có rồi.")
    row = Passkey(
        id=key_id,
        credential_id=made.credential_id,
        person_id=asking.person_id,
        name=name,
        public_key=made.credential_public_key,
        sign_count=made.sign_count,
        may_sync=made.credential_device_type == "multi_device",
        synced=made.credential_backed_up,
        made_at=now,
    )
    session.add(row)
    record(session, asking, "person.passkey_added", name, now)
    session.flush()
    return row


def remove(session: Session, asking: Who, key_id: str, *, now: datetime) -> None:
    """Let no device in by this passkey again. Raises NotFound for anybody else's."""
    row = one(session, asking, key_id)
    record(session, asking, "person.passkey_removed", row.name, now)
    session.delete(row)
    session.flush()


def one(session: Session, asking: Who, key_id: str) -> Passkey:
    """One's own passkey. Raises NotFound."""
    row = session.get(Passkey, key_id)
    if row is None or row.person_id != asking.person_id:
        raise NotFound("passkey", key_id)
    return row


def record(session: Session, asking: Who, action: str, name: str, now: datetime) -> None:
    """What became of a passkey, by the name that its owner gave it."""
    audit.record(
        session, asking, action, "person", asking.person_id, now=now, after={"passkey": name}
    )


def _wrong(field: str, message: str) -> Invalid:
    return Invalid([Problem(field, message)])
