"""Other stations' programmes: what may be taken over, and in which slots that was granted."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from controller.model.columns import Row


class SourceKind(StrEnum):
    """How a programme reaches a station."""

    STREAM = "stream"  # over the internet
    INPUT = "input"  # by a wire or a receiver at the station itself


class RelaySource(Row):
    """A programme that the bulletins of an area, and of all below it, may take over.

    Of a withdrawn one the row stays, for what was heard of it.
    """

    __tablename__ = "relay_source"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    area_id: Mapped[str] = mapped_column(ForeignKey("area.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    owner: Mapped[str] = mapped_column(String(120))  # the organisation whose programme it is
    kind: Mapped[SourceKind] = mapped_column(String(8))
    address: Mapped[str] = mapped_column(String(500))
    changed_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    changed_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    checked_at: Mapped[datetime | None]  # this address
    works: Mapped[bool | None]
    told: Mapped[str] = mapped_column(String(400), default="")  # what was heard, or what is wrong


class RelayGrant(Row):
    """A person's signature under one slot of an approved relay (contract.messages.Grant)."""

    __tablename__ = "relay_grant"

    approval_id: Mapped[str] = mapped_column(ForeignKey("approval.id"), primary_key=True)
    starts_at: Mapped[datetime] = mapped_column(primary_key=True)
    ends_at: Mapped[datetime]
    envelope: Mapped[bytes] = mapped_column(LargeBinary)
