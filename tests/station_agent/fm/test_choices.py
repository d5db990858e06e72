"""Settings of the radio side: every mistake is told with the name to correct."""

import pytest
from msgspec import UNSET

from contract.reports import RECEIVERS_GUARDED, RECEIVERS_OPEN
from station_agent.hardware.fm.charset import plain
from station_agent.hardware.fm.choices import Radio, problems

RDS = {"rds": "uecp:/dev/ttyUSB2@19200", "rds_pi": "7123", "rds_ps": "Xã Lạc"}


@pytest.fixture
def key(tmp_path):
    file = tmp_path / "key"
    file.write_text("00" * 32 + "\n")
    return file


@pytest.fixture
def template(tmp_path):
    file = tmp_path / "receivers.toml"
    file.write_text('group = "8A"\n[fields]\n[[open]]\n[[close]]\n')
    return file


def test_a_station_without_radio_has_no_problems():
    assert problems(Radio()) == []
    assert Radio().told is UNSET


@pytest.mark.parametrize("receivers", ["dtmf:*0123#A9,*0123#B9", "fsk1200:01ff,02", "fsk300:01,02"])
def test_codes_that_sound_need_no_encoder_and_can_be_forged(receivers):
    radio = Radio(receivers=receivers)
    assert problems(radio) == []
    assert radio.told == RECEIVERS_OPEN


def test_only_our_own_code_cannot_be_forged(key, template):
    ours = Radio(receivers="oda", receivers_key=key, **RDS)
    bought = Radio(receivers=f"rds:{template}", **RDS)
    assert problems(ours) + problems(bought) == []
    assert (ours.told, bought.told) == (RECEIVERS_GUARDED, RECEIVERS_OPEN)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"exciter": "srk"}, "TT_EXCITER: phải là crown:CỔNG hoặc srk:CỔNG"),
        ({"exciter": "crown:/dev/x@fast"}, "TT_EXCITER: cổng nối tiếp phải"),
        ({"exciter": "crown:/dev/x"}, "TT_FREQUENCY_MHZ chưa được đặt"),
        ({"frequency_mhz": 70}, "TT_FREQUENCY_MHZ: tần số phải trong"),
        ({"rds": "rs232:/dev/x"}, "TT_RDS: phải là LOẠI:CỔNG"),
        ({"rds": "uecp:/dev/x"}, "TT_RDS_PI: mã PI của Việt Nam"),
        ({**RDS, "rds_pi": "C201"}, "TT_RDS_PI: mã PI của Việt Nam"),
        ({**RDS, "rds_ps": "Đài xã Lạc"}, "TT_RDS_PS: tên đài trên máy thu dài 1 đến 8"),
        ({**RDS, "rds_address": "1"}, "TT_RDS_ADDRESS: phải là TRẠM/BỘ-MÃ-HOÁ"),
        ({**RDS, "rds_address": "1024/0"}, "TT_RDS_ADDRESS: trạm từ 0 đến 1023"),
        ({"receivers": "fsk:01,02"}, "TT_RECEIVERS: phải là oda"),
        ({"receivers": "oda:1"}, "TT_RECEIVERS: phải là oda"),
        ({"receivers": "dtmf:12"}, "TT_RECEIVERS: cần hai mã"),
        ({"receivers": "dtmf:1E,2"}, "TT_RECEIVERS: mã DTMF gồm"),
        ({"receivers": "fsk300:xy,02"}, "TT_RECEIVERS: mã FSK viết bằng"),
        ({"receivers": "rds:/nowhere.toml", **RDS}, "TT_RECEIVERS: /nowhere.toml"),
        ({"receivers": "oda"}, "TT_RDS chưa được đặt"),
        ({"receivers": "oda", **RDS}, "TT_RECEIVERS_KEY chưa được đặt"),
        ({"receivers": "oda", "receivers_area": 65535, **RDS}, "TT_RECEIVERS_AREA: phải từ 1"),
        ({"receivers_aid": "0000"}, "TT_RECEIVERS_AID: phải là bốn chữ số hex"),
    ],
)
def test_a_mistake_is_told_with_its_name(wrong, told):
    assert any(sentence.startswith(told) for sentence in problems(Radio(**wrong)))


@pytest.mark.parametrize("content", ["", "zz" * 32, "00" * 31, "00" * 33])
def test_a_key_that_is_none_is_told_without_being_shown(tmp_path, content):
    file = tmp_path / "key"
    file.write_text(content)
    (told,) = problems(Radio(receivers="oda", receivers_key=file, **RDS))
    assert told == f"TT_RECEIVERS_KEY: {file} không phải là khoá 64 chữ số hex"


def test_a_key_that_is_not_there_is_told(tmp_path):
    (told,) = problems(Radio(receivers="oda", receivers_key=tmp_path / "no", **RDS))
    assert told == f"TT_RECEIVERS_KEY: không đọc được {tmp_path / 'no'}"


@pytest.mark.parametrize(
    ("text", "shown"),
    [("Đài xã Suối Mây", "Dai xa Suoi May"), ("ƯỚT 5 $", "UOT 5  "), ("a\nb~c`", "a b c ")],
)
def test_vietnamese_is_shown_without_its_marks(text, shown):
    assert plain(text) == shown
