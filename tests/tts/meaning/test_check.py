"""What changes the meaning is caught, and the officer is shown where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tts.meaning.test_false_alarms import of
from tts.meaning import check
from tts.normalise import Piece, Reading, read
from tts.normalise.lexicon import Entry, standard


@pytest.mark.parametrize(
    ("source", "wrong"),
    [
        # seen in other tools (speech reference §8)
        ("0,05%", "không phẩy năm phần trăm"), ("2-12-2026", "tháng hai đến tháng mười hai 2026"),
        ("7g30", "bảy gam ba mươi"), ("5-10 người", "mùng năm tháng mười người"),
        ("5-10 người", "năm trừ mười người"), ("-2°C", "hai độ xê"), ("25 000", "hai mươi lăm"),
        ("2/3 số hộ", "mùng hai tháng ba số hộ"), ("6-9 tháng tuổi", "mùng sáu tháng chín tuổi"),
        ("7h30 - 11h00", "bảy giờ ba mươi phút mười một giờ"),
        ("0912.345.678", "chín trăm mười hai triệu ba trăm bốn mươi lăm nghìn sáu trăm bảy tám"),
        # an amount, a sign, a date, a time
        ("2.500.000đ", "hai triệu năm trăm đồng"), ("50.000đ", "năm mươi nghìn nghìn đồng"),
        ("50.000đ", "năm mươi nghìn"), ("1,5 tỷ", "một phẩy năm triệu"), ("25k", "hai mươi lăm"),
        ("5%", "năm"), ("5‰", "năm phần trăm"), ("5 kg", "năm gam"), ("5 mg", "năm gam"),
        ("100 m²", "một trăm mét"), ("≥ 18 tuổi", "mười tám tuổi"), ("5 - 10", "âm năm đến mười"),
        ("05/4/2016", "mùng bốn tháng năm năm hai nghìn không trăm mười sáu"),
        ("05/4/2016", "mùng năm tháng tư"), ("10h30", "mười giờ"), ("24/7", "hai mươi tư"),
        ("Điều 15", "điều năm"), ("khóa XIV", "khóa mười ba"), ("khóa XIV", "khóa"),
        ("1.234,5 m", "một nghìn hai trăm ba mươi tư mét"), ("2,50", "hai phẩy năm"),
        ("30 km/h", "ba mươi ki lô mét"), ("12.5.2026", "mười hai chấm năm"), ("12", "mười ba"),
        ("ngày 2 lần", "ngày mùng hai lần"), ("0,05S", "không phẩy không năm độ vĩ Nam"),
        ("5-10 người", "mùng năm đến mùng mười người"),
        ("22h ngày 30/11 - 4h", "hai hai giờ ngày ba mươi tháng mười một bốn giờ"),
        ("0977 88 99 00", "không chín bảy bảy tám tám chín chín không"),
        ("30 hộ", "rưỡi hộ"), ("15", "mười lăm mười lăm"),
        ("Km12+050", "ki lô mét mười hai cộng năm trăm"),
    ],
)  # fmt: skip  # a table, read across
def test_a_changed_meaning_is_caught(source: str, wrong: str) -> None:
    assert check(of(source, wrong)) != ()


def test_the_mismatch_tells_the_place_in_plain_words() -> None:
    text = "tăng 0,05% so với năm trước"
    pieces = (
        Piece("tăng", (0, 4)), Piece("không phẩy năm phần trăm", (5, 10)),
        Piece("so với năm trước", (11, 27)),
    )  # fmt: skip
    reading = Reading(text, " ".join(piece.spoken for piece in pieces), (), pieces)
    (found,) = check(reading)
    assert (found.span, found.source) == ((5, 10), "0,05%")
    assert found.spoken == "không phẩy năm phần trăm"
    assert found.problem == (
        "Số «0,05» không nghe đúng: «0,05%» được đọc thành «không phẩy năm phần trăm»"
    )


@pytest.mark.parametrize(
    ("token", "reading"),
    [("CN", "năm phẩy ba"), ("HTX", "không hợp tác"), ("KV", "khu vực hai"), ("UB", "cấm")],
)
def test_a_number_or_negation_that_an_entry_brings_in_is_caught(token: str, reading: str) -> None:
    lexicon = standard().with_entries([Entry(token, reading)])
    (found,) = check(read(f"đến {token} xã", lexicon))
    assert found.source == token


def test_an_entry_without_numbers_passes() -> None:
    lexicon = standard().with_entries(
        [Entry("NTL", "nghĩa trang liệt sĩ"), Entry("F0", "ép không")]
    )
    assert check(read("viếng NTL xã; 3 ca F0", lexicon)) == ()


def test_an_abbreviation_says_the_negation_of_its_initials() -> None:
    lexicon = standard().with_entries([Entry("MGHP", "miễn giảm học phí")])
    assert check(read("chế độ MGHP", lexicon)) == ()


@pytest.mark.parametrize("text", ["bà con không đổ rác", "trẻ chưa tiêm", "CẤM HỌP CHỢ"])
def test_a_lost_negation_is_caught(text: str) -> None:
    reading = read(text)
    kept = tuple(p for p in reading.map if p.spoken.lower() not in ("không", "chưa", "cấm"))
    lost = Reading(text, " ".join(piece.spoken for piece in kept), (), kept)
    (found,) = check(lost)
    assert found.problem.startswith("Chữ phủ định")


def test_words_outside_the_map_are_caught() -> None:
    reading = read("họp lúc 7h30")
    (found,) = check(Reading(reading.text, f"{reading.spoken} không", reading.unknown, reading.map))
    assert "không ứng với" in found.problem


def test_a_number_in_a_gap_of_the_map_is_caught() -> None:
    (found,) = check(Reading("họp 15", "họp", (), (Piece("họp", (0, 3)),)))
    assert found.problem == "Số «15» không được đọc"


@given(st.text(alphabet="0123456789.,-–/:%°hgđkm²½VX +≥ khôngtừ đến\n", max_size=60))
def test_any_text_can_be_checked(text: str) -> None:
    reading = read(text)
    for found in check(reading):
        assert 0 <= found.span[0] <= found.span[1] <= len(reading.text)
        assert found.problem
