"""Our own Mosquitto in its own directory: made ready, told who may connect, mended, reloaded."""

import logging
import os
import shutil
import signal
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from controller.broker.accounts import Account, access_rules, password_lines
from controller.broker.configuration import ACCESS, PASSWORDS, StationDoor, configuration
from controller.broker.errors import BrokerMissing
from controller.broker.owner import make_directory, owner_for, write_secret
from controller.station_secret import hash_secret

log = logging.getLogger(__name__)

PROGRAM = "mosquitto"
CONFIGURATION = "mosquitto.conf"
DATABASE = "mosquitto.db"
SERVERS = "servers"
"""The password lines of the server's own processes, kept apart from the stations'."""

SYSTEM_DIRECTORIES = ("/usr/sbin", "/usr/local/sbin")
"""Where Debian puts it; only root's PATH looks there."""


def prepare(
    directory: Path,
    port: int,
    servers: Mapping[str, str],
    accounts: Sequence[Account],
    door: StationDoor | None = None,
) -> None:
    """Write all that the broker reads, but what its stations' door needs (`furnish`).

    `servers` is user to secret of the server's processes.
    """
    owner = make_directory(directory)
    lines = password_lines((user, hash_secret(secret)) for user, secret in servers.items())
    write_secret(directory / SERVERS, lines, owner)
    write_secret(directory / CONFIGURATION, configuration(directory, port, door), owner)
    admit(directory, accounts)


def admit(directory: Path, accounts: Sequence[Account]) -> None:
    """Write who may connect; a running broker follows when it is told to `reload`."""
    owner = owner_for(directory)
    servers = (directory / SERVERS).read_text()
    lines = password_lines((account.user, account.secret_hash) for account in accounts)
    write_secret(directory / PASSWORDS, servers + lines, owner)
    write_secret(directory / ACCESS, access_rules(accounts), owner)


def furnish(directory: Path, files: Mapping[str, str]) -> None:
    """Write what the stations' door needs: its key, certificates and list of revoked ones."""
    owner = owner_for(directory)
    for name, text in files.items():
        write_secret(directory / name, text, owner)


def own_port(directory: Path) -> int:
    """The loopback port of the server's own processes."""
    lines = (directory / CONFIGURATION).read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.endswith(" 127.0.0.1"))


def command(directory: Path) -> list[str]:
    """What starts the broker in the foreground. Raises BrokerMissing."""
    path = os.pathsep.join((os.environ.get("PATH", os.defpath), *SYSTEM_DIRECTORIES))
    found = shutil.which(PROGRAM, path=path)
    if found is None:
        raise BrokerMissing
    return [found, "-c", str(directory / CONFIGURATION)]


def reload(pid: int) -> None:
    """Let the running broker read its accounts again (SIGHUP); a dead one will at its start.

    Another process that has its number by now gets no signal: it might end by it.
    """
    try:
        if Path(f"/proc/{pid}/comm").read_text() == f"{PROGRAM}\n":
            os.kill(pid, signal.SIGHUP)
            return
    except (FileNotFoundError, ProcessLookupError):
        pass
    log.info("broker %d is gone; its next start reads the new accounts", pid)


def refused_its_database(said: str) -> bool:
    """Whether the broker gave up because its database is damaged (mosquitto issue 3160).

    `said` is what it wrote in this start. A power cut can leave a file of zero bytes.
    """
    return "Couldn't open database" in said


def move_database_aside(directory: Path, now: datetime) -> Path | None:
    """Set a damaged database aside, kept for a person to look at; None when there is none.

    The controller publishes its retained messages again, stations report again.
    """
    database = directory / DATABASE
    if not database.exists():
        return None
    aside = directory / f"{DATABASE}.damaged-{now:%Y%m%dT%H%M%SZ}"
    return database.replace(aside)
