"""Signing in and out: the throttle, the session of a browser, the one-time reset link.

What hashes a password takes the Store, not a session: a transaction must not wait for a hash.
"""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session

from controller import acting, audit, entered, passwords
from controller.errors import Invalid, NotFound, NotSignedIn, TooManyFailures
from controller.model import LoginFailure, Person, ResetLink, Stage, WebSession
from controller.permissions import Who, who
from controller.store import Store

FAILURES, WITHIN = 10, timedelta(minutes=15)
"""So many wrong passwords for one account from one address, then nothing is tried for a while."""

IDLE = timedelta(minutes=30)  # a phone left on a table
LONGEST = timedelta(hours=12)  # a working day
SEEN_EVERY = timedelta(minutes=1)  # a row is not rewritten at every click
RESET_LIVES = timedelta(hours=24)  # an administrator hands it over on the same day
INVITATION_LIVES = timedelta(days=7)  # the newcomer may be away, or far up the valley


StageOf = Callable[[Session, Person, Who], Stage]


class SignedIn(Struct, frozen=True):
    """`token` goes into the browser's cookie and is nowhere kept."""

    token: str
    who: Who
    stage: Stage


class At(Struct, frozen=True):
    """Where somebody knocks from: a network address, and a device as its owner knows it."""

    address: str
    device: str = ""


def sign_in(
    store: Store, login: str, password: str, at: At, stage_of: StageOf, *, now: datetime
) -> SignedIn:
    """Raises TooManyFailures before any hashing, NotSignedIn for a wrong name or password.

    `stage_of` tells how far the password alone leads this person.
    """
    login = entered.line(login).casefold()
    person_id, stored = counted(store, login, at.address, now)
    if not passwords.matches(password, stored):
        raise NotSignedIn
    with store.writing() as session:
        person = session.get_one(Person, person_id, with_for_update=True)
        if not person.active or person.password_hash != stored:
            raise NotSignedIn  # changed while we hashed: whoever knew the old one stays out
        asking = acting.with_stand_ins(session, who(session, person_id), now)
        forgive(session, login, at.address)
        stage = stage_of(session, person, asking)
        token = open_session(session, asking, at, stage, now=now)
    return SignedIn(token, asking, stage)


def signed_in(store: Store, token: str, *, now: datetime) -> Who | None:
    """Who holds this cookie, if the session still lives; asked at each request."""
    with store.reading() as session:
        row = row_of(session, token, now)
        if row is None or row.stage != Stage.FULL:
            return None
        try:
            asking = acting.with_stand_ins(session, who(session, row.person_id), now)
        except NotFound:
            return None
    if now - row.seen_at > SEEN_EVERY:
        with store.writing() as session:
            mine = WebSession.token_hash == row.token_hash
            session.execute(update(WebSession).where(mine).values(seen_at=now))
    return asking


def row_of(session: Session, token: str, now: datetime) -> WebSession | None:
    """The session of this cookie, whatever its stage, unless it has run out."""
    row = session.get(WebSession, digest(token))
    if row is None or now - row.seen_at > IDLE or now - row.created_at > LONGEST:
        return None
    return row


def alive(now: datetime) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """What holds of the rows of sessions that have not run out."""
    return WebSession.seen_at >= now - IDLE, WebSession.created_at >= now - LONGEST


def sign_out(session: Session, token: str) -> None:
    """End one browser's session."""
    session.execute(delete(WebSession).where(WebSession.token_hash == digest(token)))


def end(session: Session, asking: Who, token_hash: str) -> None:
    """End another of one's own sessions; one that is gone already is none."""
    mine = WebSession.person_id == asking.person_id
    session.execute(delete(WebSession).where(mine, WebSession.token_hash == token_hash))


def sign_out_everywhere(session: Session, person_id: str) -> None:
    """End all sessions of a person."""
    session.execute(delete(WebSession).where(WebSession.person_id == person_id))


def link_for(session: Session, asking: Who, person: Person, *, now: datetime) -> str:
    """The token of a one-time link; earlier ones die. The caller has checked the permission.

    For whoever has no password yet it is an invitation, and lives as long as one.
    """
    session.execute(delete(ResetLink).where(ResetLink.person_id == person.id))
    lives = INVITATION_LIVES if person.password_hash is None else RESET_LIVES
    token = secrets.token_urlsafe(32)
    session.add(
        ResetLink(
            token_hash=digest(token),
            person_id=person.id,
            made_by=asking.person_id,
            expires_at=now + lives,
        )
    )
    return token


def holder_of_link(store: Store, token: str, *, now: datetime) -> Person:
    """Whose link it is. Raises NotFound for one that was used, is old, or never was."""
    with store.reading() as session:
        return _link(session, token, now)[1]


def set_password(store: Store, token: str, password: str, *, now: datetime) -> None:
    """Use a link: a new password, all sessions ended. Raises NotFound (used, old), Invalid."""
    with store.reading() as session:
        login = _link(session, token, now)[1].login
    found = passwords.problems(password, login)
    if found:
        raise Invalid(found)
    fresh = passwords.hashed(password)
    with store.writing() as session:
        link, person = _link(session, token, now)
        link.used_at = now
        person.password_hash = fresh
        sign_out_everywhere(session, person.id)
        asking = who(session, person.id)
        audit.record(session, asking, "person.set_password", "person", person.id, now=now)


def counted(store: Store, login: str, address: str, now: datetime) -> tuple[str, str | None]:
    """The person's id and hash. The try is written as a failure before it is made.

    So tries made at the same moment cannot all slip under the limit. Raises TooManyFailures.
    """
    with store.writing() as session:
        person = session.scalars(
            select(Person).where(Person.login == login, Person.active).with_for_update()
        ).one_or_none()
        recent = (*_same(login, address), LoginFailure.at > now - WITHIN)
        count, oldest = session.execute(
            select(func.count(), func.min(LoginFailure.at)).where(*recent)
        ).one()
        if count >= FAILURES:
            raise TooManyFailures(oldest + WITHIN)
        session.execute(delete(LoginFailure).where(LoginFailure.at <= now - WITHIN))
        session.add(LoginFailure(login=login[:60], address=address, at=now))
        return ("", None) if person is None else (person.id, person.password_hash)


def forgive(session: Session, login: str, address: str) -> None:
    """The try was right: what was counted is forgotten."""
    session.execute(delete(LoginFailure).where(*_same(login, address)))


def open_session(session: Session, asking: Who, at: At, stage: Stage, *, now: datetime) -> str:
    """The token of a new session; one that leads all the way in stands in the audit."""
    session.execute(delete(WebSession).where(WebSession.seen_at < now - IDLE))  # dead ones
    token = secrets.token_urlsafe(32)
    row = WebSession(
        token_hash=digest(token),
        person_id=asking.person_id,
        created_at=now,
        seen_at=now,
        address=at.address,
        device=at.device,
        stage=stage,
    )
    session.add(row)
    if stage is Stage.FULL:
        facts = {"address": at.address}
        audit.record(
            session, asking, "person.sign_in", "person", asking.person_id, now=now, after=facts
        )
    return token


def _same(login: str, address: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return LoginFailure.login == login[:60], LoginFailure.address == address


def _link(session: Session, token: str, now: datetime) -> tuple[ResetLink, Person]:
    link = session.get(ResetLink, digest(token), with_for_update=True)
    if link is None or link.used_at is not None or link.expires_at <= now:
        raise NotFound("link", "…")
    person = session.get_one(Person, link.person_id)
    if not person.active:
        raise NotFound("link", "…")
    return link, person


def digest(token: str) -> str:
    """By which a session or link is kept, and known to its owner's pages."""
    return hashlib.sha256(token.encode()).hexdigest()
