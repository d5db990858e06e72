"""Bulletins: written, read aloud, heard, sent for approval, decided about."""

from datetime import date
from http import HTTPStatus
from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType, structs
from sqlalchemy import select

from contract.states import BulletinState, Class
from controller import approval, bulletins, second_factor
from controller.areas import local_day
from controller.content import content_hash, draft_of, unknown_words
from controller.declaring import OURS, Behalf, Declared, Fact
from controller.drafts import Draft
from controller.errors import NotFound, WrongState
from controller.model import Bulletin as Row
from controller.model import BulletinKind, Field
from controller.permissions import Permission, require, scope
from scheduler.rules import Rule
from tts.craft import Craft
from web.api.call import Call
from web.api.listing import Instant, Listing, Page, after, page
from web.api.operations import Upload, get, post, upload
from web.parts import parts

Id = Annotated[str, Meta(min_length=1, max_length=40)]
Sha256 = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
Version = Annotated[int, Meta(ge=1, le=2_000_000_000)]
Word = Annotated[str, Meta(max_length=100)]


class Declaration(Struct, frozen=True, kw_only=True):
    """What was said when it was last sent: for whom, and what the notice states.

    `words` are those of advertising that the sender was shown and stood for, `by` is who sent it.
    """

    behalf: Behalf
    organisation: str = ""
    told: tuple[Fact, ...] = ()
    no_advertising: bool = False
    no_expiry: bool = False
    words: list[str] = []
    by: str = ""


class Bulletin(Struct, frozen=True, kw_only=True):
    """A bulletin. `version` goes up with each edit; `content` is what an approver decides about.

    `unknown` are the words that the voice could not read with certainty; `voice_problem` says why
    there is no `recording`.
    """

    id: str
    area_id: str
    title: str
    kind: BulletinKind
    text: str
    cls: Class
    field: Field
    voice: str
    craft: Craft
    targets: tuple[str, ...]
    rule: Rule
    relay_source: str
    relay_s: int
    valid_h: int
    expires_on: date | None
    state: BulletinState
    version: int
    content: str
    author_id: str
    recording: str | None
    spoken: str
    unknown: list[str]
    voice_problem: str
    original_name: str
    declared: Declaration | None
    listened_at: Instant | None
    submitted_at: Instant | None
    created_at: Instant
    updated_at: Instant


class Chosen(Listing, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which bulletins."""

    state: BulletinState | UnsetType = UNSET


class NewBulletin(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A text to be read aloud; of kind `audio`, one whose sound is uploaded next. Without a title
    its first line is one; an emergency (`cls` 1) sounds when it is approved, and its rule is not
    asked. Times of the rule are those of Vietnam, and so is `expires_on`, the first day on which it
    is not heard any more.
    """

    area_id: Id
    targets: Annotated[tuple[Id, ...], Meta(min_length=1, max_length=200)]
    rule: Rule
    kind: BulletinKind = BulletinKind.TEXT
    text: Annotated[str, Meta(max_length=7_000)] = ""
    title: Annotated[str, Meta(max_length=200)] = ""
    cls: Class = Class.NORMAL
    field: Field = Field.GENERAL
    voice: Word = ""
    craft: Craft = Craft()
    relay_source: Annotated[str, Meta(max_length=36)] = ""
    relay_s: Annotated[int, Meta(ge=0, le=86_400)] = 0
    valid_h: Annotated[int, Meta(ge=1, le=24)] = 1
    expires_on: date | None = None


class Seen(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The version that the program last saw: nobody else's change is overwritten."""

    version: Version


class Uploaded(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The version that the program last saw, and what the file is called."""

    version: Version
    name: Annotated[str, Meta(max_length=200)] = ""


class Heard(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The recording that was heard to its end."""

    recording: Sha256


class Submitted(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`acknowledged` are the unknown words that a person saw and lets stand; `declared` says for
    whom the notice is sent: of outsiders only enrolment, recruitment and charity are taken.
    """

    version: Version
    acknowledged: Annotated[list[Word], Meta(max_length=200)] = []
    declared: Declared = OURS


class Decided(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`content` of the bulletin as the person who decides saw it."""

    content: Sha256


class Returned(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why it is given back, for its author."""

    content: Sha256
    reason: Annotated[str, Meta(min_length=1, max_length=1_000)]


@get("/bulletins", Permission.SEE_BULLETINS)
def listed(call: Call, query: Chosen) -> Page[Bulletin]:
    """The bulletins of the areas that the key reaches, the newest first."""
    reach = scope(call.session, call.who, Permission.SEE_BULLETINS, local_day(call.now))
    found = select(Row).where(Row.area_id.in_(reach))
    if query.state is not UNSET:
        found = found.where(Row.state == query.state)
    if behind := after(query.cursor, str):
        found = found.where(Row.id < behind)
    rows = call.session.scalars(found.order_by(Row.id.desc()).limit(query.limit + 1)).all()
    return page(rows, query.limit, _shape, lambda row: row.id)


@get("/bulletins/<bulletin_id>", Permission.SEE_BULLETINS)
def one(call: Call, bulletin_id: str) -> Bulletin:
    """One bulletin."""
    return _shape(bulletins.get(call.session, call.who, bulletin_id, now=call.now))


@get("/bulletins/<bulletin_id>/recording", Permission.SEE_BULLETINS)
def recording(call: Call, bulletin_id: str) -> bytes:
    """Its recording, Ogg/Opus."""
    row = bulletins.get(call.session, call.who, bulletin_id, now=call.now)
    try:
        return parts().media.recording(row.recording_sha256 or "").read_bytes()
    except FileNotFoundError as error:
        raise NotFound("recording", bulletin_id) from error


@post("/bulletins", Permission.COMPOSE, HTTPStatus.CREATED)
def create(call: Call, body: NewBulletin) -> Bulletin:
    """Write a bulletin, as a draft."""
    draft = Draft(**{**structs.asdict(body), "targets": tuple(body.targets)})
    return _shape(bulletins.compose(call.session, call.who, draft, now=call.now))


def _may_attach(call: Call, bulletin_id: str) -> None:
    """Before any byte of a file is kept."""
    row = bulletins.get(call.session, call.who, bulletin_id, now=call.now)
    places = {row.area_id, *row.targets}
    require(call.session, call.who, Permission.COMPOSE, places, local_day(call.now))


@upload("/bulletins/<bulletin_id>/audio", Permission.COMPOSE, _may_attach)
def attach(call: Call, bulletin_id: str, query: Uploaded, upload: Upload) -> Bulletin:
    """Upload its sound, at most 50 MB; it is looked at, and mastered, when `voice` is asked for."""
    row = bulletins.attach_audio(
        call.session,
        call.who,
        bulletin_id,
        query.version,
        sha256=upload.sha256,
        name=query.name,
        now=call.now,
    )
    return _shape(row)


@post("/bulletins/<bulletin_id>/voice", Permission.COMPOSE)
def voice(call: Call, bulletin_id: str, body: Seen) -> Bulletin:
    """Have its recording made; `recording` names it when it is there, seconds later."""
    return _shape(
        bulletins.ask_for_voice(call.session, call.who, bulletin_id, body.version, now=call.now)
    )


@post("/bulletins/<bulletin_id>/listened", Permission.COMPOSE)
def listened(call: Call, bulletin_id: str, body: Heard) -> Bulletin:
    """A person heard this recording to its end."""
    bulletins.listened(call.session, call.who, bulletin_id, body.recording, now=call.now)
    call.session.expire_all()
    return _shape(bulletins.get(call.session, call.who, bulletin_id, now=call.now))


@post("/bulletins/<bulletin_id>/submit", Permission.COMPOSE)
def submit(call: Call, bulletin_id: str, body: Submitted) -> Bulletin:
    """Ask for approval."""
    return _shape(
        bulletins.submit(
            call.session,
            call.who,
            bulletin_id,
            body.version,
            acknowledged=body.acknowledged,
            declared=body.declared,
            now=call.now,
        )
    )


@post("/bulletins/<bulletin_id>/withdraw", Permission.COMPOSE)
def withdraw(call: Call, bulletin_id: str, body: Seen) -> Bulletin:
    """Take it back for good; airings that have not begun are cancelled."""
    return _shape(
        bulletins.withdraw(call.session, call.who, bulletin_id, body.version, now=call.now)
    )


@post("/bulletins/<bulletin_id>/approve", Permission.APPROVE)
def approve(call: Call, bulletin_id: str, body: Decided) -> Bulletin:
    """Let it be heard; never by its author. An emergency sounds at once; whoever has a second
    factor approves one on its page, where it is asked for.
    """
    _not_past_the_second_factor(call, bulletin_id)
    approval.approve(
        call.session, call.who, bulletin_id, body.content, signer=parts().signer, now=call.now
    )
    return _shape(bulletins.locked(call.session, bulletin_id))


@post("/bulletins/<bulletin_id>/give-back", Permission.APPROVE)
def give_back(call: Call, bulletin_id: str, body: Returned) -> Bulletin:
    """Return it to its author."""
    approval.give_back(call.session, call.who, bulletin_id, body.content, body.reason, now=call.now)
    return _shape(bulletins.locked(call.session, bulletin_id))


def _not_past_the_second_factor(call: Call, bulletin_id: str) -> None:
    """A key has no telephone to show. Raises WrongState."""
    row = bulletins.get(call.session, call.who, bulletin_id, now=call.now)
    if row.cls == Class.EMERGENCY and second_factor.has(call.session, call.who.person_id):
        raise WrongState("Hãy duyệt tin khẩn cấp này trên trang web, bằng mã trên điện thoại.")


def _shape(row: Row) -> Bulletin:
    draft = draft_of(row)
    content = {name: getattr(draft, name) for name in NewBulletin.__struct_fields__}
    return Bulletin(
        **content,
        id=row.id,
        state=BulletinState(row.state),
        version=row.version,
        content=content_hash(row),
        author_id=row.author_id,
        recording=row.recording_sha256,
        spoken=(row.reading or {}).get("spoken", ""),
        unknown=unknown_words(row),
        voice_problem=row.voice_problem,
        original_name=row.original_name or "",
        declared=msgspec.convert(row.declared, Declaration) if row.declared else None,
        listened_at=row.listened_at,
        submitted_at=row.submitted_at,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )
