"""Entry of the prober's child: `wire.Try` on standard input, `Checked` on standard output."""

import resource
import sys

import msgspec

from controller.ports import Checked
from controller.prober.wire import Try, Unheard

LIMITS = {
    resource.RLIMIT_AS: 512 * 2**20,  # FFmpeg and its libraries map 200 MB before a byte comes
    resource.RLIMIT_CPU: 15,  # some seconds of sound cost a tenth of one
    resource.RLIMIT_FSIZE: 0,
    resource.RLIMIT_NOFILE: 32,
}


LONGEST = 400  # characters: what a stranger's server may have a page say


def main() -> None:
    """Try one address."""
    wanted = msgspec.json.decode(sys.stdin.buffer.read(), type=Try)
    from controller.prober.hearing import hear  # noqa: PLC0415 - loaded before the limits

    for limit, most in LIMITS.items():
        resource.setrlimit(limit, (most, most))
    try:
        found = hear(wanted.address, wanted.private)
    except Unheard as error:
        found = Checked(works=False, told=str(error)[:LONGEST])
    sys.stdout.buffer.write(msgspec.json.encode(found))


if __name__ == "__main__":
    main()
