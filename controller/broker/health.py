"""Whether a broker really answers: one MQTT 5 CONNECT, and its CONNACK read back.

MQTT 5.0 (OASIS Standard, 7 March 2019) §3.1 and §3.2.
"""

import socket

CONNACK = 0x20
ANSWER_WITHIN_S = 2.0  # a healthy broker on this machine takes about a millisecond


def answers(port: int, user: str, secret: str) -> bool:
    """Whether the broker on the loopback `port` lets `user` in, now."""
    try:
        with socket.create_connection(("127.0.0.1", port), ANSWER_WITHIN_S) as link:
            link.settimeout(ANSWER_WITHIN_S)
            link.sendall(connect_packet(user, secret))
            head = link.recv(4)  # type, length, acknowledge flags, reason code
            link.sendall(b"\xe0\x00")  # DISCONNECT, normal
    except OSError:
        return False
    return len(head) == 4 and head[0] == CONNACK and head[3] == 0


def connect_packet(user: str, secret: str) -> bytes:
    """A CONNECT with a clean start, keep alive 10 s, no will; the broker names the client."""
    flags = 0x80 | 0x40 | 0x02  # user name, password, clean start
    body = _text("MQTT") + bytes((5, flags, 0, 10, 0)) + _text("") + _text(user) + _text(secret)
    if len(body) > 127:
        raise ValueError("user name and secret are too long for a one-byte length")
    return bytes((0x10, len(body))) + body


def _text(text: str) -> bytes:
    raw = text.encode()
    return len(raw).to_bytes(2, "big") + raw
