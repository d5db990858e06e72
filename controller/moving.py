"""Moving: one airing is put at another time, this once or from now on, and back.

The approval holds: its release lets the recording start at any time of its span. Beyond the span
only who could have approved it puts it, and that signs a wider one (docs/decisions/0022).
"""

from datetime import datetime

from msgspec import structs
from sqlalchemy import select
from sqlalchemy.orm import Session

from contract import codec
from contract.ids import new_id
from contract.states import AIRING_MOVES, AiringState, move
from controller import audit, facts
from controller.approval import require_decider
from controller.approved import read_release
from controller.areas import local_day
from controller.errors import NotFound, WrongState
from controller.foreseen import Foreseen, Widening, can_move, foresee
from controller.model import Airing, AiringMove, Approval, Bulletin
from controller.permissions import Permission, Who, require
from controller.ports import Signer
from scheduler.calendar import ZONE
from scheduler.pieces import Span


def require_mover(session: Session, asking: Who, airing: Airing, now: datetime) -> None:
    """Whether the person composes wherever it sounds. Raises NotFound."""
    bulletin = session.get_one(Bulletin, airing.bulletin_id)
    places = {bulletin.area_id, *bulletin.targets}
    try:
        require(session, asking, Permission.COMPOSE, places, local_day(now))
    except NotFound as error:
        raise NotFound("airing", airing.id) from error


def span(session: Session, asking: Who, airing: Airing, now: datetime) -> Widening:
    """Beyond what was approved goes only who may approve it, and did not write it."""
    bulletin = session.get_one(Bulletin, airing.bulletin_id)
    if asking.person_id in (bulletin.author_id, bulletin.edited_by):
        return "within"
    try:
        require_decider(session, asking, bulletin, now)
    except NotFound:
        return "within"
    return "beyond"


def move_once(
    session: Session,
    asking: Who,
    airing_id: str,
    becomes: datetime,
    *,
    signer: Signer,
    now: datetime,
) -> AiringMove:
    """Put this airing at another time, and no other of its bulletin. Raises as `foresee` does."""
    return _move(session, asking, airing_id, becomes, signer=signer, now=now, onward=False)


def move_onward(
    session: Session,
    asking: Who,
    airing_id: str,
    becomes: datetime,
    *,
    signer: Signer,
    now: datetime,
) -> AiringMove:
    """Put this airing and all that follow at its hour at another hour. Raises as `foresee` does."""
    return _move(session, asking, airing_id, becomes, signer=signer, now=now, onward=True)


def _move(
    session: Session,
    asking: Who,
    airing_id: str,
    becomes: datetime,
    *,
    signer: Signer,
    now: datetime,
    onward: bool,
) -> AiringMove:
    airing = _locked(session, asking, airing_id, now)
    reach = span(session, asking, airing, now)
    seen = foresee(session, airing, becomes, now, reach, onward=onward)
    if onward:
        _shift_following(session, airing, seen.was, becomes)
    made = AiringMove(
        id=new_id(now),
        airing_id=airing.id,
        approval_id=airing.approval_id,
        was=seen.was,
        becomes=becomes,
        onward=onward,
        person_id=asking.person_id,
        at=now,
    )
    session.add(made)
    action = "airing.move_onward" if onward else "airing.move"
    _shift(session, asking, airing, seen, action=action, signer=signer, now=now)
    return made


def undo(session: Session, asking: Who, airing_id: str, *, signer: Signer, now: datetime) -> Airing:
    """Take the last move of this airing back. Raises as `foresee` does."""
    airing = _locked(session, asking, airing_id, now)
    held = last(session, airing_id)
    if held is None:
        raise WrongState("Lượt phát này không có lần chuyển giờ nào để hoàn tác.")
    if held.onward:
        return _undo_onward(session, asking, airing, held, signer=signer, now=now)
    before = [each for each in _history(session, airing_id) if each.was == held.was][1:]
    back = before[0].becomes if before else held.was
    seen = foresee(session, airing, back, now, span(session, asking, airing, now))
    held.undone_at = now
    _shift(session, asking, airing, seen, action="airing.move_back", signer=signer, now=now)
    return airing


def _undo_onward(
    session: Session,
    asking: Who,
    airing: Airing,
    held: AiringMove,
    *,
    signer: Signer,
    now: datetime,
) -> Airing:
    later = select(AiringMove.id).where(
        AiringMove.approval_id == held.approval_id,
        AiringMove.undone_at.is_(None),
        AiringMove.at > held.at,
    )
    if session.scalar(later.limit(1)):
        raise WrongState("Sau đó còn lượt khác được chuyển giờ: hoàn tác lượt ấy trước.")
    reach = span(session, asking, airing, now)
    seen = foresee(session, airing, held.was, now, reach, onward=True)
    _shift_following(session, airing, held.becomes, held.was)
    held.undone_at = now
    _shift(session, asking, airing, seen, action="airing.move_back", signer=signer, now=now)
    return airing


def _shift_following(session: Session, airing: Airing, was: datetime, becomes: datetime) -> None:
    """The rows that are there already keep their names; those moved by themselves stay."""
    alone = select(AiringMove.airing_id).where(
        AiringMove.approval_id == airing.approval_id,
        AiringMove.undone_at.is_(None),
        AiringMove.onward.is_(False),
    )
    query = select(Airing).where(
        Airing.approval_id == airing.approval_id,
        Airing.starts_at > airing.starts_at,
        Airing.state.in_((AiringState.PLANNED, AiringState.REFUSED)),
        Airing.id.not_in(alone),
    )
    at = was.astimezone(ZONE).time()
    for row in session.scalars(query):
        if row.starts_at.astimezone(ZONE).time() == at:
            row.starts_at += becomes - was
            row.ends_at += becomes - was


def last(session: Session, airing_id: str) -> AiringMove | None:
    """The move that holds for an airing."""
    return next(iter(_history(session, airing_id)), None)


def _history(session: Session, airing_id: str) -> list[AiringMove]:
    query = select(AiringMove).where(
        AiringMove.airing_id == airing_id, AiringMove.undone_at.is_(None)
    )
    return list(session.scalars(query.order_by(AiringMove.at.desc(), AiringMove.id.desc())))


def _locked(session: Session, asking: Who, airing_id: str, now: datetime) -> Airing:
    airing = session.get(Airing, airing_id, with_for_update=True)
    if airing is None:
        raise NotFound("airing", airing_id)
    require_mover(session, asking, airing, now)
    if not can_move(airing, session.get_one(Bulletin, airing.bulletin_id), now):
        raise WrongState("Lượt phát này không chuyển giờ được nữa.")
    return airing


def _shift(
    session: Session,
    asking: Who,
    airing: Airing,
    seen: Foreseen,
    *,
    action: str,
    signer: Signer,
    now: datetime,
) -> None:
    """Let the row say at once what the planner will say."""
    if seen.widened:
        _widen(session, session.get_one(Approval, airing.approval_id), seen.widened, signer, now)
    before = {"starts_at": airing.starts_at.isoformat()}
    airing.starts_at, airing.ends_at = seen.starts_at, seen.ends_at
    if airing.state == AiringState.REFUSED:
        airing.state, airing.reason = (
            move(AIRING_MOVES, AiringState.REFUSED, AiringState.PLANNED),
            "",
        )
    session.flush()
    after = {"starts_at": airing.starts_at.isoformat()}
    audit.record(session, asking, action, "airing", airing.id, now=now, before=before, after=after)


def _widen(session: Session, approval: Approval, span: Span, signer: Signer, now: datetime) -> None:
    """The same sound, there, in its class, for a longer time."""
    if approval.release is None:
        raise WrongState("Bản tin này không có bản phê duyệt đã ký.")
    old = read_release(approval.release)
    new = structs.replace(
        old, id=new_id(now), seq=facts.next_seq(session), iat=now, nbf=span[0], exp=span[1]
    )
    approval.release_id = new.id
    approval.release = codec.encode(signer.sign(new))
