"""What the encoder says of the station all the time, beside the codes that pass through it."""

from msgspec import Struct

ALARM = 31  # programme type "Alarm!" of the European table (IEC 62106-2)


class Programme(Struct, frozen=True, kw_only=True):
    """The station as receivers see it. Texts are ASCII (see charset)."""

    pi: int
    ps: str  # eight characters
    pty: int = 0
    tp: bool = False
    ta: bool = False
    ms: bool = False  # speech
    di: int = 0  # mono
    text: str = ""  # RadioText, at most 64
    ecc: int = 0xF2  # with the country nibble 7 of the PI: Viet Nam
    groups: tuple[int, ...] = ()  # the order in which the encoder sends groups


def sequence(free: int | None) -> tuple[int, ...]:
    """Return an order of groups that leaves those of kind `free` a place after every 0A.

    Encoders drop free groups whose kind has no place in it; 0A must come four times a second, 2A
    twice (EN 50067 §3.2), 1A carries the country.
    """
    names, text, country, clock = 0, 2 << 1, 1 << 1, 4 << 1
    if free is None:
        return (names, names, text, names, country, names, text, clock)
    return (names, free, names, free, text, names, free, names, 3 << 1, country, clock)
