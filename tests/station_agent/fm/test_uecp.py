"""UECP: the published frames, any frame, and what one lost byte may do."""

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_agent.hardware.fm.groups import Group, announcement, read_kind
from station_agent.hardware.fm.uecp import elements
from station_agent.hardware.fm.uecp.frames import STUFFED_AFTER, Address, Frame, crc, encode, take
from tests.fakes.encoder_input import genibus

CAPTURED = [  # hardware.md §3.2
    (
        "FE 00 00 00 07 2D 05 52 53 D8 01 01 7B 66 FF",
        Frame(Address(), 0, bytes.fromhex("2D055253D80101")),
    ),
    ("FE 00 00 32 02 18 00 D4 D4 FF", Frame(Address(), 0x32, b"\x18\x00")),
    (
        "FE0000011A0A0100040A5244530A01000E46D962656C7374206765696C2032680CFF",
        Frame(Address(), 1, bytes.fromhex("0A0100040A5244530A01000E46D962656C7374206765696C2032")),
    ),
]
frames = st.builds(
    Frame,
    st.builds(Address, st.integers(0, 0x3FF), st.integers(0, 0x3F)),
    st.integers(0, 255),
    st.binary(max_size=255),
)


@pytest.mark.parametrize(("line", "frame"), CAPTURED, ids=["in-house", "acknowledged", "text"])
def test_a_captured_frame_is_read_and_written_byte_by_byte(line, frame):
    assert take(bytes.fromhex(line)) == ([frame], b"")
    assert encode(frame) == bytes.fromhex(line)


def test_the_checksum_is_genibus():
    assert crc(b"123456789") == 0xD64E


@given(st.binary())
def test_the_checksum_agrees_with_one_made_bit_by_bit(data):
    assert crc(data) == genibus(data)


@given(st.lists(frames, min_size=1, max_size=4), st.binary(max_size=9), st.integers(1, 40))
def test_frames_are_found_in_any_noise_and_in_any_pieces(sent, noise, piece):
    line = noise.replace(b"\xfe", b"") + b"".join(map(encode, sent))
    heard, rest = [], b""
    for at in range(0, len(line), piece):
        found, rest = take(rest + line[at : at + piece])
        heard += found
    assert heard == sent


@given(frames, st.data())
def test_markers_stand_only_at_the_ends(frame, data):
    line = encode(frame)
    assert (line[0], line[-1]) == (0xFE, 0xFF)
    assert not {0xFE, 0xFF} & set(line[1:-1])


@given(frames, st.integers(0), st.integers(1, 255))
def test_a_damaged_byte_is_never_read_as_another_frame(frame, where, change):
    line = bytearray(encode(frame))
    line[where % len(line)] ^= change
    assert take(bytes(line))[0] in ([], [frame])


@given(frames)
def test_a_frame_broken_off_does_not_spoil_the_next(frame):
    assert take(encode(frame)[:-1] + encode(frame))[0] == [frame]


def test_profline_puts_the_escape_behind_the_marker():
    line = encode(Frame(Address(), 1, b"\xfe\xff\xfd"), STUFFED_AFTER)
    assert b"\xfe\xfd\xff\xfd\xfd" in line


@pytest.mark.parametrize("address", [(1024, 0), (0, 64), (-1, 0)])
def test_an_address_that_does_not_fit_is_refused(address):
    with pytest.raises(ValueError, match="ten bits"):
        Address(*address)


@pytest.mark.parametrize(
    ("element", "example"),
    [  # hardware.md §3.2 and §3.3; ours speaks to the current data set, and asks for no repeats
        (elements.pi(0xC201), "01 00 00 C2 01"),
        (elements.ps("RADIO 1"), "02 00 00 52 41 44 49 4F 20 31 20"),
        (elements.ta_tp(ta=False, tp=True), "03 00 00 02"),
        (elements.di(1), "04 00 00 01"),
        (elements.ms(music=True), "05 00 00 01"),
        (elements.pty(8), "07 00 00 08"),
        (elements.text("RDS"), "0A 00 00 05 00 52 44 53 0D"),
        (elements.ecc(0xE2), "1A 00 00 E2"),
        (elements.free_group(announcement(0x4BD7, read_kind("11A"))), "24 06 16 00 00 4B D7"),
        (elements.sequence((0, 22, 4)), "16 00 03 00 16 04"),
        (elements.oda(22, 0x6A7A), "40 16 6A 7A 02 00 00 00"),
        (elements.oda_group(Group(22, 5, 0x1234, 0x5678)), "42 16 00 05 12 34 56 78"),
        (elements.oda_data(0x6A7A, Group(22, 5, 0x1234, 0x5678)), "46 08 6A7A 00 05 1234 5678"),
        (elements.answers(), "2C 01"),
        (elements.rds_sent(on=True), "1E 01"),
        (elements.clock_sent(on=False), "19 00"),
        (elements.request_pi(), "17 03 01 00 00"),
    ],
    ids=str,
)
def test_an_element_is_laid_out_as_published(element, example):
    assert element == bytes.fromhex(example)


def test_the_clock_is_utc_with_vietnam_seven_hours_ahead():
    local = datetime(1992, 9, 12, 11, 18, 33, 159_999, tzinfo=timezone(timedelta(hours=1)))
    assert elements.clock(local) == bytes.fromhex("0D 5C 09 0C 0A 12 21 0F 0E")
    with pytest.raises(ValueError, match="no zone"):
        elements.clock(datetime(2026, 1, 1))  # noqa: DTZ001  a naive time is the point


def test_a_full_radiotext_needs_no_end():
    assert elements.text("x" * 61)[-1:] == b"x"
    assert elements.text("x" * 99)[3] == 1 + 64


@pytest.mark.parametrize("kind", ["16A", "3C", "A", "", "-1A", "³A"])
def test_a_group_that_is_none_is_refused(kind):
    with pytest.raises(ValueError, match="0A to 15B"):
        read_kind(kind)
