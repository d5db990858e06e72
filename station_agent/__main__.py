"""`tt-station`: run a station, or say what stands in its way."""

import argparse
import logging
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from contract.errors import BadSettings
from contract.settings import FILE_VARIABLE, load
from station_agent import app, check
from station_agent.checks.finding import Finding, Level
from station_agent.diagnosis import recent_log
from station_agent.errors import StationError
from station_agent.identity import server
from station_agent.identity.papers import Papers
from station_agent.identity.settled import settle
from station_agent.settings import Settings

OK, FAILED, BAD_SETTINGS = 0, 1, 2
CONFIG, PAPERS = Path("/etc/tt-station/station.toml"), Path("/var/lib/tt-station/identity")
log = logging.getLogger("station_agent")


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the command line says; the exit code is 0, 1 (failed) or 2 (bad settings)."""
    arguments = _parser().parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    recent_log.begin()
    if arguments.command == claim:  # before there are any settings
        return claim(arguments)
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
    found = check.findings(settings)
    sys.stdout.writelines(f"{line}\n" for line in [*found, check.verdict(found)])
    return _outcome(found)


def explain_to_programs(settings: Settings) -> int:
    """The same as JSON."""
    found = check.findings(settings)
    sys.stdout.write(msgspec.json.encode(found).decode() + "\n")
    return _outcome(found)


def _outcome(found: list[Finding]) -> int:
    return FAILED if any(finding.level is Level.BAD for finding in found) else OK


def claim(arguments: argparse.Namespace) -> int:
    """Become the station that a code was made for, and write so into the settings."""
    papers = Papers(arguments.papers)
    try:
        code = arguments.code or arguments.code_file.read_text(encoding="utf-8")
        scanned, _, word = code.strip().rpartition("#")  # a QR code says https://máy:cổng#MÃ
        issued = server.claim(arguments.server or scanned, word, papers)
        settle(arguments.config, issued, arguments.papers)
    except (StationError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return FAILED
    sys.stdout.write(f"Hộp này là cụm loa {issued.station}, đã ghi vào {arguments.config}.\n")
    return OK


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
        if command is explain:
            one.add_argument(
                "--json", dest="command", action="store_const", const=explain_to_programs
            )
    claiming = commands.add_parser("claim", help="nhận hộp này làm một cụm loa")
    given = claiming.add_mutually_exclusive_group(required=True)
    given.add_argument("code", nargs="?", metavar="MÃ", help="mã in trên trang của cụm loa")
    given.add_argument("--code-file", type=Path, metavar="FILE", help="tệp chứa mã, như trên USB")
    claiming.add_argument("--server", metavar="URL", help="https://máy:cổng, nếu mã không nói")
    claiming.add_argument("--config", type=Path, default=CONFIG, metavar="FILE")
    claiming.add_argument("--papers", type=Path, default=PAPERS, metavar="DIR")
    claiming.set_defaults(command=claim)
    return parser


if __name__ == "__main__":
    sys.exit(main())
