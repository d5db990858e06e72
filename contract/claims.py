"""The answer to a claim, and to a renewal: what a box needs to be a station."""

from datetime import datetime

from msgspec import Struct

from contract.messages import VERSION, Count, Instant


class Floor(Struct, frozen=True, kw_only=True):
    """Where a box that takes the place of another begins.

    `epoch` and `seq` are those of the newest plan made for the box before: only higher ones count.
    Orders made before `not_before` were for that box too.
    """

    epoch: Count
    seq: Count
    not_before: Instant


class Issued(Struct, frozen=True, kw_only=True):
    """`certificate` is PEM; `floor` comes with a claim alone, when the station had a box before."""

    station: str
    certificate: str
    begins_at: Instant
    ends_at: Instant
    broker_url: str
    media_url: str
    floor: Floor | None = None
    v: int = VERSION

    @property
    def renew_at(self) -> datetime:
        """After two thirds of its life."""
        return self.begins_at + (self.ends_at - self.begins_at) * 2 / 3
