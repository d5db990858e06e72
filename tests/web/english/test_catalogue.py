"""The catalogues: whole, of the same holes, and looked up without touching what people wrote."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.english.__main__ import SAID, missing, unsaid
from web.english.catalogue import FOLDER, catalogue, english, label
from web.english.gathering import VIETNAMESE
from web.english.help import message


@pytest.mark.parametrize("name", SAID)
def test_every_message_has_english(name: str) -> None:
    lacks = [f"{at}: {said}" for said, at in missing(name).items()]
    assert not lacks, f"add to web/english/{name}.po (its own text where it stays Vietnamese)"


@pytest.mark.parametrize("name", ["pages", "scripts", "help"])
def test_nothing_is_kept_that_nobody_says(name: str) -> None:
    assert not unsaid(name)


@pytest.mark.parametrize("name", SAID)
def test_holes_are_the_same_in_both_languages(name: str) -> None:
    for said, other in catalogue(name).items():
        holes = set(re.findall(r"\{(\d+)[}:]", said))
        assert holes >= set(re.findall(r"\{(\d+)[}:]", other)), said


@pytest.mark.parametrize("name", SAID)
def test_the_file_is_sorted_and_says_each_once(name: str) -> None:
    text = (FOLDER / f"{name}.po").read_text(encoding="utf-8")
    ids = re.findall(r'^msgid "(.+)"$', text, re.MULTILINE)
    assert len(ids) == len(set(ids)) == len(catalogue(name))
    assert text.count("msgid") == len(ids) + 1


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Đã duyệt", "Approved"),
        (
            "Đã duyệt 1 bản tin. Các bản tin sẽ được gửi tới các cụm loa.",
            "1 bulletin approved. They go to the stations.",
        ),
        ("liên lạc 5 phút trước", "contact 5 minutes ago"),
        ("Thứ Tư, 02/12/2026 (24/10 âm lịch)", "Wednesday, 02/12/2026 (lunar 24/10)"),
        ("17:00 (5 giờ chiều)", "17:00 (5 o'clock in the afternoon)"),
        ("19:35 (7 giờ 35 tối)", "19:35 (7:35 in the evening)"),
        ("17:00 hằng ngày", "17:00 daily"),
        ("thứ Hai, thứ Ba hằng tuần", "every Monday, Tuesday"),
        ("Cán bộ xã, Cán bộ khu vực, tỉnh", "Commune officer, Officer of area or province"),
        ("1.234 giờ 05 phút", "1,234 h 05 min"),
        ("98,5%", "98.5%"),
        ("−17,4 LUFS", "−17.4 LUFS"),
        ("“Họp thôn” chuyển sang 17:30.", "“Họp thôn” moves to 17:30."),
    ],
)
def test_what_python_made_is_recognised(said: str, told: str) -> None:
    assert english(said) == told


@pytest.mark.parametrize(
    "written",
    [
        "Mời bà con họp thôn ngày 5, từ 17 giờ, và mang theo giấy tờ.",
        "Ông Nguyễn Văn An và bà Lê Thị Bình",
        "Phiên chợ Suối Mây họp ngày [ngày], từ [giờ].",
        "192.168.100.200",
        "10.0.0.12:8883",
        "Xã Suối Mây",
        "",
        "  ",
    ],
)
def test_what_people_write_stays(written: str) -> None:
    assert english(written) == written


def test_a_label_is_one_message_or_several_and_nothing_more() -> None:
    assert label("xem bản tin, xem nhật ký") == "see bulletins, see the audit log"
    assert label("soạn, nghe, gửi duyệt và rút bản tin, xem bản tin").endswith(", see bulletins")
    assert label("Quản trị · Xã A; Kỹ thuật · Xã B") == "Administrator · Xã A; Technician · Xã B"
    assert label("Họp ngày 5, xem nhật ký") == "Họp ngày 5, xem nhật ký"


@given(st.text())
def test_any_text_is_answered_and_blanks_around_it_stay(text: str) -> None:
    found = english(text)
    assert len(found) - len(found.strip()) == len(text) - len(text.strip())


@given(st.text(alphabet="abcxyzXYZ 0123456789.,:-()“”", max_size=60))
def test_what_is_no_vietnamese_keeps_its_letters(text: str) -> None:
    assert re.sub(r"[.,]", "", english(text)) == re.sub(r"[.,]", "", text)


def test_english_help_quotes_what_stands_on_the_pages() -> None:
    for said, other in catalogue("help").items():
        assert not VIETNAMESE.search(other), other
        assert message(said) == said
