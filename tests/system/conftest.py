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
from controller.demo.layout import on_free_ports
from controller.demo.road import Road
from controller.demo.village import Village, running
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
    layout = on_free_ports(structs.replace(Settings(), data=tmp_path_factory.mktemp("village")))
    wanted = sample.stations(in_suoi_may=STATIONS, in_na_may=0)
    with running(layout, wanted, "null") as made:
        yield made


@pytest.fixture(scope="module")
def road(village: Village) -> Road:
    return once.road_of(village)
