"""Bought receivers: the bits go where their description says, and a wrong description is told."""

import pytest

from station_agent.hardware.errors import BadProfile
from station_agent.hardware.fm.coded.receivers import Templated
from station_agent.hardware.fm.coded.template import load
from station_agent.hardware.fm.encoder import Encoder
from station_agent.hardware.fm.groups import Group
from station_agent.hardware.fm.line import Line
from station_agent.hardware.fm.programme import Programme, sequence
from station_agent.hardware.fm.uecp.dialect import Uecp
from station_agent.hardware.fm.uecp.frames import Address
from station_agent.hardware.ports import Reach
from tests.fakes.virtual_encoder import virtual_encoder

KIND = 8 << 1
DESCRIBED = """
group = "8A"
keep_alive_s = 20
[fields]
kind = { at = 0, bits = 5 }
zone = { at = 5, bits = 8 }
command = { at = 13, bits = 8 }
check = { at = 21, bits = 16 }
[[open]]
kind = 17
zone = 12
command = 1
check = 0xBEEF
[[close]]
kind = 17
zone = 12
command = 2
[[open_all]]
kind = 17
zone = 255
command = 1
[[open_all]]
kind = 18
"""


@pytest.fixture
def described(tmp_path):
    def write(text):
        file = tmp_path / "receivers.toml"
        file.write_text(text, encoding="utf-8")
        return file

    return write


def test_each_field_stands_where_it_is_described(described):
    template = load(described(DESCRIBED))
    assert template.open_groups(Reach.OWN) == [Group(KIND, 17, 0x0C01, 0xBEEF)]
    assert template.close_groups(Reach.OWN) == [Group(KIND, 17, 0x0C02, 0)]


def test_an_emergency_has_codes_of_its_own_where_there_are_any(described):
    template = load(described(DESCRIBED))
    assert template.open_groups(Reach.ALL) == [Group(KIND, 17, 0xFF01, 0), Group(KIND, 18, 0, 0)]
    assert template.close_groups(Reach.ALL) == template.close_groups(Reach.OWN)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("zone = 12", "zone = 256"), "không vừa 8 bit"),
        (("zone = 12", "zones = 12"), "không có trong"),
        (('"8A"', '"17A"'), "0A to 15B"),
        (("at = 13, bits = 8", "at = 10, bits = 8"), "trùng"),
        (("at = 21, bits = 16", "at = 21, bits = 17"), "vượt quá"),
        (("keep_alive_s", "keepalive"), "keepalive"),
        (("[[close]]", "[[shut]]"), "shut"),
        (("group =", "group"), "receivers.toml"),
    ],
)
def test_a_wrong_description_is_told(described, change, told):
    with pytest.raises(BadProfile, match=told):
        load(described(DESCRIBED.replace(*change)))


def test_a_description_that_is_not_there_is_told(tmp_path):
    with pytest.raises(BadProfile, match="none"):
        load(tmp_path / "none.toml")


def test_the_described_groups_go_on_the_air(described, tmp_path):
    programme = Programme(pi=0x7123, ps="XA LAC", groups=sequence(KIND))
    with virtual_encoder(tmp_path / "encoder") as far:
        encoder = Encoder(
            Line(str(far.port)), Uecp(Address(), answers=True), lambda: None, patience_s=2
        )
        receivers = Templated(encoder, programme, load(described(DESCRIBED)))
        receivers.wake(Reach.OWN)
        receivers.release(Reach.OWN)
        far.wait_groups(4)
        receivers.close()
        mine = [group for group in far.aired if group[1] >> 11 == KIND]
        assert [(second & 31, *rest) for _, second, *rest in mine] == [
            (17, 0x0C01, 0xBEEF),
            (17, 0x0C02, 0),
        ]
        assert receivers.keep_alive_s == 20
