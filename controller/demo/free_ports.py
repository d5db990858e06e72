"""Ports of this machine that nothing listens on."""

import errno
import socket

LAST_PORT = 65_535


def any_free_port() -> int:
    """A free port on the loopback address, chosen by the kernel."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


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
