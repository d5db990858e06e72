"""A station as a process, with papers and no password: it reaches us, and nobody reaches it."""

import json
import os
import subprocess
import sys
import time
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import msgspec
import pytest

from contract.claims import Issued
from contract.messages import Order
from controller.identity.certificates import LIFE
from station_agent.identity.papers import Papers as Folder
from tests.controller.broker.conftest import SECRETS
from tests.controller.broker.running import Client
from tests.controller.identity.test_door import OURS, Place
from tests.fakes.issuer import Issuer

ROOT = Path(__file__).parents[3]
NOW = datetime.now(UTC)
ORDERS = Order.__annotations__["do"]
PATIENCE_S = 20.0
LISTEN = "0A"  # proc(5), the state of a socket in /proc/net/tcp


@pytest.fixture
def place(tmp_path):
    with ExitStack() as stack:
        yield Place(tmp_path, stack)


def dress(place, folder):
    """The papers of a claimed box, as files."""
    made = place.papers(OURS)
    own = Folder(folder)
    folder.mkdir()
    made.key.rename(folder / "box.key")
    own.keep_authority(place.authority.pem)
    own.keep(
        Issued(
            station=OURS,
            certificate=made.certificate.read_text(),
            begins_at=NOW,
            ends_at=NOW + LIFE,
            broker_url=f"mqtts://127.0.0.1:{place.port}",
            media_url="https://127.0.0.1:1",
        )
    )


def family(pid):
    """A process and all that it has started."""
    found = [pid]
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(path.read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError):
            continue
        if parent == pid:
            found += family(int(path.parent.name))
    return found


def listening(pid):
    inodes = {
        str(file.readlink())
        for one in family(pid)
        for file in Path(f"/proc/{one}/fd").iterdir()
        if file.is_symlink()
    }
    rows = [
        line.split()
        for kind in ("tcp", "tcp6")
        for line in Path(f"/proc/net/{kind}").read_text().splitlines()[1:]
    ]
    return [row[1] for row in rows if row[3] == LISTEN and f"socket:[{row[9]}]" in inodes]


def test_a_claimed_station_comes_online_and_listens_on_nothing(place, tmp_path):
    dress(place, tmp_path / "papers")
    (tmp_path / "trust.json").write_bytes(msgspec.json.encode(Issuer().trust))
    environ = {n: v for n, v in os.environ.items() if not n.startswith("TT_")}
    environ |= {
        "TT_STATION": OURS,
        "TT_BROKER_URL": f"mqtts://127.0.0.1:{place.port}",
        "TT_MEDIA_URL": "https://127.0.0.1:1",
        "TT_IDENTITY": str(tmp_path / "papers"),
        "TT_TRUST": str(tmp_path / "trust.json"),
        "TT_DATA": str(tmp_path / "data"),
    }
    server = Client(place.broker.port, "controller", SECRETS["controller"], "controller")
    server.subscribe(f"tt/1/station/{OURS}/state")
    command = [sys.executable, "-m", "station_agent", "run"]
    process = subprocess.Popen(command, cwd=ROOT, env=environ)
    try:
        until = time.monotonic() + PATIENCE_S
        while not json.loads(server.got.get(timeout=PATIENCE_S)[1])["online"]:
            assert time.monotonic() < until
        assert listening(process.pid) == []
    finally:
        process.terminate()
        process.wait()
        server.close()


NAME_LETTERS = 40
"""The longest id; nothing that could be run is told in so few letters of an id."""


def strings_in(kind):
    """Every string that a message of this type can hold."""
    if isinstance(kind, msgspec.inspect.StrType):
        yield kind
    for part in (*getattr(kind, "types", ()), *getattr(kind, "item_types", ())):
        yield from strings_in(part)
    if isinstance(kind, msgspec.inspect.StructType):
        for field in kind.fields:
            yield from strings_in(field.type)


def test_no_order_carries_a_text_that_could_be_run():
    kinds = [msgspec.inspect.type_info(action) for action in get_args(ORDERS)]
    assert kinds
    found = [text for kind in kinds for text in strings_in(kind)]
    assert all(text.pattern or (text.max_length or 1e9) <= NAME_LETTERS for text in found)
