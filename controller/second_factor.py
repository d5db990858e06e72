"""Second factor: a telephone that shows codes or a passkey, and recovery codes for a lost one."""

import base64
import hashlib
import re
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from controller import audit, passkeys, signing_in, totp
from controller.errors import Invalid, NotFound
from controller.model import Passkey, Person, RecoveryCode, Role, SecondFactor
from controller.permissions import Who
from controller.reach import managed
from scheduler.problem import Problem

GRACE = timedelta(days=14)
"""From the first sign-in that asks for it: a telephone must be at hand, and somebody to help."""

CODES = 10
CODE_BYTES = 10  # 80 bits: nobody guesses it, so that a plain sha256 keeps it
OBLIGED = frozenset({Role.APPROVER, Role.ADMINISTRATOR})
"""Who lets things sound, and who gives roles."""


def obliged(asking: Who) -> bool:
    """Whether some role of theirs, or somebody's for whom they decide, needs the second factor."""
    return bool(asking.stands_in) or any(role in OBLIGED for role, _ in asking.grants)


def has(session: Session, person_id: str) -> bool:
    """Whether there is a telephone or a passkey."""
    return has_telephone(session, person_id) or passkeys.has(session, person_id)


def has_telephone(session: Session, person_id: str) -> bool:
    """Whether a telephone was set up to its end."""
    row = session.get(SecondFactor, person_id)
    return row is not None and row.secret is not None


def due(session: Session, asking: Who) -> datetime | None:
    """By when a second factor is asked for; None when there is one, or nobody asked."""
    if not obliged(asking) or has(session, asking.person_id):
        return None
    return session.get_one(Person, asking.person_id).factor_due_at


def codes_left(session: Session, person_id: str) -> int:
    """How many recovery codes were not used."""
    mine = RecoveryCode.person_id == person_id
    return session.scalar(select(func.count()).where(mine)) or 0


def begin(session: Session, person_id: str) -> str:
    """The secret to show to a telephone; that of an earlier telephone holds until it is confirmed.

    The same secret as long as it is not: a page that is loaded again still shows what was scanned.
    """
    row = session.get(SecondFactor, person_id)
    if row is None:
        row = SecondFactor(person_id=person_id, last_step=0)
        session.add(row)
    row.fresh = row.fresh or totp.new_secret()
    session.flush()
    return row.fresh


def confirm(session: Session, asking: Who, typed: str, *, now: datetime) -> list[str]:
    """The telephone shows the right code: it is the second factor from now on.

    The recovery codes, told this once. Raises Invalid for another code, and when nothing began.
    """
    row = session.get(SecondFactor, asking.person_id, with_for_update=True)
    if row is None or row.fresh is None:
        raise _wrong()
    step = totp.matching_step(row.fresh, _bare(typed), now, after=0)
    if step is None:
        raise _wrong()
    row.secret, row.fresh, row.last_step = row.fresh, None, step
    audit.record(session, asking, "person.second_factor", "person", asking.person_id, now=now)
    return _new_codes(session, asking.person_id)


def first_codes(session: Session, person_id: str) -> list[str]:
    """Recovery codes for whoever has none: a device that holds a passkey may be lost as well."""
    return [] if codes_left(session, person_id) else _new_codes(session, person_id)


def renew_codes(session: Session, asking: Who, *, now: datetime) -> list[str]:
    """Other recovery codes in place of those left. Raises NotFound without a second factor."""
    if not has(session, asking.person_id):
        raise NotFound("second factor", asking.person_id)
    audit.record(session, asking, "person.new_codes", "person", asking.person_id, now=now)
    return _new_codes(session, asking.person_id)


def accept(session: Session, person_id: str, typed: str, *, now: datetime) -> bool:
    """Whether this is a code of the telephone, or a recovery code; each is good once."""
    row = session.get(SecondFactor, person_id, with_for_update=True, populate_existing=True)
    bare = _bare(typed)
    if row is not None and row.secret is not None:
        step = totp.matching_step(row.secret, bare, now, after=row.last_step)
        if step is not None:
            row.last_step = step
            return True
    recovery = session.get(RecoveryCode, _digest(bare), with_for_update=True)
    if recovery is None or recovery.person_id != person_id:
        return False
    session.delete(recovery)
    return True


def drop(session: Session, asking: Who, person_id: str, *, now: datetime) -> None:
    """For whoever lost telephone and codes: sign-in is by password, until it is set up again.

    Raises NotFound unless the administrator looks after this person.
    """
    person = managed(session, asking, person_id, now=now)
    if person.id == asking.person_id:
        raise NotFound("person", person_id)  # nobody opens their own second lock with the first
    _forget(session, person)
    signing_in.sign_out_everywhere(session, person_id)
    audit.record(session, asking, "person.no_second_factor", "person", person_id, now=now)


def _forget(session: Session, person: Person) -> None:
    person.factor_due_at = None
    for kind in (Passkey, RecoveryCode, SecondFactor):
        session.execute(delete(kind).where(kind.person_id == person.id))


def _new_codes(session: Session, person_id: str) -> list[str]:
    session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))
    codes = [base64.b32encode(secrets.token_bytes(CODE_BYTES)).decode() for _ in range(CODES)]
    for code in codes:
        session.add(RecoveryCode(code_hash=_digest(code), person_id=person_id))
    session.flush()
    return ["-".join(re.findall("....", code)) for code in codes]


def _bare(typed: str) -> str:
    """As codes are kept: people type gaps and dashes, and small letters."""
    return re.sub(r"[\s-]", "", typed).upper()


def _digest(bare: str) -> str:
    return hashlib.sha256(bare.encode()).hexdigest()


def _wrong() -> Invalid:
    return Invalid([Problem("code", "Mã chưa đúng. Xem lại sáu số đang hiện trên điện thoại.")])
