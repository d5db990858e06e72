"""The first notice: written, listened to, and sent to the colleague; then all works."""

from datetime import datetime

from msgspec import structs
from sqlalchemy.orm import Session

from contract.states import BulletinState
from controller import bulletins
from controller.content import draft_of, unknown_words
from controller.drafts import Draft
from controller.errors import NotFound
from controller.first_start.account import record
from controller.first_start.furnish import finish, home, mine
from controller.first_start.steps import Step
from controller.model import Bulletin, BulletinKind, Field
from controller.permissions import Who
from scheduler.calendar import ZONE
from scheduler.patterns import Once
from scheduler.rules import Rule


def write(session: Session, asking: Who, text: str, start: datetime, *, now: datetime) -> Bulletin:
    """Keep the words and have them read aloud; written again they take the old ones' place.

    Raises Invalid.
    """
    row = mine(session, asking)
    there = session.get(Bulletin, row.bulletin_id) if row.bulletin_id else None
    draft = Draft(
        area_id=home(row),
        title="",
        kind=BulletinKind.TEXT,
        targets=(home(row),),
        rule=_once(start),
        text=text,
        field=Field.GENERAL,  # what a first notice is; others are asked
    )
    if there is None or there.area_id != home(row):
        made = bulletins.compose(session, asking, draft, now=now)
    else:
        made = bulletins.edit(session, asking, there.id, there.version, draft, now=now)
    session.flush()
    row.bulletin_id, row.step = made.id, Step.LISTEN
    if made.state == BulletinState.DRAFT:
        bulletins.ask_for_voice(session, asking, made.id, made.version, now=now)
    record(session, asking, Step.NOTICE, now)
    return made


def send(session: Session, asking: Who, heard: str, start: datetime, *, now: datetime) -> Bulletin:
    """It was listened to (`heard`: the recording's sha256): ask for approval, and open the server.

    Raises Invalid, NotFound without a notice.
    """
    row = mine(session, asking)
    if row.bulletin_id is None:
        raise NotFound("bulletin", "")
    found = bulletins.get(session, asking, row.bulletin_id, now=now)
    draft = structs.replace(draft_of(found), rule=_once(start))
    found = bulletins.edit(session, asking, found.id, found.version, draft, now=now)
    if heard:
        bulletins.listened(session, asking, found.id, heard, now=now)
    session.flush()
    session.refresh(found)
    bulletins.submit(
        session, asking, found.id, found.version, acknowledged=unknown_words(found), now=now
    )
    finish(session, row, asking, now)
    return found


def _once(start: datetime) -> Rule:
    local = start.astimezone(ZONE)
    return Rule(pattern=Once(day=local.date()), times=(local.time(),))
