"""A short visit to our own broker, by hand: to see whether it answers, or to leave a nudge.

MQTT 5.0 (OASIS Standard, 7 March 2019) §3.1 to §3.3 and §3.14.
"""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

from contract.topics import NUDGE

CONNACK = 0x20
DISCONNECT = b"\xe0\x00"  # normal
ANSWER_WITHIN_S = 2.0  # a healthy broker on this machine takes about a millisecond


def answers(port: int, user: str, secret: str) -> bool:
    """Whether the broker on the loopback `port` lets `user` in, now."""
    try:
        with _visit(port, user, secret):
            return True
    except OSError:
        return False


def nudge(port: int, user: str, secret: str) -> None:
    """Ask the controller to look at its rows now; harmless when the broker is down."""
    try:
        with _visit(port, user, secret) as link:
            link.sendall(nudge_packet())
    except OSError:
        return


def connect_packet(user: str, secret: str) -> bytes:
    """A CONNECT with a clean start, keep alive 10 s, no will; the broker names the client."""
    flags = 0x80 | 0x40 | 0x02  # user name, password, clean start
    body = _text("MQTT") + bytes((5, flags, 0, 10, 0)) + _text("") + _text(user) + _text(secret)
    return _packet(0x10, body)


def nudge_packet() -> bytes:
    """A PUBLISH at QoS 0, not retained, without properties or payload."""
    return _packet(0x30, _text(NUDGE) + b"\x00")


@contextmanager
def _visit(port: int, user: str, secret: str) -> Iterator[socket.socket]:
    """A connection that the broker has accepted. Raises OSError."""
    with socket.create_connection(("127.0.0.1", port), ANSWER_WITHIN_S) as link:
        link.settimeout(ANSWER_WITHIN_S)
        link.sendall(connect_packet(user, secret))
        head = link.recv(4)  # type, length, acknowledge flags, reason code
        if len(head) < 4 or head[0] != CONNACK or head[3] != 0:
            raise ConnectionRefusedError(f"the broker refuses {user}")
        yield link
        link.sendall(DISCONNECT)


def _packet(kind: int, body: bytes) -> bytes:
    if len(body) > 127:
        raise ValueError("too long for a one-byte length")
    return bytes((kind, len(body))) + body


def _text(text: str) -> bytes:
    raw = text.encode()
    return len(raw).to_bytes(2, "big") + raw
