"""Starts the board: on a chip by itself, on a computer as `micropython -m firmware_stubs.main`."""

import sys

from firmware_stubs.loop import Loop

TYPE_CHECKING = False
if TYPE_CHECKING:
    from firmware_stubs.hal import Hal

USAGE = "micropython -m firmware_stubs.main --port PTY --history FILE"


def board_of(platform: str, words: list[str]) -> "Hal":
    """Return the board that this is. Raises SystemExit when the words do not say enough."""
    if platform == "rp2":
        from firmware_stubs.hal_rp2 import rp2_hal  # noqa: PLC0415  only there are its chips

        return rp2_hal()
    if platform == "esp32":
        from firmware_stubs.hal_esp32 import esp32_hal  # noqa: PLC0415  same

        return esp32_hal()
    from firmware_stubs.hal_sim import SimHal  # noqa: PLC0415  same

    options = {words[n]: words[n + 1] for n in range(0, len(words) - 1, 2)}
    if sorted(options) != ["--history", "--port"]:
        print(USAGE)
        raise SystemExit(2)
    return SimHal(options["--port"], options["--history"])


def main() -> None:
    """Run for ever."""
    loop = Loop(board_of(sys.platform, sys.argv[1:]))
    while True:
        loop.turn()


if __name__ == "__main__":
    main()
