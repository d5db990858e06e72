"""Whatever comes over the line: no output changes without a whole frame, and none rises unarmed.

The judge reads the line by itself: a frame counts when pymodbus' checksum says so.
"""

from hypothesis import given
from hypothesis import strategies as st
from pymodbus.framer.rtu import FramerRTU

from firmware_stubs import registers as r
from firmware_stubs.board import Board, Senses
from firmware_stubs.crc import sealed
from firmware_stubs.framing import Framing
from firmware_stubs.slave import Slave

GOOD = Senses(door_open=0, mains_present=1, interlock_closed=1, temperature_dc=350)
STEP_MS = 50


class Line:
    """A board that hears frames 50 ms apart."""

    def __init__(self) -> None:
        self.now_ms = 0
        self.board = Board(0, r.POWER_ON)
        self.slave = Slave(self.board)
        self.framing = Framing(r.BAUD)
        self.board.tick(0, GOOD)

    def hear(self, data: bytes) -> bytes | None:
        self.framing.feed(self.now_ms * 1000, data)
        self.now_ms += STEP_MS
        self.board.tick(self.now_ms, GOOD)
        frame = self.framing.take(self.now_ms * 1000)
        return self.slave.answer(frame) if frame else None


def is_whole(frame: bytes) -> bool:
    return len(frame) >= 4 and FramerRTU.compute_CRC(frame[:-2]) == int.from_bytes(
        frame[-2:], "big"
    )


def is_key(frame: bytes) -> bool:
    """Whether a whole frame turns the key: by a single write, or among many."""
    if frame[:2] == bytes((r.ADDRESS, 6)):
        return frame[2:6] == bytes.fromhex("0002A5C3")
    at = 7 + 2 * (r.ARM_KEY - int.from_bytes(frame[2:4], "big"))
    return frame[:2] == bytes((r.ADDRESS, 16)) and frame[at : at + 2] == bytes.fromhex("A5C3")


words = st.integers(0, 0xFFFF).map(lambda n: n.to_bytes(2, "big"))
near = st.sampled_from([0, 1, 2, 3, 4, 5, 0xFF00, r.ARM, 10, 61]).map(
    lambda n: n.to_bytes(2, "big")
)
requests = st.builds(
    lambda unit, function, parts, tail: bytes((unit, function)) + b"".join(parts) + tail,
    st.sampled_from([0, r.ADDRESS, r.ADDRESS, r.ADDRESS, 18]),
    st.sampled_from([1, 2, 3, 4, 5, 6, 15, 16, 8, 43]),
    st.lists(near | words, min_size=1, max_size=3),
    st.binary(max_size=8),
)
useful = st.sampled_from(
    [
        bytes.fromhex("11060002A5C3"),
        bytes.fromhex("11050000FF00"),
        bytes.fromhex("11050002FF00"),
        bytes.fromhex("110F00000005010D"),
        bytes.fromhex("000F00000005010D"),
        bytes.fromhex("0006 0002 A5C3"),
        bytes.fromhex("1110000000030600140032A5C3"),
    ]
)


@st.composite
def torn(draw):
    """A good frame with some of its bits turned, or cut, or doubled."""
    frame = bytearray(sealed(draw(useful | requests)))
    for _ in range(draw(st.integers(1, 3))):
        bit = draw(st.integers(0, 8 * len(frame) - 1))
        frame[bit // 8] ^= 1 << bit % 8
    cut = draw(st.integers(1, len(frame)))
    return draw(st.sampled_from([bytes(frame), bytes(frame[:cut]), bytes(frame) * 2]))


frames = st.binary(min_size=1, max_size=300) | torn() | (useful | requests).map(sealed)


@given(st.lists(frames, max_size=12))
def test_nothing_on_the_line_changes_an_output_but_whole_frames_with_the_key(heard):
    line, keys = Line(), -(10**6)
    for data in heard:
        before, fed = list(line.board.coils), list(line.board.holdings()[:2])
        line.hear(data)
        after = line.board.coils
        if not is_whole(data):
            assert after == before
            assert line.board.holdings()[:2] == fed
        rose = [n for n in r.ARMED_COILS if after[n] and not before[n]]
        if rose:
            assert line.now_ms - keys <= r.ARMED_MS
            keys = -(10**6)
        if is_whole(data) and is_key(data):
            keys = line.now_ms


@given(st.lists(st.binary(min_size=1, max_size=300) | torn(), max_size=6))
def test_after_any_noise_the_next_request_is_answered(heard):
    line = Line()
    for data in heard:
        line.hear(data)
    answer = line.hear(sealed(bytes.fromhex("110400070001")))
    assert answer == sealed(bytes.fromhex("1104020100"))


@given(requests)
def test_every_answer_is_whole_and_short_enough(request):
    answer = Line().hear(sealed(request))
    if answer is not None:
        assert is_whole(answer)
        assert len(answer) <= 256
        assert answer[0] == r.ADDRESS
        assert answer[1] & 0x7F == request[1]


@given(st.lists(frames, max_size=8))
def test_whatever_was_said_silence_ends_it(heard):
    line = Line()
    for data in heard:
        line.hear(data)
    guarded = line.board.watchdog_s
    line.board.tick(line.now_ms + 61_000, GOOD)
    if guarded:
        assert [line.board.coils[n] for n in (0, 1, 2, 4)] == [0, 1, 0, 0]
