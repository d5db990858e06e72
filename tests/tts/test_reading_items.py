"""The development set: short texts of every family, with the reading we accept."""

from pathlib import Path

import pytest

from tts.normalise import read

ITEMS = [
    line.split("\t")
    for line in (Path(__file__).parent / "data" / "development.tsv")
    .read_text(encoding="utf-8")
    .splitlines()
]


@pytest.mark.parametrize(("text", "accepted"), ITEMS, ids=[text[:40] for text, _ in ITEMS])
def test_an_item_is_read_as_accepted(text: str, accepted: str) -> None:
    assert read(text).spoken == accepted


# Readings that change what is said, seen in other tools (speech reference §8).
MEANINGS = {
    "tăng 0,05%": ("không phẩy không năm phần trăm", "không phẩy năm"),
    "họp ngày 2-12-2026": ("mùng hai tháng mười hai", "đến"),
    "lúc 7g30": ("bảy giờ ba mươi", "gam"),
    "từ 5-10 người": ("năm đến mười người", "tháng"),
    "rét -2°C": ("âm hai độ xê", "rét hai"),
    "25 000 đồng": ("hai mươi lăm nghìn đồng", "không trăm đồng"),
    "còn 18/240 hộ": ("mười tám trên hai trăm bốn mươi hộ", "tháng"),
    "trẻ 6-9 tháng tuổi": ("sáu đến chín tháng tuổi", "tháng chín"),
    "60.000đ - 120.000đ": ("đồng đến một trăm", "trừ"),
    "ĐT: 0912 345 678": ("điện thoại: không chín", "đội"),
    "đ/c Nam": ("đồng chí Nam", "địa chỉ"),
    "số 49/2024/NĐ-CP": ("của Chính phủ", "cổ phiếu"),
    "gọi 0912.345.678": ("không chín một hai, ba bốn năm", "chấm"),
}


@pytest.mark.parametrize("text", MEANINGS)
def test_a_known_misreading_is_not_ours(text: str) -> None:
    said, never = MEANINGS[text]
    spoken = read(text).spoken.lower()
    assert said.lower() in spoken
    assert never not in spoken
