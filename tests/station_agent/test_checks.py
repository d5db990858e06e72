"""What `tt-station check` says of the clock's battery and of the modem."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from contract.settings import Secret
from station_agent.checks import equipment, own
from station_agent.checks.finding import Level
from station_agent.settings import Settings
from tests.fakes.modem import FakeModem


def settings(tmp_path: Path, **more: object) -> Settings:
    facts = {
        "station": "suoi-may-01",
        "broker_url": Secret("mqtt://127.0.0.1"),
        "media_url": "http://127.0.0.1",
        "trust": tmp_path / "trust.json",
        "data": tmp_path,
        **more,
    }
    return Settings(**facts)  # type: ignore[arg-type]  # a test knows its types


@pytest.fixture
def modem() -> Iterator[FakeModem]:
    found = FakeModem()
    yield found
    found.close()


def test_a_battery_clock_that_is_not_there_is_told(tmp_path: Path) -> None:
    clocks = tmp_path / "rtc"
    clocks.mkdir()
    _, found = own.clock(settings(tmp_path), clocks)
    assert (found.level, found.about) == (Level.DOUBT, "Đồng hồ pin")
    assert "DS3231" in found.do
    assert len(own.clock(settings(tmp_path, clock="network"), clocks)) == 1
    (clocks / "rtc0").mkdir()
    assert len(own.clock(settings(tmp_path), clocks)) == 1


def test_a_modem_that_is_well_is_told_with_its_signal(tmp_path: Path, modem: FakeModem) -> None:
    (found,) = equipment.modem(settings(tmp_path, modem=modem.port))
    assert (found.level, found.says) == (Level.GOOD, "trả lời, Viettel -85 dBm")
    assert equipment.modem(settings(tmp_path)) == []


@pytest.mark.parametrize(
    ("change", "level", "word"),
    [
        (("AT+CPIN?", "+CME ERROR: 10"), Level.BAD, "SIM"),
        (("AT+CEREG?", "+CEREG: 0,3\r\n\r\nOK"), Level.BAD, "mạng"),
        (("AT+CSQ", "+CSQ: 3,99\r\n\r\nOK"), Level.DOUBT, "sóng yếu"),
    ],
)
def test_what_is_wrong_with_the_modem_is_told(
    tmp_path: Path, modem: FakeModem, change: tuple[str, str], level: Level, word: str
) -> None:
    modem.answers.update([change])
    (found,) = equipment.modem(settings(tmp_path, modem=modem.port))
    assert found.level is level
    assert word in found.says
    assert found.do
