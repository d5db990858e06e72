"""Spoken numbers are understood as a listener understands them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tts.meaning.heard import Heard
from tts.meaning.words import words
from tts.normalise.numerals import cardinal


def value(spoken: str) -> set[int]:
    """The values of the parses that use every word."""
    said = words(spoken)
    return {value for end, value in Heard(said).numbers(0) if end == len(said)}


@given(st.integers(0, 10**18))
def test_a_number_that_is_said_is_heard_and_no_other(number: int) -> None:
    assert value(cardinal(number)) == {number}


@pytest.mark.parametrize(
    ("spoken", "number"),
    [
        ("hai mươi bốn", 24), ("hai mươi tư", 24), ("hai tư", 24), ("hai mốt", 21),
        ("mười lăm", 15), ("hai mươi nhăm", 25), ("ba lăm", 35), ("một trăm lẻ năm", 105),
        ("một trăm linh năm", 105), ("hai ngàn không trăm lẻ sáu", 2006),
        ("hai nghìn linh sáu", 2006), ("một triệu năm trăm ngàn", 1_500_000),
        ("hai triệu rưỡi", 2_500_000), ("một trăm rưỡi", 150), ("ba tỉ", 3_000_000_000),
        ("bẩy mươi", 70),
    ],
)  # fmt: skip  # a table, read across
def test_every_region_is_understood(spoken: str, number: int) -> None:
    assert value(spoken) == {number}


@pytest.mark.parametrize("spoken", ["hai mươi năm", "mười năm", "một trăm năm", "hai nghìn năm"])
def test_five_without_its_soft_form_is_a_year(spoken: str) -> None:
    assert value(spoken) == set()
