"""A PostgreSQL cluster of the tests' own: made when first asked for, stopped at the end."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

INSTALL = "PostgreSQL 15 or newer is missing: apt-get install postgresql"


def _bin() -> Path:
    on_path = shutil.which("initdb")
    found = [Path(on_path).parent] if on_path else []
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))
    if not found:
        raise AssertionError(INSTALL)
    return found[-1]


def _unprivileged() -> dict[str, object]:
    """PostgreSQL refuses root: then its own user runs it, or nobody."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = names.get("postgres") or names["nobody"]
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


@contextmanager
def cluster() -> Iterator[str]:
    """The SQLAlchemy URL of the database of a fresh cluster, on a socket in /tmp."""
    with tempfile.TemporaryDirectory(prefix="tt-pg-", dir="/tmp") as folder:
        # /tmp keeps the socket's path below its limit of 107 bytes
        home = Path(folder)
        identity = _unprivileged()
        if identity:
            os.chown(home, int(str(identity["user"])), int(str(identity["group"])))
        home.chmod(0o755)
        data = home / "data"
        _run(home, "initdb", "-D", data, "-U", "tt", "-A", "trust", "-E", "UTF8", "--no-sync")
        # a crash of the tests loses nothing worth keeping: no fsync
        options = f"-c listen_addresses= -k {home} -F -c jit=off -c lock_timeout=20s"
        # whoever may connect is trusted, and a superuser runs programs: nobody else may
        options += " -c unix_socket_permissions=0700"
        start = ("-D", data, "-o", options, "-l", home / "log")
        _run(home, "pg_ctl", "start", "-w", *start)
        try:
            yield f"postgresql+psycopg://tt@/postgres?host={home}"
        finally:
            _run(home, "pg_ctl", "stop", "-w", "-m", "immediate", "-D", data)


def _run(home: Path, program: str, *arguments: object) -> None:
    command = [str(_bin() / program), *map(str, arguments)]
    done = subprocess.run(
        command,
        cwd=home,
        env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TZ": "UTC"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL if program == "pg_ctl" else subprocess.PIPE,
        stderr=subprocess.STDOUT if program != "pg_ctl" else subprocess.DEVNULL,
        check=False,
        **_unprivileged(),  # type: ignore[call-overload]  # its keys are Popen's own
    )
    if done.returncode:
        log = home / "log"
        detail = log.read_text() if log.exists() else (done.stdout or b"").decode()
        raise AssertionError(f"{program} failed: {detail}")
