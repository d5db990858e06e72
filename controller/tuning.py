"""Tuning: whether a station has taken the sound that was last set for it."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct, UnsetType
from sqlalchemy.orm import Session

from contract import codec
from contract.errors import Refusal
from contract.messages import Envelope, Plan, Sound
from contract.signing import body_of
from contract.telling import REFUSED
from controller.model import StationPlan
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


def how_far(session: Session, station_id: str) -> Taking:
    """Judged by what the newest plan says, not by times: to and fro again makes no new plan."""
    row = session.get(StationPlan, station_id)
    if row is None or _told(row) != sound_of(session, station_id):
        return Taking(Step.PLANNED)
    if row.accepted_at is not None:
        return Taking(Step.TAKEN, row.accepted_at)
    if row.refused is not None:
        return Taking(Step.REFUSED, detail=REFUSED[Refusal(row.refused)])
    return Taking(Step.SENT)


def _told(row: StationPlan) -> Sound:
    envelope = codec.decode(Envelope, row.envelope)
    plan = codec.unwrap(Plan, envelope.payloadType, body_of(envelope))
    return Sound() if isinstance(plan.sound, UnsetType) else plan.sound
