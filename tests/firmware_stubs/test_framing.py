"""How the stream of a line falls into frames. Runs on MicroPython too."""

from firmware_stubs.framing import MAX_FRAME, Framing, silence_us


def test_the_silence_is_three_and_a_half_characters_and_fixed_when_fast():
    assert silence_us(9600) == 4010
    assert silence_us(19200) == 2005
    assert silence_us(115200) == 1750


def test_bytes_that_come_in_pieces_are_one_frame_when_the_silence_ends_it():
    framing = Framing(115200)
    framing.feed(0, b"ab")
    assert framing.take(1000) is None
    framing.feed(1000, b"c")
    assert framing.take(2749) is None
    assert framing.pending()
    assert framing.take(2750) == b"abc"
    assert not framing.pending()
    assert framing.take(9000) is None


def test_a_frame_after_a_silence_is_a_new_one():
    framing = Framing(115200)
    framing.feed(0, b"noise")
    assert framing.take(5000) == b"noise"
    framing.feed(5001, b"good")
    assert framing.take(7000) == b"good"


def test_what_is_longer_than_a_frame_is_thrown_away_whole():
    framing = Framing(115200)
    for n in range(40):
        framing.feed(n * 1000, bytes(MAX_FRAME // 8))
    assert framing.take(41_000) is None
    assert not framing.pending()
    framing.feed(50_000, bytes(MAX_FRAME))
    assert framing.take(60_000) == bytes(MAX_FRAME)
