"""Numbers are said as school books say them, and a listener understands the same number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tts.spoken_numbers import parse
from tts.normalise import read
from tts.normalise.numerals import cardinal

BOOK = {
    0: "không",
    4: "bốn",
    10: "mười",
    14: "mười bốn",
    15: "mười lăm",
    21: "hai mươi mốt",
    24: "hai mươi tư",
    55: "năm mươi lăm",
    101: "một trăm linh một",
    110: "một trăm mười",
    115: "một trăm mười lăm",
    1_005: "một nghìn không trăm linh năm",
    2_026: "hai nghìn không trăm hai mươi sáu",
    10_010: "mười nghìn không trăm mười",
    1_000_005: "một triệu không trăm linh năm",
    25_000: "hai mươi lăm nghìn",
    1_234_567: "một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi bảy",
    1_000_000_000: "một tỷ",
    10**12: "một nghìn tỷ",
}


@pytest.mark.parametrize("number", BOOK)
def test_a_number_is_said_as_in_the_book(number: int) -> None:
    assert cardinal(number) == BOOK[number]


@given(st.integers(0, 10**12))
def test_every_number_is_understood_as_it_was_meant(number: int) -> None:
    assert parse(cardinal(number)) == number


@given(st.integers(0, 10**12))
def test_a_written_number_is_understood_with_its_dots(number: int) -> None:
    spoken = read(f"có {number:,} đồng".replace(",", ".")).spoken
    assert parse(spoken.removeprefix("Có ").removesuffix(" đồng")) == number


@given(st.integers(-999, 999), st.integers(0, 9), st.sampled_from(["°C", "%", " km", " độ C"]))
def test_sign_and_decimals_survive(whole: int, tenth: int, unit: str) -> None:
    spoken = read(f"là {whole},{tenth}{unit}").spoken
    assert ("âm" in spoken.split()) == (whole < 0)
    left, _, right = spoken.removeprefix("Là ").removeprefix("âm ").partition(" phẩy ")
    assert parse(left) == abs(whole)
    assert parse(right.split()[0]) == tenth


@given(st.integers(0, 99))
def test_a_zero_after_the_comma_is_never_lost(hundredths: int) -> None:
    spoken = read(f"tỷ lệ 3,{hundredths:02}%").spoken
    decimals = spoken.removeprefix("Tỷ lệ ba phẩy ").removesuffix(" phần trăm")
    if hundredths < 10:
        assert decimals.startswith("không ")
        decimals = decimals.removeprefix("không ")
    assert parse(decimals) == hundredths


@given(st.integers(1, 28), st.integers(1, 12), st.integers(1900, 2099), st.sampled_from("/-."))
def test_a_date_is_understood_as_it_was_meant(day: int, month: int, year: int, mark: str) -> None:
    spoken = read(f"ngày {day:02}{mark}{month:02}{mark}{year}").spoken
    left, _, rest = spoken.removeprefix("Ngày ").removeprefix("mùng ").partition(" tháng ")
    # "tháng năm năm hai nghìn…": the year begins at the last "năm" before its thousand.
    named, _, said_year = rest.partition(" năm ")
    if said_year.split()[1:2] != ["nghìn"]:
        named, said_year = "năm", rest.removeprefix("năm năm ")
    assert (parse(left), parse(named), parse(said_year)) == (day, month, year)


@given(st.integers(0, 23), st.integers(0, 59), st.sampled_from(["h", ":", "g"]))
def test_a_clock_time_is_understood_as_it_was_meant(hour: int, minute: int, mark: str) -> None:
    spoken = read(f"lúc {hour}{mark}{minute:02}").spoken
    said_hour, _, said_minute = spoken.removeprefix("Lúc ").partition(" giờ")
    assert parse(said_hour) == hour
    assert parse(said_minute.removesuffix(" phút") or "không") == minute
