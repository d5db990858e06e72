"""Entry of the receiving process: `python -m station_agent.relay URL`, samples to standard output.

16-bit little-endian mono at 48 kHz. Exits with 1 and a sentence for people when the stream ends.
"""

import ctypes
import resource
import signal
import sys

from station_agent.relay.errors import StreamError

PR_SET_PDEATHSIG = 1  # linux/prctl.h
MEMORY = 512 * 2**20  # of addresses: FFmpeg and its libraries map 200 MB before a byte comes
FILES = 32  # libraries, one socket and three pipes


def main(url: str) -> None:
    """Receive until the stream, or the player that wants it, is gone."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    from station_agent.relay.decoding import samples_of  # noqa: PLC0415 - loaded before the limits
    from station_agent.relay.opening import open_stream  # noqa: PLC0415 - likewise

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_NOFILE, (FILES, FILES))
    try:
        for data in samples_of(open_stream(url)):
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
    except BrokenPipeError:
        return
    except StreamError as error:
        sys.exit(f"tiếp sóng: {error}")
    sys.exit("tiếp sóng: nguồn đã ngắt")


if __name__ == "__main__":
    main(sys.argv[1])
