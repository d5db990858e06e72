"""Second step: what stands between the right password and the house, and who must take it."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy.orm import Session

from controller import acting, second_factor, signing_in
from controller.errors import Invalid, NotSignedIn
from controller.model import Person, Stage, WebSession
from controller.permissions import Who, who
from controller.signing_in import At, SignedIn, StageOf
from controller.store import Store
from scheduler.problem import Problem

PROVEN_FOR = timedelta(minutes=15)
"""So long a code that was shown speaks for what is done: an alarm is read, heard and decided."""

COUNTED_AS = "second factor"
"""In place of an address: codes are short, so tries from everywhere count together."""


class Policy(StrEnum):
    """Whether approvers and administrators must have a second factor, or are asked to."""

    REQUIRED = "required"
    ASKED = "asked"


def stage_under(policy: Policy, now: datetime) -> StageOf:
    """How far a password leads under the policy; the days of grace begin when first asked for."""

    def stage_of(session: Session, person: Person, asking: Who) -> Stage:
        if second_factor.has(session, person.id):
            return Stage.CODE
        if not second_factor.obliged(asking):
            return Stage.FULL
        if person.factor_due_at is None:
            person.factor_due_at = now + second_factor.GRACE
        late = policy is Policy.REQUIRED and person.factor_due_at <= now
        return Stage.ENROL if late else Stage.FULL

    return stage_of


def halfway(store: Store, token: str, *, now: datetime) -> tuple[Who, Stage]:
    """Who has given a password and still has a step to take. Raises NotSignedIn."""
    with store.reading() as session:
        row = _half(session, token, now)
        return who(session, row.person_id), Stage(row.stage)


def give_code(store: Store, token: str, typed: str, *, now: datetime) -> SignedIn:
    """Take the step: a session that leads all the way, with a token of its own.

    Raises NotSignedIn (the password is asked for again), TooManyFailures, Invalid.
    """
    asking, _ = halfway(store, token, now=now)
    login = _counted(store, asking, now)
    with store.writing() as session:
        if not second_factor.accept(session, asking.person_id, typed, now=now):
            raise _wrong()
        signing_in.forgive(session, login, COUNTED_AS)
        return all_the_way(session, token, now=now)


def all_the_way(session: Session, token: str, *, now: datetime) -> SignedIn:
    """What was halfway is in, the second factor shown just now. Raises NotSignedIn."""
    row = _half(session, token, now)
    asking = who(session, row.person_id)
    session.delete(row)
    at = At(row.address, row.device)
    fresh = signing_in.open_session(session, asking, at, Stage.FULL, now=now)
    note_proof(session, fresh, now=now)
    return SignedIn(fresh, asking, Stage.FULL)


def prove(store: Store, asking: Who, token: str, typed: str, *, now: datetime) -> None:
    """Show the second factor once more, signed in. Raises TooManyFailures, Invalid."""
    login = _counted(store, asking, now)
    with store.writing() as session:
        if not second_factor.accept(session, asking.person_id, typed, now=now):
            raise _wrong()
        signing_in.forgive(session, login, COUNTED_AS)
        note_proof(session, token, now=now)


def enter(session: Session, person_id: str, at: At, *, now: datetime) -> SignedIn:
    """Whoever has shown a passkey is in, without a password."""
    asking = acting.with_stand_ins(session, who(session, person_id), now)
    token = signing_in.open_session(session, asking, at, Stage.FULL, now=now)
    note_proof(session, token, now=now)
    return SignedIn(token, asking, Stage.FULL)


def note_proof(session: Session, token: str, *, now: datetime) -> None:
    """The second factor was shown in this session just now."""
    row = signing_in.row_of(session, token, now)
    if row is not None:
        row.proven_at = now


def must_prove(session: Session, asking: Who, token: str, *, now: datetime) -> bool:
    """Whether this person has a second factor that was not shown lately in this session."""
    if not second_factor.has(session, asking.person_id):
        return False
    row = signing_in.row_of(session, token, now)
    return row is None or row.proven_at is None or now - row.proven_at > PROVEN_FOR


def _half(session: Session, token: str, now: datetime) -> WebSession:
    row = signing_in.row_of(session, token, now)
    if row is None or row.stage == Stage.FULL:
        raise NotSignedIn
    return row


def _counted(store: Store, asking: Who, now: datetime) -> str:
    """The login, under which the try is written as a failure before it is made."""
    with store.reading() as session:
        login = session.get_one(Person, asking.person_id).login
    signing_in.counted(store, login, COUNTED_AS, now)
    return login


def _wrong() -> Invalid:
    return Invalid([Problem("proof", "Mã chưa đúng hoặc đã dùng. Chờ mã mới rồi gõ lại.")])
