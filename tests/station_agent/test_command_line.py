"""`tt-station check` says everything that is wrong, at once and in words for people."""

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from contract.errors import BadSettings
from contract.settings import load
from station_agent.__main__ import BAD_SETTINGS, FAILED, OK, main
from station_agent.settings import Settings
from tests.fakes.broker import Broker, free_port
from tests.fakes.issuer import STATION, Issuer
from tests.fakes.media import MediaServer

ROOT = Path(__file__).resolve().parents[2]


def write(folder: Path, **changes: str) -> Path:
    values = {
        "station": STATION,
        "broker_url": "mqtt://127.0.0.1:1",
        "media_url": "http://127.0.0.1:1/media",
        "secret": "bí mật",
        "trust": str(folder / "trust.json"),
        "data": str(folder / "data"),
        **changes,
    }
    file = folder / "station.toml"
    file.write_text("".join(f'{key} = "{value}"\n' for key, value in values.items()))
    return file


def check(file: Path) -> int:
    return main(["check", "--config", str(file)])


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TT_CONFIG", raising=False)


def test_a_station_with_all_it_needs_is_ready(
    tmp_path: Path,
    broker: Broker,
    media: MediaServer,
    issuer: Issuer,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "trust.json").write_bytes(msgspec.json.encode(issuer.trust))
    file = write(
        tmp_path,
        broker_url=f"mqtt://{STATION}:x@127.0.0.1:{broker.port}",
        media_url=media.url,
        sink=f"file:{tmp_path / 'sink'}",
    )
    assert check(file) == OK
    assert "sẵn sàng" in capsys.readouterr().out


def test_all_that_does_not_work_is_told_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "data").write_text("not a folder")
    port = free_port()
    file = write(
        tmp_path,
        broker_url=f"mqtt://127.0.0.1:{port}",
        media_url=f"http://127.0.0.1:{port}",
        sink=f"file:{tmp_path / 'data'}",
    )
    assert check(file) == FAILED
    told = capsys.readouterr().out.splitlines()
    assert len(told) == 5
    for words in ("trust.json", "dữ liệu", "bộ phát", "MQTT", "âm thanh"):
        assert any(words in line for line in told), words


def test_a_sound_card_is_opened_to_see_whether_it_is_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(write(tmp_path, sink="alsa:no-such-card")) == FAILED
    assert "Không mở được thiết bị âm thanh no-such-card" in capsys.readouterr().out
    assert check(write(tmp_path, sink="alsa:null")) == FAILED  # for the broker, not for the card
    assert "thiết bị âm thanh" not in capsys.readouterr().out


def test_all_bad_settings_are_told_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(
        tmp_path,
        station="Suối Mây",
        broker_url="http://x",
        media_url="ftp://x",
        sink="loa",
        profile="loa",
    )
    assert check(file) == BAD_SETTINGS
    told = capsys.readouterr().err
    for name in ("TT_STATION", "TT_BROKER_URL", "TT_MEDIA_URL", "TT_SINK", "TT_PROFILE"):
        assert name in told


def test_a_broken_trust_ends_the_station_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "trust.json").write_text('{"roles": {}}')
    assert main(["run", "--config", str(write(tmp_path))]) == FAILED


def test_the_environment_stands_above_the_file(tmp_path: Path) -> None:
    found = load(Settings, {"TT_VOLUME": "40", "TT_CAPTURE": "/x"}, write(tmp_path))
    assert (found.volume, found.capture) == (40, Path("/x"))
    assert "bí mật" not in repr(found)
    assert "mqtt://" not in repr(found)  # a broker's address may hold a password


def test_a_wrong_volume_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match="VOLUME"):
        load(Settings, {"TT_VOLUME": "140"}, write(tmp_path))


def test_a_running_station_is_small() -> None:
    """The bar: 60 MB; everything that it ever loads, without the threads' stacks."""
    code = (
        "import station_agent.app, station_agent.__main__, sqlite3, http.client\n"
        "from station_agent.health import _resident_bytes\nprint(_resident_bytes())"
    )
    command = [sys.executable, "-c", code]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert 0 < int(found.stdout) < 50_000_000
