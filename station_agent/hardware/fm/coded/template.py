"""How bought receivers are opened by RDS: a TOML file that says which bits mean what.

    group = "8A"                        # of the free groups, 0A to 15B
    keep_alive_s = 20                   # default 10

    [fields]                            # first bit and number of bits of the 37 that are free:
    zone = { at = 5, bits = 8 }         # 0 to 4 in block 2, 5 to 20 in block 3, 21 to 36 in block 4
    command = { at = 13, bits = 8 }

    [[open]]                            # one table for each group, in order
    zone = 12
    command = 1

    [[close]]
    zone = 12
    command = 2

`open_all` and `close_all` are for emergencies; without them those are opened as usual.
"""

import tomllib
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from station_agent.hardware.errors import BadProfile
from station_agent.hardware.fm.groups import Group, read_kind
from station_agent.hardware.ports import Reach

PAYLOAD = 37  # bits: 5 of block 2, 16 of block 3, 16 of block 4
USUAL_KEEP_ALIVE_S = 10.0
MOST_GROUPS = 6  # what fits the time that one call may take (ports.CALL_LIMIT_S)


class Field(Struct, frozen=True, forbid_unknown_fields=True):
    """Where a number stands, its highest bit first."""

    at: Annotated[int, Meta(ge=0, lt=PAYLOAD)]
    bits: Annotated[int, Meta(ge=1, le=PAYLOAD)]


Values = Annotated[list[dict[str, Annotated[int, Meta(ge=0)]]], Meta(max_length=MOST_GROUPS)]


class Template(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A described receiver."""

    group: str
    fields: dict[str, Field]
    open: Annotated[Values, Meta(min_length=1)]
    close: Annotated[Values, Meta(min_length=1)]
    open_all: Values = []
    close_all: Values = []
    keep_alive_s: Annotated[float, Meta(ge=2)] = USUAL_KEEP_ALIVE_S

    def __post_init__(self) -> None:
        """Raise ValueError for what cannot be sent."""
        read_kind(self.group)
        taken: set[int] = set()
        for name, field in self.fields.items():
            bits = set(range(field.at, field.at + field.bits))
            if max(bits) >= PAYLOAD or bits & taken:
                raise ValueError(f"{name}: trùng trường khác hoặc vượt quá {PAYLOAD} bit")
            taken |= bits
        for values in (*self.open, *self.close, *self.open_all, *self.close_all):
            self._made(values)

    def open_groups(self, reach: Reach) -> list[Group]:
        """Return what opens."""
        every = self.open_all if reach is Reach.ALL else []
        return [self._made(values) for values in every or self.open]

    def close_groups(self, reach: Reach) -> list[Group]:
        """Return what closes."""
        every = self.close_all if reach is Reach.ALL else []
        return [self._made(values) for values in every or self.close]

    def _made(self, values: dict[str, int]) -> Group:
        payload = 0
        for name, value in values.items():
            field = self.fields.get(name)
            if field is None:
                raise ValueError(f"{name}: không có trong [fields]")
            if value >> field.bits:
                raise ValueError(f"{name}: {value} không vừa {field.bits} bit")
            payload |= value << (PAYLOAD - field.at - field.bits)
        return Group(read_kind(self.group), payload >> 32, payload >> 16 & 0xFFFF, payload & 0xFFFF)


def load(path: Path) -> Template:
    """Read a template. Raises BadProfile, with a sentence for the technician."""
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Template)
    except (OSError, ValueError) as error:  # also what tomllib and msgspec raise
        raise BadProfile(f"{path}: {error}") from error
