"""Tries a sink: `python -m station_agent.player.sinks SINK` opens it, silently, and lets it go.

Exit code 0 when it works; else 1, and why on standard output.
"""

import sys

from station_agent.player.errors import SinkError
from station_agent.player.sinks import sink_opener


def main(spec: str) -> int:
    """The exit code."""
    try:
        sink_opener(spec)().close()
    except SinkError as error:
        print(error)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
