"""What holds for every reading, whatever was written."""

import re
import unicodedata

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tts.normalise import Reading, read

FORBIDDEN = re.compile(r"[\d%°@&/+≥≤=<>$€²³_#*~^|\\]")
FRAGMENTS = [
    "UBND xã", "7h30", "02/12/2026", "10 - 12/12/2026", "37,5°C", "25.000 đ/hộ/tháng", "92,5%",
    "49/2024/NĐ-CP", "Km2+300", "1900 6769", "quý I/2027", "a) ", "\n1. ", "XYZT", "Krông", "-5",
    "0,4 kV", "24/24 giờ", "v.v.", "./.", "thứ 2 - thứ 6", "TP. Lào Cai", "≥ 18", "m²", "@", "😀",
    "ubnd@gov.vn", "ĐT: 0912345678", "(", ")", "“", "-", "/", "...", "I", "h", "đ", "CA", "H5N1",
]  # fmt: skip  # read across
written = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="0123456789.,-/:+%() hđkmgIVXaAĐ°²\n", max_size=40),
    st.lists(st.sampled_from(FRAGMENTS), max_size=12).map(" ".join),
    st.lists(st.sampled_from(FRAGMENTS), max_size=12).map("".join),
)


@given(written)
@settings(max_examples=300, deadline=None)
def test_no_digit_and_no_symbol_is_left(text: str) -> None:
    assert not FORBIDDEN.search(read(text).spoken)


@given(written)
@settings(max_examples=300, deadline=None)
def test_the_source_map_is_in_order_and_inside_the_text(text: str) -> None:
    reading = read(text)
    end_of_last = 0
    for piece in reading.map:
        start, end = piece.span
        assert end_of_last <= start < end <= len(reading.text)
        end_of_last = end
    for unknown in reading.unknown:
        assert reading.text[slice(*unknown.span)] == unknown.token


@given(written)
@settings(max_examples=300, deadline=None)
def test_all_that_is_said_is_in_the_map(text: str) -> None:
    reading = read(text)
    assert letters(reading.spoken) == letters(" ".join(piece.spoken for piece in reading.map))


@given(written)
@settings(max_examples=300, deadline=None)
@example("đ c XYZT")
@example("BB.vn")
def test_reading_a_reading_changes_nothing(text: str) -> None:
    spoken = read(text).spoken
    assert read(spoken).spoken == spoken


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=8).map(" ".join))
@settings(deadline=None)
def test_a_letter_typed_in_two_parts_is_read_the_same(text: str) -> None:
    assert read(unicodedata.normalize("NFD", text)) == read(text)


def letters(text: str) -> str:
    return "".join(character for character in text.lower() if character.isalpha())


def unknown(text: str) -> list[str]:
    return [token.token for token in read(text).unknown]


def test_an_unknown_abbreviation_is_reported_and_spelled() -> None:
    reading = read("Đề nghị XYZT xã báo cáo.")
    assert unknown("Đề nghị XYZT xã báo cáo.") == ["XYZT"]
    assert reading.spoken == "Đề nghị ích xì y dét tê xã báo cáo."


def test_an_unknown_name_is_reported_and_left_alone() -> None:
    assert unknown("Anh Smith đến thăm.") == ["Smith"]
    assert read("Anh Smith đến thăm.").spoken == "Anh Smith đến thăm."


def test_a_symbol_nobody_can_say_is_reported() -> None:
    assert unknown("Chúc mừng ☃ năm mới #") == ["☃", "#"]


def test_a_short_word_in_capitals_among_small_letters_is_doubted() -> None:
    assert unknown("Liên hệ PHO để biết.") == ["PHO"]
    assert unknown("LIÊN HỆ PHO GIANG") == []


def test_nothing_gives_an_empty_reading() -> None:
    assert read("") == Reading(text="", spoken="", unknown=(), map=())


def test_invisible_characters_do_not_split_words() -> None:
    assert read("Su\u00adối M\u200bây").spoken == "Suối Mây"


def test_a_part_of_nothing_may_be_a_day_and_is_reported() -> None:
    assert unknown("Quốc tế lao động 1/5.") == ["1/5"]
    assert unknown("uống 1/2 viên, giảm 1/3.") == []


def test_signs_that_are_spoken_of_are_named() -> None:
    assert read('Bấm dấu "+", phím * và #.').spoken == "Bấm dấu cộng, phím sao và thăng."


def test_a_letter_of_old_print_is_the_letter_that_it_was() -> None:
    assert read("ſ'Kông").spoken == "Sờ Kông"
