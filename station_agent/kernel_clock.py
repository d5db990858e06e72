"""What the kernel says of its clock: how wrong it can be while a time server disciplines it."""

import ctypes

STA_UNSYNC = 0x0040
TIME_ERROR = 5
"""adjtimex(2): the clock is not synchronised."""

_LONGS = 40  # more than any struct timex has behind the fields that we read


class _Timex(ctypes.Structure):
    """The beginning of `struct timex` of Linux (sys/timex.h)."""

    _fields_ = (
        ("modes", ctypes.c_uint),
        ("offset", ctypes.c_long),
        ("freq", ctypes.c_long),
        ("maxerror", ctypes.c_long),
        ("esterror", ctypes.c_long),
        ("status", ctypes.c_int),
        ("rest", ctypes.c_long * _LONGS),
    )


def error_ms() -> int | None:
    """The most that the wall clock is wrong by, in milliseconds, rounded up.

    None when the kernel follows no time server, or cannot be asked.
    """
    found = _Timex()
    try:
        answer = ctypes.CDLL(None, use_errno=True).adjtimex(ctypes.byref(found))
    except (OSError, AttributeError):
        return None
    if answer < 0 or answer == TIME_ERROR or found.status & STA_UNSYNC:
        return None
    return -(-int(found.maxerror) // 1000)
