"""Lines broken by an e-mail program, bullets typed against their number, questions cut short."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tts.meaning import check
from tts.normalise.read import read
from tts.normalise.wrapped import joined

BROKEN = (
    "Ủy ban nhân dân xã thông báo đến toàn thể bà con về việc ngừng\n"
    "cấp nước để sửa đường ống từ 7h ngày 25/11 đến 11h ngày\n"
    "26/11/2026. Đề nghị bà con dự trữ nước sinh hoạt, kể từ xã\n"
    "Bản Xèo đến hết xã Mường Hum."
)


def test_a_paragraph_broken_for_its_length_is_one_paragraph() -> None:
    said = read(BROKEN).spoken
    assert "\n" not in said
    assert "ngừng cấp nước" in said
    assert "ngày hai mươi sáu tháng mười một" in said


@pytest.mark.parametrize(
    "text",
    [
        "THÔNG BÁO VỀ VIỆC TẠM NGỪNG CUNG CẤP ĐIỆN TRÊN ĐỊA BÀN XÃ\nđể sửa chữa",
        "Thông báo về việc tạm ngừng cung cấp điện trên địa bàn xã\nThực hiện kế hoạch năm.",
        "Danh sách các hộ được hỗ trợ nhà ở trong năm nay gồm có:\nông Giàng A Sử",
        "ông Giàng A Sử\nbà Vàng Thị Mỷ",
        "Hồ sơ đề nghị cấp giấy chứng nhận quyền sử dụng đất gồm\na) Đơn đề nghị",
        "Hồ sơ đề nghị cấp giấy chứng nhận quyền sử dụng đất gồm\n- đơn đề nghị",
    ],
)
def test_what_its_author_put_on_a_line_of_its_own_stays_there(text: str) -> None:
    assert joined(text) == text


@given(st.text(alphabet="aă B1.,:\n-)", max_size=300))
def test_joining_changes_nothing_but_line_ends(text: str) -> None:
    flowing = joined(text)
    assert flowing.replace("\n", " ") == text.replace("\n", " ")
    assert joined(flowing).replace("\n", " ") == text.replace("\n", " ")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("-02 bản sao", "Hai bản sao"),
        ("-3 ảnh 4x6", "Ba ảnh bốn nhân sáu"),
        ("- Đơn\n-500.000đ/hộ\n- Giấy", "Đơn\nNăm trăm nghìn đồng một hộ\nGiấy"),
        ("-5 đến -2°C", "Âm năm đến âm hai độ xê"),
        ("- Sa Pa:\n-2°C", "Sa Pa:\nÂm hai độ xê"),
        ("-0,5", "Âm không phẩy năm"),
        ("-5%", "Âm năm phần trăm"),
    ],
)
def test_a_dash_before_a_number_is_a_bullet_only_where_it_counts(text: str, said: str) -> None:
    reading = read(text)
    assert reading.spoken == said
    assert check(reading) == ()


def test_questions_and_answers_cut_to_a_letter_are_said_in_full() -> None:
    said = read("H1: Nộp ở đâu?\nĐ1: Tại xã.\nH2: Bao giờ?\nĐ2: Trước 31/3.").spoken
    assert [line.split(":")[0] for line in said.split("\n")] == [
        "Hỏi một", "Đáp một", "Hỏi hai", "Đáp hai",
    ]  # fmt: skip  # a list, read across


def test_a_letter_before_a_colon_alone_is_no_question() -> None:
    assert read("Đ: Trần Phú").spoken == "Đê: Trần Phú"
