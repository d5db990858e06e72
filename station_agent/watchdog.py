"""What feeds systemd's watchdog: a loop that has seen its parts answer, and nothing else.

sd_notify(3): datagrams of `NAME=value` lines to NOTIFY_SOCKET. Without that variable nothing is
sent. A village without network must not reboot for ever: the link proves itself by being looked
after in the same loop (`Link.watch`), not by reaching anybody.
"""

import os
import socket
from collections.abc import Callable, Mapping
from contextlib import suppress

from station_agent.player_care import ANSWERS_WITHIN_NS
from station_agent.state import AgentState

START_NS = 60_000_000_000
"""After the start the player has so long to say its first word: the slowest box loads in ten."""

RIG_NS = 20_000_000_000
"""A round of the rig's thread takes its slowest exchange (2 s), several when a line is dead."""


def missing(state: AgentState, rig_ns: int | None, woke_ns: int, now_ns: int) -> str:
    """The part that has not answered for too long, for people; empty when all have.

    `rig_ns`: when the rig's thread last went round, None without a rig. Instants are
    CLOCK_MONOTONIC nanoseconds.
    """
    if state.player_since_ns is None or state.player_heard_ns + ANSWERS_WITHIN_NS < now_ns:
        return "" if now_ns < woke_ns + START_NS else "bộ phát không trả lời"
    if rig_ns is not None and rig_ns + RIG_NS < now_ns:
        return "bộ điều khiển thiết bị không trả lời"
    return ""


def status(state: AgentState, trouble: str) -> str:
    """One line for `systemctl status`."""
    if trouble:
        return f"Lỗi: {trouble}"
    if state.plan is None:
        return "Chưa có lịch phát"
    if state.clock_unsure:
        return "Chờ giờ đúng: chỉ phát khẩn cấp"
    if state.test is not None:
        return "Đang thử loa"
    sounding = [airing for airing in state.open_airings if airing.live]
    if sounding:
        return f"Đang phát {sounding[0].id}"
    return f"Sẵn sàng, lịch phát số {state.plan.plan.seq}"


class Watchdog:
    """Tells systemd that we are ready, well, and what we do. Call it from the loop's thread."""

    def __init__(self, send: Callable[[bytes], None], woke_ns: int) -> None:
        self._send, self._woke_ns = send, woke_ns
        self._ready, self._status = False, ""
        self._fed_ns = 0

    def look(self, state: AgentState, rig_ns: int | None, now_ns: int) -> None:
        """Feed it, at most once a second, if every part has answered."""
        if now_ns - self._fed_ns < 1_000_000_000:
            return
        trouble = missing(state, rig_ns, self._woke_ns, now_ns)
        lines = [] if trouble else ["WATCHDOG=1"]
        if not trouble and not self._ready and state.player_heard_ns > (state.player_since_ns or 0):
            self._ready = True
            lines.append("READY=1")
        if (said := status(state, trouble)) != self._status:
            self._status = said
            lines.append(f"STATUS={said}")
        if lines:
            self._send("\n".join(lines).encode())
        self._fed_ns = now_ns

    def leave(self) -> None:
        """The agent stops in order."""
        self._send(b"STOPPING=1\nSTATUS=" + "Đang dừng".encode())


def notifier(environ: Mapping[str, str] = os.environ) -> Callable[[bytes], None]:
    """What sends to the service manager that started us; without one it sends nothing."""
    address = environ.get("NOTIFY_SOCKET", "")
    if not address:
        return to_nobody
    if address.startswith("@"):
        address = "\0" + address[1:]  # an abstract socket (unix(7))

    def send(message: bytes) -> None:
        # the manager may be busy or gone: it will see that we do not feed it
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as opened:
            opened.sendto(message, socket.MSG_DONTWAIT, address)

    return send


def to_nobody(_message: bytes) -> None:
    """There is no service manager."""
