"""The gain is found through a limiter that eats a part of it."""

from hypothesis import given
from hypothesis import strategies as st

from tts.gain import Gain


@given(st.floats(-20, 20), st.floats(-12, 12), st.floats(0.3, 1.0))
def test_a_limiter_that_eats_two_thirds_is_overcome(
    first: float, needed: float, slope: float
) -> None:
    gain = Gain(first)
    for _ in range(3):
        gain.missed(slope * (first + needed - gain.db))
    assert abs(slope * (first + needed - gain.db)) < 0.1


def test_what_will_be_lost_is_asked_for_at_once() -> None:
    gain, plain = Gain(0.0), Gain(0.0)
    gain.missed(1.0, lost_db=0.5)
    plain.missed(1.5)
    assert gain.db == plain.db


def test_a_limiter_at_its_end_does_not_drive_the_gain_away() -> None:
    gain = Gain(0.0)
    for _ in range(4):
        gain.missed(1.0 - gain.db * 0.01)
    assert gain.db < 20
