"""A bought relay board and meter, described by a TOML file: which relay does what.

[relays]            # Waveshare Modbus RTU Relay and its like
unit = 1
amplifier = 0       # relays count from 0; leave out what is not there
sound = 1           # closed: the loudspeakers hear; open: muted
carrier = 2

[meter]             # PZEM-004T v3, in the supply of the amplifier
unit = 2
"""

import tomllib
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from station_agent.hardware.errors import BadProfile

Unit = Annotated[int, Meta(ge=1, le=247)]
Relay = Annotated[int, Meta(ge=0, le=31)]


class Relays(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`count` relays are on the board; `flash` is where the addresses of timed closing begin."""

    unit: Unit = 1
    count: Annotated[int, Meta(ge=1, le=32)] = 8
    flash: Annotated[int, Meta(ge=1, le=0xFF00)] = 0x0200
    amplifier: Relay | None = None
    sound: Relay | None = None
    carrier: Relay | None = None

    def __post_init__(self) -> None:
        """Raise ValueError when the relays cannot do what they are named for."""
        named = [n for n in (self.amplifier, self.sound, self.carrier) if n is not None]
        if not named:
            raise ValueError("không có rơ-le nào được đặt tên")
        if (self.amplifier is None) != (self.sound is None):
            raise ValueError("amplifier và sound phải có cả hai: tiếng phải tắt được riêng")
        if len(set(named)) != len(named) or max(named) >= self.count:
            raise ValueError("mỗi việc cần một rơ-le riêng có trên bo mạch")


class Meter(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What measures the amplifier's supply."""

    unit: Unit


class Bought(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All that hangs on the line."""

    relays: Relays
    meter: Meter | None = None


def read_bought(file: Path) -> Bought:
    """Read a description. Raises BadProfile with one sentence."""
    try:
        return msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), Bought)
    except (OSError, ValueError) as error:  # those of TOML, UTF-8 and msgspec are ValueErrors
        raise BadProfile(f"{file}: {error}") from None
