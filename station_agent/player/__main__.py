"""Entry of the player process: `python -m station_agent.player --fd N --sink SINK …`.

Started by `client.PlayerProcess`, which holds the other end of the socket `N`. When that end is
closed, whatever the reason, everything fades out and the process exits.
"""

import argparse
import ctypes
import logging
import os
import signal
import socket
import sys
from functools import partial
from pathlib import Path

from contract.states import Profile

PR_SET_PDEATHSIG = 1  # linux/prctl.h


def main(arguments: list[str]) -> None:
    """Play until the agent quits or is gone."""
    options = _options(arguments)
    logging.basicConfig(level=logging.INFO, format="player: %(levelname)s %(message)s")
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the agent: it decides
    # NumPy would start a thread, with its memory, for each core; adding blocks needs none.
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    _play(socket.socket(fileno=options.fd), options)


def _play(connection: socket.socket, options: argparse.Namespace) -> None:
    from station_agent.player.engine import Engine  # noqa: PLC0415 - NumPy, after the environment
    from station_agent.player.incoming import Incoming  # noqa: PLC0415
    from station_agent.player.opening import open_source  # noqa: PLC0415
    from station_agent.player.outgoing import Outgoing  # noqa: PLC0415
    from station_agent.player.shaping import shaped  # noqa: PLC0415
    from station_agent.player.sinks import sink_opener  # noqa: PLC0415
    from station_agent.player.wire import Ready  # noqa: PLC0415

    outgoing = Outgoing(connection)
    incoming = Incoming(connection, outgoing.put)
    signal.signal(signal.SIGTERM, lambda _number, _frame: incoming.hang_up())
    # Should anything keep the agent's end of the socket open after its death, the kernel tells.
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    bare = sink_opener(options.sink)
    inputs = dict(each.split("=", 1) for each in options.input)
    engine = Engine(
        lambda profile: shaped(bare, profile or options.profile)(),
        partial(open_source, inputs),
        outgoing.put,
        options.capture,
    )
    outgoing.put(Ready(pid=os.getpid()))
    while not engine.over:
        for command in incoming.take(engine.rest_s()):
            engine.obey(command)
        engine.turn()
    outgoing.close()


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="station_agent.player", description=__doc__)
    parser.add_argument("--fd", type=int, required=True, help="inherited Unix socket")
    parser.add_argument("--sink", required=True, help="file:DIR, null or alsa:DEVICE")
    parser.add_argument("--profile", type=Profile, default=Profile.FLAT, help="flat, horn or fm")
    parser.add_argument("--capture", type=Path, help="keep what each run sent out, as DIR/RUN.wav")
    parser.add_argument(
        "--input", action="append", default=[], help="NAME=alsa:DEVICE or NAME=file:PATH"
    )
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
