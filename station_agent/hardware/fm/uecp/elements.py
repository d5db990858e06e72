"""Message elements: one for each thing that an encoder can be told (SPB 490 §3).

Data set and programme are the encoder's current ones (0). Rings of groups are not used: a group is
sent once, by the order in which it came.
"""

from datetime import UTC, datetime

from station_agent.hardware.fm.groups import Group

CURRENT = b"\x00\x00"  # data set number, programme service number
LONGEST_TEXT, TEXT_NEEDS_END = 64, 61
VIETNAM_HALF_HOURS = 14  # UTC+7, no summer time


def pi(code: int) -> bytes:
    """MEC 01: programme identification."""
    return b"\x01" + CURRENT + code.to_bytes(2, "big")


def ps(name: str) -> bytes:
    """MEC 02: programme service name, eight characters."""
    return b"\x02" + CURRENT + name.ljust(8)[:8].encode("ascii")


def ta_tp(*, ta: bool, tp: bool) -> bytes:
    """MEC 03: traffic announcement (bit 0) and traffic programme (bit 1)."""
    return b"\x03" + CURRENT + bytes([tp << 1 | ta])


def di(bits: int) -> bytes:
    """MEC 04: decoder information."""
    return b"\x04" + CURRENT + bytes([bits])


def ms(*, music: bool) -> bytes:
    """MEC 05: music or speech."""
    return b"\x05" + CURRENT + bytes([music])


def pty(kind: int) -> bytes:
    """MEC 07: programme type."""
    return b"\x07" + CURRENT + bytes([kind])


def text(words: str) -> bytes:
    """MEC 0A: RadioText instead of what was there, until further notice."""
    said = words[:LONGEST_TEXT].encode("ascii")
    if len(said) < TEXT_NEEDS_END:
        said += b"\r"
    return b"\x0a" + CURRENT + bytes([1 + len(said), 0]) + said


def clock(now: datetime) -> bytes:
    """MEC 0D: the time, and how far Viet Nam's is from it. Raises ValueError for a naive time."""
    if now.tzinfo is None:
        raise ValueError("the time has no zone")
    utc = now.astimezone(UTC)
    parts = [utc.year % 100, utc.month, utc.day, utc.hour, utc.minute, utc.second]
    return b"\x0d" + bytes([*parts, utc.microsecond // 10_000, VIETNAM_HALF_HOURS])


def sequence(groups: tuple[int, ...]) -> bytes:
    """MEC 16: the order in which groups are sent."""
    return b"\x16\x00" + bytes([len(groups), *groups])


def request_pi() -> bytes:
    """MEC 17: ask for the programme identification that the encoder holds."""
    return b"\x17\x03\x01" + CURRENT


def clock_sent(*, on: bool) -> bytes:
    """MEC 19: whether the time goes on the air."""
    return bytes([0x19, on])


def ecc(code: int) -> bytes:
    """MEC 1A: extended country code, variant 0 of the slow labelling codes."""
    return bytes([0x1A, 0, 0, code])


def rds_sent(*, on: bool) -> bytes:
    """MEC 1E: whether there is RDS at all."""
    return bytes([0x1E, on])


def free_group(group: Group) -> bytes:
    """MEC 24: a free-format group, once."""
    return bytes([0x24, group.kind, group.low5]) + _blocks(group)


def answers() -> bytes:
    """MEC 2C: have every message answered."""
    return b"\x2c\x01"


def oda(kind: int, aid: int) -> bytes:
    """MEC 40: application `aid` speaks in groups of `kind`; announced again and again, for ever."""
    again, message, for_ever = 0b10, b"\x00\x00", 0
    return bytes([0x40, kind]) + aid.to_bytes(2, "big") + bytes([again, *message, for_ever])


def oda_group(group: Group) -> bytes:
    """MEC 42: a group of an application, once, by encoders of the older revision."""
    return bytes([0x42, group.kind, 0, group.low5]) + _blocks(group)


def oda_data(aid: int, group: Group) -> bytes:
    """MEC 46: data of an announced application, once, in a group of version A."""
    return b"\x46\x08" + aid.to_bytes(2, "big") + bytes([0, group.low5]) + _blocks(group)


def _blocks(group: Group) -> bytes:
    return group.block3.to_bytes(2, "big") + group.block4.to_bytes(2, "big")
