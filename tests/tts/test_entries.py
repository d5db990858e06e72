"""A commune's own entries: what is allowed, and that they outrank the standard lexicon."""

import pytest

from tts.normalise import read
from tts.normalise.entries import check_entry
from tts.normalise.lexicon import Entry, standard


@pytest.mark.parametrize(
    ("token", "reading"),
    [
        ("Y Bhăm", "y băm"),
        ("QL4H", "quốc lộ bốn hát"),
        ("TTKDTM", "thanh toán không dùng tiền mặt"),
        ("Internet", "in tơ nét"),
        ("Ba Vì", "ba vì"),
        ("MC", "người dẫn chương trình"),
    ],
)
def test_a_name_or_an_abbreviation_may_be_given_a_reading(token: str, reading: str) -> None:
    assert check_entry(token, reading) is None


@pytest.mark.parametrize(
    ("token", "reading", "problem"),
    [
        ("", "gì đó", "chữ cái"),
        ("123", "một hai ba", "chữ cái"),
        (" UBND", "ủy ban", "dấu cách"),
        ("X" * 41, "ích", "40 ký tự"),
        ("UBND", "", "Cách đọc"),
        ("UBND", "ủy " * 80, "200 ký tự"),
        ("UBND", "ủy ban 2", "âm tiết"),
        ("UBND", "ủy ban, nhân dân", "âm tiết"),
        ("UBND", "committee", "âm tiết"),
        ("5kg", "năm gam", "đơn vị"),
        ("km", "mét", "đơn vị"),
        ("VII", "tám", "đổi cách đọc"),
        ("T7", "thứ sáu", "ngày giờ"),
        ("không", "có", "phủ định"),
        ("ngày mai", "hôm qua", "ngày giờ"),
        ("âm 5", "dương năm", "dấu"),
    ],
)
def test_an_entry_that_cannot_be_said_or_changes_meaning_is_refused(
    token: str, reading: str, problem: str
) -> None:
    refusal = check_entry(token, reading)
    assert refusal is not None
    assert problem in refusal


def test_a_local_entry_outranks_the_standard_one() -> None:
    lexicon = standard().with_entries([Entry("UBND", "văn phòng xã")])
    assert read("Mời đến UBND.", lexicon).spoken == "Mời đến văn phòng xã."
    assert read("Mời đến UBND.").spoken == "Mời đến ủy ban nhân dân."


def test_a_local_entry_may_ask_for_company() -> None:
    lexicon = standard().with_entries(
        [Entry("Zbk", "nhà văn hóa", previous=("đến",)), Entry("Zbk", "dê bê ca", next=("cũ",))]
    )
    assert read("đến Zbk", lexicon).spoken == "Đến nhà văn hóa"
    assert read("nhà Zbk cũ", lexicon).spoken == "Nhà dê bê ca cũ"
    assert read("nhà Zbk", lexicon).unknown


def test_the_longest_local_entry_wins() -> None:
    lexicon = standard().with_entries([Entry("Zbk", "một nơi"), Entry("Zbk Nam", "nơi khác")])
    assert read("ở Zbk Nam", lexicon).spoken == "Ở nơi khác"
