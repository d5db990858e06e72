"""A short pause after what a listener must catch, and no word changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tts.test_sentences import WORDS
from tts.emphasis import emphasised

PAUSED = {
    "a moment": (
        "Họp lúc bảy giờ ba mươi phút ngày mùng năm tháng chín mời bà con đến dự",
        "Họp lúc bảy giờ ba mươi phút ngày mùng năm tháng chín, mời bà con đến dự",
    ),
    "a sum": (
        "nộp hai trăm nghìn đồng tại tổ thu",
        "nộp hai trăm nghìn đồng, tại tổ thu",
    ),
    "a place": (
        "họp tại Nhà văn hóa thôn Nà Lốc xã Suối Mây mời bà con",
        "họp tại Nhà văn hóa thôn Nà Lốc xã Suối Mây, mời bà con",
    ),
}
AS_IT_IS = {
    "a sum for each": "hai mươi lăm nghìn đồng một hộ",
    "a range of sums": "từ hai triệu đồng đến ba triệu đồng.",
    "a duration": "trong thời hạn sáu mươi ngày kể từ ngày sinh con",
    "hours that last": "trong hai mươi tư giờ làm việc",
    "hours of the clock": "mất một giờ đồng hồ",
    "a day gone by": "ngày mùng mười tháng chín vừa qua",
    "a date in a citation": "Nghị định số năm ngày mùng mười tháng năm của Chính phủ",
    "a name that begins like the money": "tại số một Đồng Khởi",
    "minutes to the hour": "họp lúc bảy giờ kém mười lăm phút",
    "people": "gồm hai mươi bảy đồng chí và chín đồng hồ điện",
    "the moon's calendar": "ngày rằm mười lăm tháng bảy âm lịch",
    "the first month": "ngày mười hai tháng Giêng năm Bính Ngọ.",
    "the end of a range": "từ ngày mùng một đến hết ngày mùng năm",
    "a day of each year": "ngày mùng năm tháng năm hằng năm",
    "a number of its own": "ngày mùng một tháng bảy, ba mươi tư tỉnh",
    "seconds": "lúc bảy giờ mười lăm phút hai mươi giây",
    "before a mark": "thứ Tư, ngày mùng hai tháng mười hai, tại các thôn",
    "a body named by its place": "Ủy ban nhân dân xã Suối Mây thông báo",
    "a name that may go on": "tại Trung tâm Phục vụ hành chính công xã",
}


@pytest.mark.parametrize("case", PAUSED)
def test_a_pause_follows(case: str) -> None:
    spoken, expected = PAUSED[case]
    assert emphasised(spoken) == expected


@pytest.mark.parametrize("case", AS_IT_IS)
def test_no_pause_tears_what_belongs_together(case: str) -> None:
    assert emphasised(AS_IT_IS[case]) == AS_IT_IS[case]


@given(st.lists(st.sampled_from(WORDS), max_size=200))
def test_only_commas_are_added(words: list[str]) -> None:
    spoken = " ".join(words)
    assert emphasised(spoken).replace(",", "") == spoken.replace(",", "")
