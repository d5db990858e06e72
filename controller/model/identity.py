"""Identity: codes that let a box become a station, and the certificates it was given."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from controller.model.columns import Row


class StationClaim(Row):
    """The one code that is open for a station; gone once used or replaced."""

    __tablename__ = "station_claim"

    station_id: Mapped[str] = mapped_column(ForeignKey("station.id"), primary_key=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)  # sha256, lower-case hex
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class ClaimFailure(Row):
    """A code that was none, by the address it came from."""

    __tablename__ = "claim_failure"

    id: Mapped[int] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(String(60), index=True)
    at: Mapped[datetime]


class StationCertificate(Row):
    """A certificate that was issued; `serial` is lower-case hex without leading zeros."""

    __tablename__ = "station_certificate"

    serial: Mapped[str] = mapped_column(String(40), primary_key=True)
    station_id: Mapped[str] = mapped_column(ForeignKey("station.id"), index=True)
    issued_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(String(200), default="")
