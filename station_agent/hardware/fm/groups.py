"""Free RDS groups: the 37 bits that an application may fill, and where they are announced."""

from msgspec import Struct

AID_GROUP = 3 << 1  # 3A tells receivers which application speaks in which group (IEC 62106-2)
GROUPS_PER_S = 1187.5 / 104  # bits a second, bits a group (IEC 62106-2)


class Group(Struct, frozen=True):
    """One group. `kind` is type << 1 | version (version A 0, B 1).

    `low5` is what an application has of block 2; blocks 3 and 4 are 16 bits each.
    """

    kind: int
    low5: int
    block3: int
    block4: int

    def __post_init__(self) -> None:
        """Raise ValueError for what does not fit its bits."""
        if max(self.kind, self.low5) > 0x1F or max(self.block3, self.block4) > 0xFFFF:
            raise ValueError("a group has five bits of kind, five free ones, and two blocks of 16")

    def block2(self, *, tp: bool, pty: int) -> int:
        """Return block 2 as it goes on the air."""
        return self.kind << 11 | tp << 10 | pty << 5 | self.low5


def announcement(aid: int, kind: int) -> Group:
    """Return the 3A group that says: application `aid` speaks in groups of `kind`."""
    return Group(AID_GROUP, kind, 0, aid)


def read_kind(name: str) -> int:
    """Read "11A". Raises ValueError."""
    number, version = name[:-1], name[-1:].upper()
    if not number.isascii() or not number.isdigit() or int(number) > 15 or version not in "AB":
        raise ValueError(f"a group is 0A to 15B, not {name!r}")
    return int(number) << 1 | (version == "B")
