"""Passkeys: keys on people's own devices that open their account."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from controller.model.columns import Row


class Passkey(Row):
    """A public key (COSE) whose other half lies in a device, and what is known of both."""

    __tablename__ = "passkey"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)  # sha256 of the credential id
    credential_id: Mapped[bytes]  # up to 1023 bytes (WebAuthn §4)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str] = mapped_column(String(60))  # as its owner calls the device
    public_key: Mapped[bytes]
    sign_count: Mapped[int] = mapped_column(BigInteger)  # unsigned, 32 bits
    may_sync: Mapped[bool]  # backup eligible: never changes
    synced: Mapped[bool]  # backed up: as it was told last
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class SpentChallenge(Row):
    """A challenge that was answered: no answer is taken twice. Only its sha256 is kept."""

    __tablename__ = "spent_challenge"

    challenge_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    spent_at: Mapped[datetime]
