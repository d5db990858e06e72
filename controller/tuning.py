"""Tuning: whether a station has taken the sound that was last set for it."""

from datetime import datetime
from enum import StrEnum
from functools import lru_cache

from msgspec import Struct, UnsetType, convert
from sqlalchemy.orm import Session

from contract import codec
from contract.errors import Refusal
from contract.messages import Envelope, Plan, Sound
from contract.reports import Beat
from contract.signing import body_of
from contract.telling import REFUSED
from controller.areas import lineages, local_day
from controller.foreign.standing_orders import read_orders, standing, volume
from controller.model import Station, StationPlan, StationState
from controller.station_sound import sound_of


class Step(StrEnum):
    """How far the newest sound has come."""

    PLANNED = "planned"  # its plan is being made
    SENT = "sent"
    TAKEN = "taken"
    REFUSED = "refused"


class Taking(Struct, frozen=True):
    """`at` is when the station answered, `detail` why it refused."""

    step: Step
    at: datetime | None = None
    detail: str = ""


class Level(Struct, frozen=True):
    """The own volume that a box said it had `at` a time by its clock, and the one `wanted` then by
    its plan; None: the plan leaves it to the box. Only an order of a person outranks a plan.
    """

    percent: int
    at: datetime
    wanted: int | None
    is_ordered: bool


def level(known: StationState, sound: Sound, taking: Taking) -> Level | None:
    """What is in force; `is_ordered` once the box has spoken after it took `sound`."""
    if known.telemetry is None:
        return None
    beat = convert(known.telemetry, Beat)
    wanted = volume(sound, None, beat.at)
    knows = taking.step is Step.TAKEN and taking.at is not None and taking.at < beat.at
    return Level(beat.volume, beat.at, wanted, knows and wanted not in (None, beat.volume))


def ordered(session: Session, station: Station, now: datetime) -> int | None:
    """The volume that an order still asks of a box of another maker, above what is set for it."""
    names = lineages(session, [station.area_id], local_day(now))[station.area_id]
    return standing(read_orders(session, now), [*names, station.id]).volume


def how_far(session: Session, station_id: str) -> Taking:
    """Judged by what the newest plan says, not by times: to and fro again makes no new plan."""
    row = session.get(StationPlan, station_id)
    if row is None or _told(row.envelope) != sound_of(session, station_id):
        return Taking(Step.PLANNED)
    if row.accepted_at is not None:
        return Taking(Step.TAKEN, row.accepted_at)
    if row.refused is not None:
        return Taking(Step.REFUSED, detail=REFUSED[Refusal(row.refused)])
    return Taking(Step.SENT)


@lru_cache(maxsize=32)  # plans that are looked at every few seconds now, 40 kB each or so
def _told(sealed: bytes) -> Sound:
    envelope = codec.decode(Envelope, sealed)
    plan = codec.unwrap(Plan, envelope.payloadType, body_of(envelope))
    return Sound() if isinstance(plan.sound, UnsetType) else plan.sound
