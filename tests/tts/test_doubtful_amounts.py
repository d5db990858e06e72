"""What may be read in two ways is said in one of them and reported, never guessed in silence."""

import pytest

from tts.normalise import read

DOUBTFUL = {
    "họp ngày 31/11": "31/11",  # no calendar has it
    "ngày 32/1": "32/1",
    "ngày 29/2/2027": "29/2/2027",
    "ngày 05-12": "05-12",  # a day of December, or the fifth to the twelfth
    "gặp mặt 5/12/26": "5/12/26",
    "Giá 10,000đ": "10,000đ",
    "có 1,000 hộ": "1,000",
    "bán 1tr20": "1tr20",
    "từ 7g-11g": "7g-11g",
    "lúc 7h65": "7h65",
    "uống 5g sáng": "5g",  # five grams, or at five o'clock
    "có mặt 9/12": "9/12",  # a day, or nine of twelve
    "8/12 căn": "8/12",
    "12/2026 hộ": "12/2026",
    "Số:      /TB-UBND": "/TB-UBND",
    "Công văn 12/BYT-ABCX": "12/BYT-ABCX",
}
SURE = (
    "Thứ 2, 4, 6", "từ ngày 5-10", "ngày 20-11", "nghỉ lễ 30-4 và 1-5", "2,500,000 đồng", "1tr2",
    "từ 0h ngày 1/1 - 24h ngày 3/1/2027", "bậc 3/7", "10 (mười) ngày", "QĐ 15/QĐ-UBND", "5.10^5",
)  # fmt: skip  # read across


@pytest.mark.parametrize("text", DOUBTFUL)
def test_a_doubtful_form_is_reported(text: str) -> None:
    assert [unknown.token for unknown in read(text).unknown] == [DOUBTFUL[text]]


@pytest.mark.parametrize("text", SURE)
def test_a_form_with_one_meaning_is_not_reported(text: str) -> None:
    assert read(text).unknown == ()


# A silent change of each of these was once heard.
KEPT = {
    "lỗ -500.000đ": "âm năm trăm nghìn đồng",
    "thợ bậc 3/7": "ba trên bảy",
    "đạt 10/12 tiêu chí": "mười trên mười hai tiêu chí",
    "quý 1, 2/2026": "quý một, hai năm",
    "tháng 11, 12/2026": "mười một, mười hai năm",
    "phòng 2.05": "hai chấm không năm",
    "5.10^5": "năm nhân mười mũ năm",
    "điện 380V - 50Hz": "vôn, năm mươi héc",
    "nghỉ lễ 3-5 ngày": "ba đến năm ngày",
    "đứng thứ 3/12": "thứ ba trên mười hai",
    "MỨC THU 60.000Đ - 120.000Đ/THÁNG": "đồng đến một trăm hai mươi nghìn đồng một tháng",
    "TẠI 3/12 THÔN": "ba trên mười hai thôn",
    "LÚC 08G00": "tám giờ",
    "22h ngày 30/11 - 4h ngày 01/12/2026": "tháng mười một đến bốn giờ",
    "uống ngày 2 lần": "ngày hai lần",
    "“-3°C”": "âm ba độ xê",
    "Nghị định số 4/2022": "bốn năm hai nghìn",
}


@pytest.mark.parametrize("text", KEPT)
def test_an_amount_keeps_its_meaning(text: str) -> None:
    assert KEPT[text] in read(text).spoken.lower()
