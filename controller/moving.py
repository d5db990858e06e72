"""Moving: one airing is put at another time, this once, and back.

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
    airing = _locked(session, asking, airing_id, now)
    seen = foresee(session, airing, becomes, now, span(session, asking, airing, now))
    made = AiringMove(
        id=new_id(now),
        airing_id=airing.id,
        approval_id=airing.approval_id,
        was=seen.was,
        becomes=becomes,
        person_id=asking.person_id,
        at=now,
    )
    session.add(made)
    _shift(session, asking, airing, seen, action="airing.move", signer=signer, now=now)
    return made


def undo(session: Session, asking: Who, airing_id: str, *, signer: Signer, now: datetime) -> Airing:
    """Take the last move of this airing back. Raises as `foresee` does."""
    airing = _locked(session, asking, airing_id, now)
    held = last(session, airing_id)
    if held is None:
        raise WrongState("Lượt phát này không có lần chuyển giờ nào để hoàn tác.")
    before = [each for each in _history(session, airing_id) if each.was == held.was][1:]
    back = before[0].becomes if before else held.was
    seen = foresee(session, airing, back, now, span(session, asking, airing, now))
    held.undone_at = now
    _shift(session, asking, airing, seen, action="airing.move_back", signer=signer, now=now)
    return airing


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
