"""Plans: for each station its signed plan, made again when it would say something else."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from zlib import crc32

from msgspec import UNSET, Struct
from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from contract import codec, telling, topics
from contract.errors import Refusal
from contract.ids import StationId, new_id
from contract.messages import Plan
from contract.reports import Ack, PlanHeld
from contract.topics import Channel
from controller import facts, outbox
from controller.alarms import clear_alarms, sound_alarm
from controller.delivery import BY_ITS_CLOCK
from controller.fleet import Fleet
from controller.model import StationPlan, StationState
from controller.outbox import Kind, Message
from controller.plan_content import Content, Programme, read_programme
from controller.planning import HORIZON
from controller.ports import Signer

BATCH = 50
"""Plans made in one transaction: half a second of work when each has 300 items (their canonical
JSON takes most of it), so that orders need not wait longer."""

RENEW_AFTER = timedelta(hours=20)
RENEW_SPREAD_S = 3 * 3_600
"""Renewed at least daily; spread over three hours, so that a province is not renewed at once."""

BACKDATE = timedelta(minutes=5)
"""`nbf` lies this much before `iat`: a station whose clock is slow must not wait for its plan."""

TOO_BIG = "plan_too_big"
REFUSED = "plan_refused"
PACKET_ROOM = codec.PACKET_LIMIT - 1_024  # the topic and the header of the packet need some bytes


def renew(session: Session, fleet: Fleet, signer: Signer, now: datetime) -> int:
    """Make, sign and send the plans that are needed, at most BATCH; how many were made."""
    rows = newest(session, fleet.ours)
    oldest = min((row.made_at for row in rows.values()), default=now)
    programme = read_programme(session, fleet, oldest, now + HORIZON)
    epoch = facts.epoch(session)
    needed = [
        station
        for station in fleet.ours
        if _is_needed(rows.get(station), station, programme, epoch, now)
    ][:BATCH]
    shown = _shown(session, needed, epoch)
    maker = _Maker(session, programme, signer, epoch, now)
    messages = []
    for station in needed:
        row = rows.get(station)
        made = row.version if row else 0
        messages.append(maker.make(station, row, max(made, shown.get(station, 0)) + 1))
    outbox.put(session, messages, now)
    return len(needed)


def newest(session: Session, stations: Iterable[str]) -> dict[str, StationPlan]:
    """The newest plan made for each of these stations; its envelope is read when asked for."""
    query = select(StationPlan).where(StationPlan.station_id.in_(set(stations)))
    rows = session.scalars(query.options(defer(StationPlan.envelope)))
    return {row.station_id: row for row in rows}


def answered(session: Session, acks: Sequence[Ack], now: datetime) -> None:
    """Stations accepted or refused plans; an answer to an older plan changes nothing."""
    rows = newest(session, (ack.station for ack in acks))
    ours = [(rows[ack.station], ack) for ack in acks if ack.station in rows]
    told = [(row, ack) for row, ack in ours if row.id == ack.of]
    for row, ack in told:
        if ack.refused is not None:
            _refuse(session, row, ack, ack.refused, now)
    _accept(session, [row for row, ack in told if ack.refused is None], now)


def shown(session: Session, held: Mapping[str, PlanHeld | None], now: datetime) -> None:
    """What plans stations say they hold: accept, send again, or make a newer one."""
    accepted, behind = [], []
    for station, row in newest(session, held).items():
        plan = held[station]
        theirs = (plan.epoch, plan.version) if plan else (0, 0)
        if theirs == (row.epoch, row.version):
            accepted.append(row)
        elif theirs < (row.epoch, row.version):
            behind.append(outbox.key(Kind.PLAN, station))
        elif theirs[0] > row.epoch:
            detail = "Cụm loa giữ lịch phát của kỳ mới hơn máy chủ: hãy nâng kỳ sau khi phục hồi."
            sound_alarm(session, "epoch_behind", detail, now, station)
        else:  # a restored backup: the next number leaps over the one shown
            row.content_hash = ""
    _accept(session, accepted, now)
    outbox.hasten(session, behind, now)


def _refuse(session: Session, row: StationPlan, ack: Ack, reason: Refusal, now: datetime) -> None:
    row.refused, row.detail = reason, ack.detail[:400]
    if reason not in BY_ITS_CLOCK:
        outbox.settle(session, [outbox.key(Kind.PLAN, row.station_id)])
    detail = f"Cụm loa từ chối lịch phát: {telling.REFUSED[reason]}. {ack.detail}"
    sound_alarm(session, REFUSED, detail, now, row.station_id)


def _accept(session: Session, rows: Iterable[StationPlan], now: datetime) -> None:
    fresh = [row for row in rows if row.accepted_at is None]
    for row in fresh:
        row.accepted_at, row.refused, row.detail = now, None, ""
    stations = [row.station_id for row in fresh]
    outbox.settle(session, [outbox.key(Kind.PLAN, station) for station in stations])
    clear_alarms(session, REFUSED, stations, now)
    session.flush()


def _is_needed(
    row: StationPlan | None, station: StationId, programme: Programme, epoch: int, now: datetime
) -> bool:
    """There is none, it is of an older epoch, it is old, or it says something else."""
    if row is None or row.epoch != epoch:
        return True
    spread_s = crc32(station.encode()) % RENEW_SPREAD_S
    life = min(RENEW_AFTER + timedelta(seconds=spread_s), (row.expires_at - row.made_at) / 2)
    if now - row.made_at >= life:
        return True
    return row.content_hash != programme.content(station, row.made_at, HORIZON).digest


def _shown(session: Session, stations: list[StationId], epoch: int) -> dict[str, int]:
    """The version that each station says it holds, in this epoch."""
    query = select(StationState.station_id, StationState.plan_version).where(
        StationState.station_id.in_(stations), StationState.plan_epoch == epoch
    )
    return {station: version or 0 for station, version in session.execute(query)}


class _Maker(Struct, frozen=True, eq=False):
    """Makes plans of one moment."""

    session: Session
    programme: Programme
    signer: Signer
    epoch: int
    now: datetime

    def make(self, station: StationId, row: StationPlan | None, version: int) -> Message:
        """Sign the plan, keep it as the station's newest, and give the message that tells it."""
        plan, envelope = self._fitting(station, version)
        fields = {
            "id": plan.id,
            "epoch": plan.epoch,
            "version": version,
            "content_hash": self.programme.content(station, self.now, HORIZON).digest,
            "envelope": envelope,
            "made_at": self.now,
            "expires_at": plan.exp,
            "accepted_at": None,
            "refused": None,
            "detail": "",
        }
        if row is None:
            self.session.add(StationPlan(station_id=station, **fields))
        else:
            for name, value in fields.items():
                setattr(row, name, value)
        return Message(
            key=outbox.key(Kind.PLAN, station),
            topic=topics.of(Channel.PLAN, "station", station),
            payload=envelope,
            retained=True,
        )

    def _fitting(self, station: StationId, version: int) -> tuple[Plan, bytes]:
        """The plan of the longest horizon that fits the broker's packet limit.

        One beyond it would cut off the server from its broker again and again.
        """
        horizon = HORIZON
        while True:
            content = self.programme.content(station, self.now, horizon)
            plan = self._plan(station, version, content, horizon)
            envelope = codec.encode(self.signer.sign(plan))
            if len(envelope) <= PACKET_ROOM or not (content.body.items or content.body.relays):
                return plan, envelope
            horizon /= 2
            detail = f"Lịch phát quá lớn; chỉ gửi {horizon / timedelta(days=1):.1f} ngày."
            sound_alarm(self.session, TOO_BIG, detail, self.now, station)

    def _plan(self, station: StationId, version: int, content: Content, horizon: timedelta) -> Plan:
        return Plan(
            id=new_id(self.now),
            aud=(station,),
            seq=version,
            iat=self.now,
            nbf=self.now - BACKDATE,
            exp=self.now + horizon,
            station=station,
            epoch=self.epoch,
            areas=content.areas,
            windows=content.windows,
            recordings=content.body.recordings,
            releases=content.body.releases,
            items=content.body.items,
            sound=content.sound,
            agent=content.agent,
            relays=content.body.relays or UNSET,
        )
