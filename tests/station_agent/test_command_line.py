"""`tt-station check` says everything that is wrong, at once and in words for people."""

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from contract.errors import BadSettings
from contract.settings import load
from controller.demo.free_ports import any_free_port
from station_agent.__main__ import BAD_SETTINGS, FAILED, OK, main
from station_agent.settings import Settings
from tests.fakes.board import firmware_board
from tests.fakes.broker import Broker
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
    port = any_free_port()
    file = write(
        tmp_path,
        broker_url=f"mqtt://127.0.0.1:{port}",
        media_url=f"http://127.0.0.1:{port}",
        sink=f"file:{tmp_path / 'data'}",
    )
    assert check(file) == FAILED
    told = capsys.readouterr().out.splitlines()
    wrong = [line for line in told if line.startswith("✗")]
    assert len(wrong) == 5
    for words in ("trust.json", "dữ liệu", "bộ phát", "MQTT", "âm thanh"):
        assert any(words in line for line in wrong), words
    assert told[-1] == "5 chỗ phải sửa trước khi cụm loa chạy được."
    assert sum(line.startswith("    → ") for line in told) >= 5  # each says what to do


def test_programs_get_the_same_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = write(tmp_path)
    assert main(["check", "--json", "--config", str(file)]) == FAILED
    found = msgspec.json.decode(capsys.readouterr().out)
    assert {one["about"]: one["level"] for one in found}["Khóa tin cậy (trust.json)"] == "bad"


def test_the_board_is_asked_and_what_it_says_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with firmware_board(tmp_path / "board", door_open=1) as board:
        check(write(tmp_path, board=f"modbus:{board.port}"))
    told = capsys.readouterr().out
    assert f"✓ Bo điều khiển modbus:{board.port}: trả lời" in told
    assert "! Cửa tủ: đang mở" in told


def test_a_board_that_is_not_there_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(write(tmp_path, board="modbus:/dev/ttyNONE")) == FAILED
    told = capsys.readouterr().out
    assert "✗ Bo điều khiển modbus:/dev/ttyNONE" in told
    assert "dừng dịch vụ" in told


def test_a_sound_card_is_opened_to_see_whether_it_is_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(write(tmp_path, sink="alsa:no-such-card")) == FAILED
    told = capsys.readouterr().out
    assert "✗ Thẻ âm thanh no-such-card: Không mở được" in told
    assert "aplay -L" in told
    assert check(write(tmp_path, sink="alsa:null")) == FAILED  # for the broker, not for the card
    assert "✓ Thẻ âm thanh null" in capsys.readouterr().out


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
