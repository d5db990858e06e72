"""A day's work in the sample province: in each commune one thing of every kind."""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from io import BytesIO

from msgspec import structs
from sqlalchemy import select
from sqlalchemy.orm import Session

from contract import codec
from contract.diagnosis import Diagnosis as Document
from contract.reports import Beat, Ended, State
from contract.states import Cause, Class
from controller import (
    alarm_templates,
    approval,
    bulletins,
    calendar_keys,
    diagnoses,
    notice_templates,
    planning,
    self_tests,
    teaching,
    verdict_ledger,
    voicing,
)
from controller.alarm_templates import Words
from controller.api import keys
from controller.areas import local_day
from controller.content import content_hash
from controller.demo import sample, sample_hook
from controller.demo.sample_sound import SPOKEN, chime
from controller.demo.seeding import area_id
from controller.drafts import Draft
from controller.fleet import read_fleet
from controller.identity import claims
from controller.live import SAMPLES_PER_S
from controller.mails import subscribing
from controller.mails.periods import Every
from controller.media.disk import DiskMedia
from controller.model import (
    Airing,
    Bulletin,
    BulletinKind,
    Person,
    Role,
    SourceKind,
    Station,
    StationVerdict,
)
from controller.notice_templates import Notice
from controller.papers import kept
from controller.papers.wire import Kind
from controller.permissions import Permission, Who, who
from controller.ports import Signer, Voiced
from controller.relays import changing
from scheduler.patterns import Daily
from scheduler.rules import Rule
from tts.normalise.lexicon import Entry

_PAPER = b"%PDF-1.4\n%%EOF\n"  # the shortest that its first bytes call a PDF


@dataclass(frozen=True, slots=True)
class _Office:
    """Who works in a commune, and with what."""

    session: Session
    officer: Who
    approver: Who
    place: str
    voiced: Voiced
    signer: Signer


def work(session: Session, media: DiskMedia, signer: Signer, now: datetime) -> None:
    """Do it as its people would, since a day ago; needs the province, seeded before that."""
    voiced, before = chime(media), now - timedelta(days=1)
    paper = media.keep_original(BytesIO(_PAPER))
    technician = _person(session, "kythuat")
    for commune in (sample.SUOI_MAY, sample.NA_MAY):
        login = commune.replace("-", "")
        office = _Office(
            session=session,
            officer=_person(session, f"canbo.{login}"),
            approver=_person(session, f"lanhdao.{login}"),
            place=area_id(session, commune),
            voiced=voiced,
            signer=signer,
        )
        _write(office, paper, before)
        _let_in(office, before)
        _keep_words(office, now)
        _raise_emergency(office, now)
        _send_from_above(office, now)
        _tend(office, technician, now)
    _air(session, before, now)


def _write(office: _Office, paper: str, now: datetime) -> None:
    """A bulletin at each step, a reading, a programme to take over."""
    session, officer = office.session, office.officer
    draft = bulletins.compose(session, officer, _draft(office, "Dọn vệ sinh đường làng"), now=now)
    facts = {"sha256": paper, "name": "thong-bao.pdf", "kind": Kind.PDF, "size": len(_PAPER)}
    kept.keep(session, officer, draft.id, **facts, now=now)  # type: ignore[arg-type]  # by name
    _ready(office, _draft(office, "Họp thôn tối thứ bảy"), now)
    _submitted(office, _draft(office, "Chi trả an sinh xã hội"), now)
    _approved(office, _draft(office, "Lịch tiêm chủng"), now)
    teaching.teach(session, officer, office.place, Entry("KCB", "khám chữa bệnh"), now=now)
    source = changing.Entered(
        area_id=office.place,
        name="Đài tỉnh Mây Trắng",
        owner="Đài Phát thanh và Truyền hình tỉnh Mây Trắng",
        kind=SourceKind.STREAM,
        address="https://phat.example/may-trang.mp3",
    )
    changing.add(session, office.approver, source, private=(), now=now)


def _let_in(office: _Office, now: datetime) -> None:
    """Another program, which puts the commune's bulletins on its web page; and a calendar."""
    wanted = keys.Wanted(
        name="Cổng thông tin điện tử xã",
        area_id=office.place,
        permissions=(Permission.SEE_BULLETINS,),
        days=90,
    )
    keys.make(office.session, office.officer, wanted, now=now)
    sample_hook.tell(office.session, office.officer, office.place, now)
    calendar_keys.make(office.session, office.officer, "Máy tính văn phòng", office.place, now=now)
    monthly = subscribing.Wanted(
        area_id=office.place, every=Every.MONTH, addresses="vanphong@suoimay.example"
    )
    subscribing.subscribe(office.session, office.officer, monthly, now=now)


def _keep_words(office: _Office, now: datetime) -> None:
    """The commune has words of its own for its market."""
    own = Notice(name="Phiên chợ", text="Phiên chợ Suối Mây họp ngày [ngày], từ [giờ].")
    notice_templates.add(office.session, office.officer, office.place, own, now=now)


def _raise_emergency(office: _Office, now: datetime) -> None:
    own = Words(name="Xả lũ hồ Khe Chàm", text="Hồ Khe Chàm xả lũ từ [giờ].", valid_h=6)
    alarm_templates.add(office.session, office.officer, office.place, own, now=now)
    draft = structs.replace(_draft(office, "Lũ quét trên suối"), cls=Class.EMERGENCY, valid_h=2)
    _approved(office, draft, now)


def _send_from_above(office: _Office, now: datetime) -> None:
    """The khu vực sends a normal bulletin, and its leader approves it; the commune may choose."""
    session = office.session
    above = area_id(session, sample.ZONE)
    writer = _person(session, "khuvuc")
    leader = structs.replace(office.approver, grants=((Role.APPROVER, above),))
    zone = replace(office, officer=writer, approver=leader)
    draft = structs.replace(_draft(office, "Phòng rét cho vật nuôi"), area_id=above)
    _approved(zone, draft, now)


def _tend(office: _Office, technician: Who, now: datetime) -> None:
    """A technician at the commune's stations."""
    query = select(Station.id).where(Station.area_id == office.place)
    for station in office.session.scalars(query).all():
        claims.make(office.session, technician, station, now=now)
        self_tests.ask(office.session, technician, station, signer=office.signer, now=now)
        asked = diagnoses.ask(office.session, technician, station, signer=office.signer, now=now)
        diagnoses.take(office.session, station, asked.id, _diagnosis(station, asked.id, now), now)


def _air(session: Session, before: datetime, now: datetime) -> None:
    """What was approved is planned, and yesterday's airings are heard by every other station."""
    fleet = read_fleet(session, local_day(now))
    planning.reconcile(session, fleet, before)
    session.flush()
    verdict_ledger.start_due(session, fleet, now)
    session.flush()
    over = select(StationVerdict, Airing).join(Airing, Airing.id == StationVerdict.airing_id)
    rows = session.execute(over.where(Airing.starts_at < now, Airing.cls != Class.EMERGENCY))
    told = [(row.station_id, _ended(airing)) for row, airing in rows.all()]
    verdict_ledger.apply(session, told[::2], now)


def _diagnosis(station: str, order: str, now: datetime) -> bytes:
    state = State(station=station, boot="mau", online=True, at=now)
    beat = Beat(
        station=station,
        at=now,
        uptime_s=60,
        free_bytes=8_000_000_000,
        recordings=1,
        volume=80,
        underruns=0,
        rss_bytes=60_000_000,
    )
    found = Document(
        station=station,
        order=order,
        at=now,
        versions={},
        settings={},
        state=state,
        beat=beat,
        last_line=0,
        stored_through=0,
        decisions=(),
        log=(),
    )
    return codec.encode(found)


def _ended(airing: Airing) -> Ended:
    length = round((airing.ends_at - airing.starts_at).total_seconds() * SAMPLES_PER_S)
    return Ended(
        airing=airing.id,
        bulletin=airing.bulletin_id,
        cls=Class(airing.cls),
        planned_at=airing.starts_at,
        cause=Cause.FINISHED,
        played_samples=length,
        total_samples=length,
        started_at=airing.starts_at,
        ended_at=airing.ends_at,
    )


def _approved(office: _Office, draft: Draft, now: datetime) -> None:
    bulletin = _submitted(office, draft, now)
    seen = content_hash(bulletin)
    approval.approve(
        office.session, office.approver, bulletin.id, seen, signer=office.signer, now=now
    )


def _submitted(office: _Office, draft: Draft, now: datetime) -> Bulletin:
    bulletin = _ready(office, draft, now)
    return bulletins.submit(
        office.session, office.officer, bulletin.id, bulletin.version, acknowledged=(), now=now
    )


def _ready(office: _Office, draft: Draft, now: datetime) -> Bulletin:
    """Written, read aloud and listened to."""
    session, officer = office.session, office.officer
    bulletin = bulletins.compose(session, officer, draft, now=now)
    bulletins.ask_for_voice(session, officer, bulletin.id, bulletin.version, now=now)
    session.flush()
    job = voicing.claim(session, now)
    if job is None:
        raise RuntimeError("nobody else works in the sample province")
    voicing.finish(session, job, office.voiced, now)
    bulletins.listened(session, officer, bulletin.id, office.voiced.sha256, now=now)
    return bulletins.locked(session, bulletin.id)


def _draft(office: _Office, title: str) -> Draft:
    return Draft(
        area_id=office.place,
        title=title,
        kind=BulletinKind.TEXT,
        text=SPOKEN,
        targets=(office.place,),
        rule=Rule(pattern=Daily(), times=(time(17, 0),)),
    )


def _person(session: Session, login: str) -> Who:
    return who(session, session.scalars(select(Person.id).where(Person.login == login)).one())
