"""Entry of the child that reads a document: its bytes on standard input, `Extracted` as JSON."""

import resource
import sys

import msgspec

from controller.papers.wire import Extracted, Trouble

LIMITS = {
    resource.RLIMIT_AS: 600 * 2**20,
    resource.RLIMIT_CPU: 20,  # 60 dense pages take 4
    resource.RLIMIT_FSIZE: 0,
    resource.RLIMIT_NOFILE: 32,
}


def main() -> None:
    """Read one document."""
    content = sys.stdin.buffer.read()
    from controller.papers.extract import extract  # noqa: PLC0415 - loaded before the limits

    for limit, most in LIMITS.items():
        resource.setrlimit(limit, (most, most))
    try:
        found = extract(content)
    except Exception:
        found = Extracted(trouble=Trouble.UNREADABLE)
    sys.stdout.buffer.write(msgspec.json.encode(found))


if __name__ == "__main__":
    main()
