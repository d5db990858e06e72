"""Ports: what the use cases need of whoever writes a mail and whoever carries it."""

from enum import Enum
from typing import Protocol

from msgspec import Struct


class Unwritten(Struct, frozen=True, tag="unwritten"):
    """There is no mail: `told` says why in Vietnamese; `later`: it may be written another time."""

    told: str
    later: bool


class Written(Struct, frozen=True, tag="written"):
    """A mail as it goes: a whole message (RFC 5322), and from and to whom."""

    message: bytes
    sender: str
    address: str


class Writer(Protocol):
    """Writes a mail of the outbox."""

    def write(self, mail_id: str) -> Written | Unwritten:
        """What it says now; never raises for what it finds."""


class Became(Enum):
    """What became of a mail."""

    SENT = "sent"
    LATER = "later"  # the mail server did not take it now
    REFUSED = "refused"  # nor ever will: there is no such address


class Carried(Struct, frozen=True):
    """`told` says in Vietnamese why it did not go."""

    became: Became
    told: str = ""


class Mailer(Protocol):
    """Carries a mail to a mail server."""

    def carry(self, mail: Written) -> Carried:
        """Hand it over within seconds; never raises for what the network or the server does."""
