"""`tt-station`: run a station, or say what stands in its way."""

import argparse
import logging
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from contract.errors import BadSettings
from contract.settings import FILE_VARIABLE, load
from station_agent import app, check
from station_agent.errors import StationError
from station_agent.settings import Settings

OK, FAILED, BAD_SETTINGS = 0, 1, 2
log = logging.getLogger("station_agent")


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the command line says; the exit code is 0, 1 (failed) or 2 (bad settings)."""
    arguments = _parser().parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    try:
        settings = load(Settings, os.environ, arguments.config or _file())
    except BadSettings as error:
        sys.stderr.writelines(f"{line}\n" for line in str(error).splitlines())
        return BAD_SETTINGS
    command: Callable[[Settings], int] = arguments.command
    return command(settings)


def run(settings: Settings) -> int:
    """Run until told to stop; an error ends the process, for the supervisor to start it again."""
    try:
        app.run(settings)
    except StationError as error:
        log.critical("%s", error)
        return FAILED
    except Exception:
        log.critical("unexpected error", exc_info=True)
        return FAILED
    return OK


def explain(settings: Settings) -> int:
    """Try everything that a station needs."""
    found = check.problems(settings)
    sys.stdout.writelines(f"{line}\n" for line in found or ["Mọi thứ sẵn sàng."])
    return FAILED if found else OK


def _file() -> Path | None:
    named = os.environ.get(FILE_VARIABLE)
    return Path(named) if named else None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tt-station", description="Cụm loa truyền thanh")
    commands = parser.add_subparsers(required=True)
    for name, command, words in (
        ("run", run, "chạy cụm loa"),
        ("check", explain, "kiểm tra cài đặt và các kết nối"),
    ):
        one = commands.add_parser(name, help=words)
        one.add_argument("--config", type=Path, metavar="FILE", help="tệp cài đặt TOML")
        one.set_defaults(command=command)
    return parser


if __name__ == "__main__":
    sys.exit(main())
