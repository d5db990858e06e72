"""The whole system with real parts, brought up as the demonstration does."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from controller.demo import once, sample
from controller.demo.free_ports import any_free_port
from controller.demo.layout import Layout, fresh_secrets
from controller.demo.road import Road, of_commune
from controller.demo.seeding import area_id
from controller.demo.village import Village, running
from controller.keys.files import FileSigner
from controller.settings import Settings

ROOT = Path(__file__).parents[2]
NOTICE = ROOT / "tests" / "system" / "notice.txt"
STATIONS = 2  # enough for one to fail beside one that does not; each costs two processes


@pytest.fixture(scope="session")
def headless(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The outcome of a headless run of a short notice on three stations."""
    data = tmp_path_factory.mktemp("headless")
    outcome = data / "outcome.json"
    command = [sys.executable, "-m", "controller", "demo", "--once", "--stations", "3"]
    command += ["--notice", str(NOTICE), "--json", str(outcome), "--data", str(data / "var")]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    found: dict[str, Any] = json.loads(outcome.read_text())
    return found


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Village]:
    """A running village of two stations, with nothing on the air."""
    layout = Layout(
        settings=structs.replace(Settings(), data=tmp_path_factory.mktemp("village")),
        web_port=any_free_port(),
        broker_port=any_free_port(),
        secrets=fresh_secrets(),
    )
    wanted = sample.stations(in_suoi_may=STATIONS, in_na_may=0)
    with running(layout, wanted, "null") as made:
        yield made


@pytest.fixture(scope="module")
def road(village: Village) -> Road:
    with village.store.reading() as session:
        area = area_id(session, sample.SUOI_MAY)
    signer = FileSigner(village.layout.settings.keys)
    return of_commune(village.store, signer, area, once.clock)
