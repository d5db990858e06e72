"""The name that a notice gives itself."""

from pathlib import Path

import pytest

from web.heading import heading_of

NOTICES = Path(__file__).resolve().parents[1] / "notices"

NAMES = {
    "01-cat-dien.txt": "Tạm ngừng cung cấp điện để sửa chữa đường dây 0,4 kV",
    "02-tiem-chung.txt": "Thông báo lịch tiêm chủng tháng 12/2026",
    "03-thong-tin-co-so.txt": "Giới thiệu Nghị định số 49/2024/NĐ-CP",
    "04-tinh-huong-phap-luat.txt": "Tình huống: đăng ký khai sinh cho trẻ",
    "05-ung-pho-bao.txt": "Thông báo khẩn về ứng phó bão",
    "06-thu-gom-rac.txt": ("Thu gom rác thải và thu giá dịch vụ vệ sinh môi trường quý I/2027"),
}


@pytest.mark.parametrize("file", NAMES)
def test_real_notices_are_called_by_what_they_are_about(file: str) -> None:
    assert heading_of((NOTICES / file).read_text(encoding="utf-8")) == NAMES[file]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("", ""),
        ("Họp thôn tối nay.", "Họp thôn tối nay."),
        ("Mời họp\nKính mời bà con.", "Mời họp"),
        ("UBND XÃ SUỐI MÂY\n\nKính mời bà con.", "Ubnd xã suối mây"),
        ("Một\nhai\nba\nbốn\nnăm\nsáu\n\nbảy", "Một"),
    ],
)
def test_a_text_without_such_a_heading_is_called_by_its_first_line(text: str, name: str) -> None:
    assert heading_of(text) == name
