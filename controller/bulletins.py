"""Bulletins: from the first word to asking for approval.

Every use case takes the session of a writing transaction and raises NotFound for what the person
may not see. `version` is the one the person saw; another raises EditConflict.
"""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from contract.errors import UndeclaredMove
from contract.ids import new_id
from contract.states import BULLETIN_MOVES, BulletinState, Class, move
from controller import advertising, audit, declaring, entered, sendable
from controller.areas import local_day
from controller.content import content_hash, draft_of, sound_of, text_of
from controller.declaring import OURS, Declared
from controller.drafts import Draft, open_blanks, problems, tidied
from controller.errors import EditConflict, Invalid, NotFound, WrongState
from controller.model import Approval, Bulletin, BulletinKind, Field, Holiday, Person
from controller.permissions import Permission, Who, can, require, scope
from controller.relays import slots
from scheduler.problem import Problem

MANY_AREAS = 20
STEPS = {
    BulletinState.DRAFT: "soạn thảo",
    BulletinState.VOICING: "tạo bản ghi âm",
    BulletinState.READY: "nghe thử",
    BulletinState.SUBMITTED: "chờ duyệt",
    BulletinState.RETURNED: "trả lại",
    BulletinState.APPROVED: "đã duyệt",
    BulletinState.WITHDRAWN: "đã rút",
}
"""The states as people read them."""


def get(session: Session, asking: Who, bulletin_id: str, *, now: datetime) -> Bulletin:
    """A bulletin that the person may see. Raises NotFound."""
    bulletin = session.get(Bulletin, bulletin_id)
    today = local_day(now)
    if bulletin is None or not can(
        session, asking, Permission.SEE_BULLETINS, bulletin.area_id, today
    ):
        raise NotFound("bulletin", bulletin_id)
    return bulletin


def newest(
    session: Session, asking: Who, *, now: datetime, states: Collection[BulletinState], limit: int
) -> list[Bulletin]:
    """The bulletins in these states that the person may see, last changed first."""
    visible = scope(session, asking, Permission.SEE_BULLETINS, local_day(now))
    query = (
        select(Bulletin)
        .where(lies_in(visible), *_in_state(states))
        .order_by(Bulletin.updated_at.desc(), Bulletin.id)
        .limit(limit)
    )
    return list(session.scalars(query))


def _in_state(states: Collection[BulletinState]) -> list[ColumnElement[bool]]:
    """All of them is no condition: by its index all would be sorted."""
    return [] if set(states) == set(BulletinState) else [Bulletin.state.in_(states)]


def lies_in(areas: Collection[str]) -> ColumnElement[bool]:
    """Of many areas not by their index: the newest of a province are found by their times."""
    column = Bulletin.area_id.concat("") if len(areas) > MANY_AREAS else Bulletin.area_id
    return column.in_(areas)


def compose(
    session: Session, asking: Who, draft: Draft, *, now: datetime, id_: str = ""
) -> Bulletin:
    """A new draft, under a fresh name when none is given.

    Raises Invalid with every problem, NotFound for places out of reach.
    """
    draft = _checked(session, asking, draft, now)
    bulletin = Bulletin(
        id=id_ or new_id(now),
        author_id=asking.person_id,
        edited_by=asking.person_id,
        state=BulletinState.DRAFT,
        created_at=now,
        updated_at=now,
        version=1,
        warnings=[],
        relay_address=slots.address(session, draft, now),
        **_columns(draft),
    )
    session.add(bulletin)
    session.flush()
    _record(session, asking, "bulletin.compose", bulletin, now=now)
    return bulletin


def edit(
    session: Session, asking: Who, bulletin_id: str, version: int, draft: Draft, *, now: datetime
) -> Bulletin:
    """Change a bulletin in any state but withdrawn; what was decided about it is void.

    Its recording stays when what is heard stays the same; saved without a change, all stays.
    """
    bulletin = _mine(session, asking, bulletin_id, version, now)
    draft = _checked(session, asking, draft, now)
    if draft == draft_of(bulletin) and bulletin.state != BulletinState.WITHDRAWN:
        return bulletin
    before = {name: getattr(bulletin, name) for name in _columns(draft)}
    facts = {**_columns(draft), "relay_address": slots.address(session, draft, now)}
    _change(session, asking, bulletin, facts, now)
    _record(session, asking, "bulletin.edit", bulletin, now=now, before=before)
    return bulletin


def attach_audio(
    session: Session,
    asking: Who,
    bulletin_id: str,
    version: int,
    *,
    sha256: str,
    name: str,
    now: datetime,
) -> Bulletin:
    """Make the bulletin from an uploaded file that Media keeps under `sha256`."""
    bulletin = _mine(session, asking, bulletin_id, version, now)
    facts = {
        "kind": BulletinKind.AUDIO,
        "original_sha256": sha256,
        "original_name": _file_name(name),
    }
    _change(session, asking, bulletin, facts, now)
    _record(session, asking, "bulletin.attach", bulletin, now=now)
    return bulletin


def attach_part(
    session: Session,
    asking: Who,
    bulletin_id: str,
    version: int,
    *,
    sha256: str,
    name: str,
    now: datetime,
) -> Bulletin:
    """Give a text its recorded part, a file that Media keeps; its draft says where it is heard."""
    bulletin = _mine(session, asking, bulletin_id, version, now)
    facts = {"recorded_sha256": sha256, "recorded_name": _file_name(name)}
    _change(session, asking, bulletin, facts, now)
    _record(session, asking, "bulletin.attach_part", bulletin, now=now)
    return bulletin


def ask_for_voice(
    session: Session, asking: Who, bulletin_id: str, version: int, *, now: datetime
) -> Bulletin:
    """Have the recording made (controller.voicing). Raises Invalid when a file is missing, or
    a blank of a template is still open.
    """
    bulletin = _mine(session, asking, bulletin_id, version, now)
    if bulletin.state in (BulletinState.VOICING, BulletinState.READY):
        return bulletin  # a second tap
    missing = _missing_file(bulletin)
    if found := [*open_blanks(draft_of(bulletin)), *([missing] if missing else [])]:
        raise Invalid(found)
    to_state(bulletin, BulletinState.VOICING)
    bulletin.voice_problem, bulletin.voice_facts = "", None
    bulletin.claimed_until, bulletin.updated_at = None, now
    return bulletin


def read_again(
    session: Session, asking: Who, bulletin_id: str, version: int, *, now: datetime
) -> Bulletin:
    """Make the recording anew, because the voice was taught something; what was decided is void."""
    bulletin = _mine(session, asking, bulletin_id, version, now)
    _reopen(session, asking, bulletin, now)
    _silence(bulletin)
    to_state(bulletin, BulletinState.VOICING)
    _record(session, asking, "bulletin.read_again", bulletin, now=now)
    return bulletin


def listened(
    session: Session, asking: Who, bulletin_id: str, recording_sha256: str, *, now: datetime
) -> None:
    """Its writer heard this recording to its end. One that is no longer current is passed over."""
    bulletin = get(session, asking, bulletin_id, now=now)
    require(session, asking, Permission.COMPOSE, {bulletin.area_id}, local_day(now))
    session.execute(
        update(Bulletin)
        .where(Bulletin.id == bulletin_id, Bulletin.recording_sha256 == recording_sha256)
        .values(listened_at=now)
    )


def submit(
    session: Session,
    asking: Who,
    bulletin_id: str,
    version: int,
    *,
    acknowledged: Collection[str],
    declared: Declared = OURS,
    field: Field = Field.UNSAID,
    expires_on: date | None = None,
    now: datetime,
) -> Bulletin:
    """Ask for approval. `acknowledged` are the unknown words that the person saw and lets stand.

    `field` and `expires_on` are for a bulletin of which none was said. Raises Invalid: no
    recording, not listened to, an unknown word not seen, a time gone by, no field, something that
    may not be broadcast.
    """
    bulletin = _mine(session, asking, bulletin_id, version, now)
    declared, words = declaring.tidied(declared), advertising.words(text_of(bulletin))
    bulletin.field = bulletin.field or field
    bulletin.expires_on = bulletin.expires_on or expires_on
    found = [
        *sendable.recording_problems(bulletin, acknowledged),
        *sendable.office_problems(bulletin, declared, words),
        *problems(draft_of(bulletin), now, holidays(session)),
        *slots.problems(session, draft_of(bulletin), now),
    ]
    if bulletin.cls != Class.EMERGENCY:  # of which `problems` has told them
        found += open_blanks(draft_of(bulletin))
    if found:
        raise Invalid(found)
    to_state(bulletin, BulletinState.SUBMITTED)
    bulletin.submitted_at = bulletin.updated_at = now
    bulletin.reminded_min = None
    bulletin.declared = {**msgspec.to_builtins(declared), "words": words, "by": asking.person_id}
    _record(session, asking, "bulletin.submit", bulletin, now=now)
    return bulletin


def withdraw(
    session: Session, asking: Who, bulletin_id: str, version: int, *, now: datetime
) -> Bulletin:
    """Take a bulletin back for good; airings that have not begun will be cancelled."""
    bulletin = _mine(session, asking, bulletin_id, version, now)
    void(session, bulletin, now)
    to_state(bulletin, BulletinState.WITHDRAWN)
    bulletin.edited_by, bulletin.updated_at = asking.person_id, now
    _record(session, asking, "bulletin.withdraw", bulletin, now=now)
    return bulletin


def void_relays(
    session: Session, asking: Who, source_id: str, address: str, *, now: datetime
) -> None:
    """What was decided about relays of this source is void: it comes from elsewhere now, or is
    not to be taken over any more."""
    query = (
        select(Bulletin.id)
        .where(Bulletin.relay_source == source_id, Bulletin.state != BulletinState.WITHDRAWN)
        .order_by(Bulletin.id)
    )
    for bulletin_id in session.scalars(query).all():
        bulletin = locked(session, bulletin_id)
        _change(session, asking, bulletin, {"relay_address": address}, now)
        _record(session, asking, "bulletin.relay_changed", bulletin, now=now)


def holidays(session: Session) -> frozenset[date]:
    """The days off, as rules ask for them."""
    return frozenset(session.scalars(select(Holiday.day)))


def locked(session: Session, bulletin_id: str) -> Bulletin:
    """The bulletin, which nobody else changes before this transaction ends. Raises NotFound."""
    bulletin = session.get(Bulletin, bulletin_id, with_for_update=True, populate_existing=True)
    if bulletin is None:
        raise NotFound("bulletin", bulletin_id)
    return bulletin


def to_state(bulletin: Bulletin, new: BulletinState) -> None:
    """The one door for every change of state. Raises WrongState with a sentence for people."""
    try:
        bulletin.state = move(BULLETIN_MOVES, BulletinState(bulletin.state), new)
    except UndeclaredMove as error:
        raise WrongState(f"Bản tin đang ở bước {STEPS[BulletinState(bulletin.state)]}.") from error


def void(session: Session, bulletin: Bulletin, now: datetime) -> None:
    """Nothing that was decided about the bulletin holds any more."""
    session.execute(
        update(Approval)
        .where(Approval.bulletin_id == bulletin.id, Approval.voided_at.is_(None))
        .values(voided_at=now)
    )


def _mine(session: Session, asking: Who, bulletin_id: str, version: int, now: datetime) -> Bulletin:
    """A bulletin that the person may work on, locked, at the version that they saw."""
    bulletin = locked(session, bulletin_id)
    if not can(session, asking, Permission.COMPOSE, bulletin.area_id, local_day(now)):
        raise NotFound("bulletin", bulletin_id)
    if bulletin.version != version:
        editor = session.get_one(Person, bulletin.edited_by)
        raise EditConflict(editor.name, bulletin.updated_at)
    return bulletin


def _checked(session: Session, asking: Who, draft: Draft, now: datetime) -> Draft:
    """The tidied draft, good in itself and within the person's reach."""
    draft = tidied(draft)
    today = local_day(now)
    places = {draft.area_id, *draft.targets}
    require(session, asking, Permission.COMPOSE, places, today)
    if draft.cls is Class.EMERGENCY:
        require(session, asking, Permission.RAISE_EMERGENCY, places, today)
    found = [*problems(draft, now, holidays(session)), *slots.problems(session, draft, now)]
    if found:
        raise Invalid(found)
    return draft


def _change(
    session: Session, asking: Who, bulletin: Bulletin, facts: dict[str, Any], now: datetime
) -> None:
    """Write new content: back to draft, and on to ready when its recording still holds."""
    sound = sound_of(bulletin)
    for name, value in facts.items():
        setattr(bulletin, name, value)
    _reopen(session, asking, bulletin, now)
    if sound_of(bulletin) != sound:
        _silence(bulletin)
    elif bulletin.recording_sha256 is not None:
        to_state(bulletin, BulletinState.VOICING)  # the way to ready; the recording is there
        to_state(bulletin, BulletinState.READY)


def _reopen(session: Session, asking: Who, bulletin: Bulletin, now: datetime) -> None:
    """A draft again, in a version of its own; a worker that holds the old one works in vain."""
    void(session, bulletin, now)
    if bulletin.state != BulletinState.DRAFT:
        to_state(bulletin, BulletinState.DRAFT)
    bulletin.submitted_at = bulletin.claimed_until = None
    bulletin.edited_by, bulletin.updated_at = asking.person_id, now
    bulletin.version += 1


def _silence(bulletin: Bulletin) -> None:
    """Its recording is none of this content."""
    bulletin.recording_sha256 = bulletin.reading = bulletin.listened_at = None
    bulletin.warnings, bulletin.voice_problem, bulletin.voice_facts = [], "", None


def _columns(draft: Draft) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.to_builtins(draft)
    return {**found, "expires_on": draft.expires_on}  # the only column of a date


def _missing_file(bulletin: Bulletin) -> Problem | None:
    """The file without which there is nothing to make a recording from."""
    sound = sound_of(bulletin)
    if sound.kind is BulletinKind.AUDIO:
        return None if sound.original_sha256 else Problem("audio", "Chọn một tệp âm thanh.")
    if sound.recorded_place and not sound.recorded_sha256:
        return Problem("part", "Chọn tệp của phần ghi sẵn, hoặc chọn “Không có”.")
    return None


def _file_name(name: str) -> str:
    """A browser sends only the name, but whatever comes is cut to what the column holds."""
    return entered.line(name).rpartition("/")[2][-200:]


def _record(
    session: Session,
    asking: Who,
    action: str,
    bulletin: Bulletin,
    *,
    now: datetime,
    before: dict[str, Any] | None = None,
) -> None:
    content = _columns(draft_of(bulletin))
    after = {**content, "state": bulletin.state, "hash": content_hash(bulletin)}
    if bulletin.state == BulletinState.SUBMITTED and bulletin.declared:
        after |= {name: bulletin.declared[name] for name in ("behalf", "organisation")}
    audit.record(
        session, asking, action, "bulletin", bulletin.id, now=now, before=before, after=after
    )
