"""Entry of the child that reads a workbook: its bytes on standard input, `Rows` as JSON."""

import resource
import sys

import msgspec

from controller.sheets.wire import Rows, Trouble

LIMITS = {
    resource.RLIMIT_AS: 700 * 2**20,
    resource.RLIMIT_CPU: 20,  # 5,000 rows take one
    resource.RLIMIT_FSIZE: 0,
    resource.RLIMIT_NOFILE: 32,
}


def main() -> None:
    """Read one workbook."""
    content = sys.stdin.buffer.read()
    from controller.sheets.workbook import rows_of  # noqa: PLC0415 - loaded before the limits

    for limit, most in LIMITS.items():
        resource.setrlimit(limit, (most, most))
    try:
        found = rows_of(content)
    except Exception:
        found = Rows(trouble=Trouble.UNREADABLE)
    sys.stdout.buffer.write(msgspec.json.encode(found))


if __name__ == "__main__":
    main()
