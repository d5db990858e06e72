"""Ports of this machine that nothing listens on."""

import errno
import random
import socket

LAST_PORT = 65_535
# Below the ports that Linux lends to outgoing connections (32768 and up,
# net.ipv4.ip_local_port_range): a port from there may be a client's by the
# time a server binds it. Shuffled, so that two processes rarely ask for the
# same one; drawn once each, so that one process never gets a port twice.
_QUIET_PORTS = range(20_000, 32_000)
_drawn = iter(random.sample(_QUIET_PORTS, len(_QUIET_PORTS)))


def any_free_port() -> int:
    """A free port on the loopback address, another one at every call.

    Raises OSError when every quiet port of this process is used up.
    """
    for port in _drawn:
        if _is_free("127.0.0.1", port):
            return port
    raise OSError("Không còn cổng nào trống")


def next_free_port(host: str, wanted: int) -> int:
    """`wanted`, or the first free port after it.

    Raises OSError when there is none, or no such address here.
    """
    for port in range(wanted, LAST_PORT + 1):
        if _is_free(host, port):
            return port
    raise OSError(f"Không còn cổng nào trống từ {wanted} trở lên")


def _is_free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as gunicorn will bind it
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
            return False
    return True
