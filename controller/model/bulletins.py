"""Bulletins, their recordings and what was decided about them."""

from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Integer, LargeBinary, String, Text, event
from sqlalchemy.orm import Mapped, mapped_column

from contract.states import BulletinState
from controller.model.columns import Row
from controller.model.folding import searchable


class BulletinKind(StrEnum):
    """What a bulletin is made from."""

    TEXT = "text"
    AUDIO = "audio"


class Field(IntEnum):
    """Lĩnh vực: the six subjects of the provincial source-information systems."""

    UNSAID = 0  # nobody chose yet: nothing is sent so
    GENERAL = 1
    SUDDEN = 2
    POLICY_AND_LAW = 3
    LOCAL_DIRECTION = 4
    KNOWLEDGE = 5
    GOOD_EXAMPLES = 6


class Recording(Row):
    """A finished sound, named by its sha256, with what was measured on it."""

    __tablename__ = "recording"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int]
    samples: Mapped[int]  # at 48 kHz
    format: Mapped[str] = mapped_column(String(60))
    loudness_lufs: Mapped[float | None]  # None: shorter than 0.4 s, too short to have one
    true_peak_dbtp: Mapped[float]
    made_at: Mapped[datetime]
    waveform: Mapped[list[Any] | None]  # tts.wire.Waveform
    before: Mapped[dict[str, Any] | None]  # of an upload: tts.wire.Before


class Bulletin(Row):
    """What is to be said, where and when.

    `version` goes up with each edit by a person, so that two do not overwrite each other.
    """

    __tablename__ = "bulletin"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    area_id: Mapped[str] = mapped_column(ForeignKey("area.id"), index=True)  # whose it is
    author_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    edited_by: Mapped[str] = mapped_column(ForeignKey("person.id"))  # who changed it last
    title: Mapped[str] = mapped_column(String(200))
    kind: Mapped[BulletinKind] = mapped_column(String(8))
    text: Mapped[str] = mapped_column(Text, default="")
    original_sha256: Mapped[str | None] = mapped_column(String(64))  # an uploaded file, kept
    original_name: Mapped[str | None] = mapped_column(String(200))
    cls: Mapped[int] = mapped_column(Integer)  # contract.states.Class
    field: Mapped[int] = mapped_column(Integer, default=Field.GENERAL)
    voice: Mapped[str] = mapped_column(String(100), default="")  # "": the server's default voice
    craft: Mapped[dict[str, Any]] = mapped_column(default=dict)  # tts.craft.Craft as JSON
    recorded_place: Mapped[str] = mapped_column(String(8), default="")  # controller.drafts.Place
    recorded_sha256: Mapped[str | None] = mapped_column(String(64))  # an original as well
    recorded_name: Mapped[str | None] = mapped_column(String(200))
    relay_source: Mapped[str] = mapped_column(String(36), default="", index=True)  # "": no relay
    relay_address: Mapped[str] = mapped_column(String(500), default="")  # the source's, as approved
    relay_s: Mapped[int] = mapped_column(Integer, default=0)  # how long a slot is
    valid_h: Mapped[int] = mapped_column(Integer, default=1)  # of an emergency: how long it warns
    targets: Mapped[list[str]]  # area ids; each means its whole subtree
    rule: Mapped[dict[str, Any]]  # scheduler.rules.Rule as JSON
    expires_on: Mapped[date | None]  # hết hiệu lực từ ngày: the first day on which it is silent
    declared: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    # ^ controller.declaring.Declared as JSON: for whom it is sent
    state: Mapped[BulletinState] = mapped_column(String(12), index=True)
    recording_sha256: Mapped[str | None] = mapped_column(ForeignKey("recording.sha256"))
    reading: Mapped[dict[str, Any] | None]  # spoken text, unknown spans, source map
    warnings: Mapped[list[str]] = mapped_column(default=list)  # of an upload, in Vietnamese
    voice_problem: Mapped[str] = mapped_column(Text, default="")  # why there is no recording
    voice_facts: Mapped[dict[str, Any] | None]  # the numbers and places behind that sentence
    claimed_until: Mapped[datetime | None]  # lease of the worker that makes the recording
    listened_at: Mapped[datetime | None]  # by the author, this recording
    submitted_at: Mapped[datetime | None]
    reminded_min: Mapped[int | None]  # the last reminder while it waits (controller.waiting)
    slot_lost_at: Mapped[datetime | None]  # the last start that passed while it waited
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime] = mapped_column(index=True)
    version: Mapped[int] = mapped_column(Integer, default=1)
    folded: Mapped[str] = mapped_column(Text, default="")  # folding.searchable of title and text


@event.listens_for(Bulletin, "before_insert")
@event.listens_for(Bulletin, "before_update")
def _fold(_mapper: object, _connection: object, bulletin: Bulletin) -> None:
    bulletin.folded = searchable(bulletin.title, bulletin.text or "")


class Decision(StrEnum):
    """What an approver said."""

    APPROVED = "approved"
    RETURNED = "returned"


class Hearing(Row):
    """Somebody who decides heard a recording to its end."""

    __tablename__ = "hearing"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    recording_sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[datetime]


class Approval(Row):
    """A decision about exactly one content (`content_hash`); any change makes it void."""

    __tablename__ = "approval"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    bulletin_id: Mapped[str] = mapped_column(ForeignKey("bulletin.id"), index=True)
    content_hash: Mapped[str] = mapped_column(String(64))
    decision: Mapped[Decision] = mapped_column(String(12))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    for_person_id: Mapped[str | None] = mapped_column(String(36))  # duyệt thay: who was away
    at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(Text, default="")
    release_id: Mapped[str | None] = mapped_column(String(36))
    release: Mapped[bytes | None] = mapped_column(LargeBinary)  # the signed envelope
    voided_at: Mapped[datetime | None]
