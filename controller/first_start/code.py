"""The one-time code: printed where the server was started, it lets one person furnish it."""

import hmac
import secrets
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from controller import audit
from controller.first_start.steps import Step
from controller.identity.code import digest
from controller.model import FirstStart, Person
from controller.model.first_start import ONLY

LIVES = timedelta(hours=1)
"""From the console to the browser is a minute; a start of the server prints another."""

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""No letter or digit that looks like another: people type it from a screen."""

GROUP, GROUPS = 4, 3  # 59 random bits, behind ten tries in fifteen minutes


def make(session: Session, *, now: datetime) -> str | None:
    """A new code; one made before is worth nothing. None: this server has people already."""
    if session.scalars(select(Person.id).limit(1)).first() is not None:
        return None
    code = "-".join("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS))
    found = session.get(FirstStart, ONLY, with_for_update=True)
    row = found or FirstStart(id=ONLY, step=Step.ACCOUNT, communes=[])
    row.code_hash, row.expires_at = digest(code), now + LIVES
    session.add(row)
    audit.record(session, None, "first_start.code", "server", "first_start", now=now)
    return code


def opens(row: FirstStart | None, code: str, now: datetime) -> bool:
    """Whether this is the code, still good; however it was typed."""
    if row is None or row.code_hash is None or now >= row.expires_at:
        return False
    return hmac.compare_digest(digest(_plain(code)), row.code_hash)


def _plain(typed: str) -> str:
    letters = "".join(letter for letter in typed.upper() if letter in LETTERS)
    return "-".join(letters[at : at + GROUP] for at in range(0, len(letters), GROUP))
