"""`python -m controller run | serve | first-code | check | audit verify | release …` and others."""

import logging
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from contract.errors import BadSettings
from controller import settings
from controller.errors import ControllerError

if TYPE_CHECKING:
    from controller.store import Store

Command = Callable[[Sequence[str]], int]


def run(_arguments: Sequence[str]) -> int:
    """Start the controller; ends on SIGTERM."""
    from controller import app  # noqa: PLC0415 - the other commands need none of its libraries

    chosen = settings.from_environment()
    os.umask(0o077)  # the database holds hashes of passwords and sessions: for our user alone
    logging.basicConfig(
        level=chosen.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    for chatty in ("apscheduler", "alembic"):  # one tells of each tick, the other of nothing new
        logging.getLogger(chatty).setLevel(logging.WARNING)
    app.run(chosen)
    return 0


def check(_arguments: Sequence[str]) -> int:
    """Tell everything that would keep the server from working."""
    found = settings.problems()
    print("\n".join(found) if found else "Cấu hình máy chủ dùng được.")
    return 1 if found else 0


def verify_audit(_arguments: Sequence[str]) -> int:
    """Follow the chain of the audit, and tell where it is broken."""
    from controller import audit  # noqa: PLC0415 - needs the database's libraries

    with closing(_store()) as store, store.reading() as session:
        faults = audit.verify(session)
    print("\n".join(faults) if faults else "Nhật ký nguyên vẹn.")
    return 1 if faults else 0


def raise_epoch(_arguments: Sequence[str]) -> int:
    """After restoring a backup: make every plan again, above those that stations hold."""
    from controller import facts  # noqa: PLC0415 - needs the database's libraries

    with closing(_store()) as store, store.writing() as session:
        epoch = facts.raise_epoch(session, datetime.now(UTC))
    print(f"Kỳ mới: {epoch}. Mọi lịch phát sẽ được gửi lại trong vòng một phút.")
    return 0


def demo(arguments: Sequence[str]) -> int:
    """Run the whole system on this machine."""
    from controller.demo.command import main as demonstrate  # noqa: PLC0415 - starts programs

    return demonstrate(arguments)


def serve(arguments: Sequence[str]) -> int:
    """Run a whole server on this machine; an empty one shows how to begin."""
    from controller.serving.command import main as keep  # noqa: PLC0415 - starts programs

    return keep(arguments)


def sandbox(arguments: Sequence[str]) -> int:
    """Run a place to practise, apart from everything that is real."""
    from controller.serving.sandbox import main as practise  # noqa: PLC0415 - starts programs

    return practise(arguments)


def first_code(_arguments: Sequence[str]) -> int:
    """A new one-time code for the first start of an empty server."""
    from controller.first_start.announcement import announce  # noqa: PLC0415 - needs the database

    with closing(_store()) as store:
        told = announce(store, settings.from_environment(), datetime.now(UTC))
    print(told or "Máy chủ đã có người dùng: quản trị viên mời người mới ở mục Người dùng.")
    return 0 if told else 1


def release(arguments: Sequence[str]) -> int:
    """Sign and publish releases of the station's agent."""
    from controller.releases.command import main as step  # noqa: PLC0415 - loads TUF

    return step(arguments)


def root(arguments: Sequence[str]) -> int:
    """Make, sign and change the offline root."""
    from controller.roots.command import main as step  # noqa: PLC0415 - reads locked keys

    return step(arguments)


COMMANDS: Mapping[tuple[str, ...], Command] = {
    ("run",): run,
    ("serve",): serve,
    ("sandbox",): sandbox,
    ("first-code",): first_code,
    ("check",): check,
    ("audit", "verify"): verify_audit,
    ("epoch", "raise"): raise_epoch,
    ("release",): release,
    ("root",): root,
    ("demo",): demo,
}


def _store() -> "Store":
    from controller.store import Store  # noqa: PLC0415 - needs the database's libraries

    return Store(settings.from_environment().database)


def main(arguments: Sequence[str]) -> int:
    """The exit code: 0 well, 1 something is wrong, 2 an unknown command."""
    for words, command in COMMANDS.items():
        if tuple(arguments[: len(words)]) == words:
            return _told(command, arguments[len(words) :])
    for words, command in COMMANDS.items():
        print(f"python -m controller {' '.join(words):14}{command.__doc__}", file=sys.stderr)
    return 2


def _told(command: Command, arguments: Sequence[str]) -> int:
    try:
        return command(arguments)
    except BadSettings as error:
        print(error, file=sys.stderr)
    except (ControllerError, ValueError, OSError) as error:
        print(f"Lỗi: {error}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
