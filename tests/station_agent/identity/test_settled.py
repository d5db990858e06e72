"""What a claim writes into the settings: values and nothing else, readable by whom they were."""

import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from contract.claims import Issued
from station_agent.identity.settled import settle

NOW = datetime.now(UTC)
TOLD = Issued(
    station="loa",
    certificate="",
    begins_at=NOW,
    ends_at=NOW,
    broker_url="mqtts://may-chu:8883",
    media_url="https://may-chu:8443",
)


def test_lines_of_people_stay_and_old_values_go(tmp_path: Path) -> None:
    file = tmp_path / "station.toml"
    file.write_text('# của tôi\nstation = "cũ"\nvolume = 70\n')
    settle(file, TOLD, tmp_path)
    assert tomllib.loads(file.read_text()) == {
        "station": "loa",
        "volume": 70,
        "broker_url": TOLD.broker_url,
        "media_url": TOLD.media_url,
        "identity": str(tmp_path),
        "updates_url": "https://may-chu:8443/cap-nhat/kho",
    }
    assert "# của tôi" in file.read_text()


@pytest.mark.parametrize(
    "word",
    ['https://x"\ntrust = "/var/lib/tt-station/identity/box.crt', "a\\", 'a"""', "a\r\nsink='x'"],
)
def test_a_server_cannot_write_settings_of_its_own(tmp_path: Path, word: str) -> None:
    file = tmp_path / "station.toml"
    file.write_text('trust = "/etc/tt-station/trust.json"\n')
    settle(file, replace(TOLD, media_url=word), tmp_path)
    found = tomllib.loads(file.read_text())
    assert found["trust"] == "/etc/tt-station/trust.json"
    assert found["media_url"] == word
    told = {"station", "broker_url", "media_url", "identity", "updates_url"}
    assert set(found) == {"trust"} | told


def test_releases_come_through_the_new_door_or_from_where_people_said(tmp_path: Path) -> None:
    file = tmp_path / "station.toml"
    file.write_text('updates_url = "https://cu:8443/cap-nhat/kho"\n')
    settle(file, TOLD, tmp_path)
    assert tomllib.loads(file.read_text())["updates_url"] == "https://may-chu:8443/cap-nhat/kho"
    file.write_text('updates_url = "https://kho-rieng/tt"\n')
    settle(file, TOLD, tmp_path)
    assert tomllib.loads(file.read_text())["updates_url"] == "https://kho-rieng/tt"


def test_settings_with_a_password_stay_closed(tmp_path: Path) -> None:
    file = tmp_path / "station.toml"
    file.write_text('secret = "bí mật"\n')
    file.chmod(0o640)
    settle(file, TOLD, tmp_path)
    assert file.stat().st_mode & 0o777 == 0o640
