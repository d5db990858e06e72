"""Entry of the receiving process: `python -m station_agent.relay stream URL
[HOST …]`, or `input DEVICE`.

Gives 16-bit little-endian mono at 48 kHz on standard output. Exits with 1 and a sentence for
people when the stream ends.
"""

import ctypes
import resource
import signal
import sys
from collections.abc import Iterator

from station_agent.relay.errors import StreamError

PR_SET_PDEATHSIG = 1  # linux/prctl.h
MEMORY = 512 * 2**20  # of addresses: FFmpeg and its libraries map 200 MB before a byte comes
FILES = 32  # libraries, one socket or card, and three pipes


def main(kind: str, where: str, *hosts: str) -> None:
    """Receive until the stream, or the player that wants it, is gone."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    blocks = _captured(where) if kind == "input" else _received(where, hosts)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_NOFILE, (FILES, FILES))
    try:
        for data in blocks:
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
    except BrokenPipeError:
        return
    except StreamError as error:
        sys.exit(str(error))
    sys.exit("Nguồn đã ngắt")


def _captured(device: str) -> Iterator[bytes]:
    from station_agent.relay.capture import captured  # noqa: PLC0415 - nothing of FFmpeg with it

    return captured(device)


def _received(url: str, hosts: tuple[str, ...]) -> Iterator[bytes]:
    from station_agent.relay.decoding import received  # noqa: PLC0415 - loaded before the limits

    return received(url, hosts)


if __name__ == "__main__":
    main(*sys.argv[1:])
