"""A reading is cut where an announcer breathes, and loses no word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tts.sentences import (
    CLAUSE_MS,
    HEADING_MS,
    LONGEST,
    LONGEST_WHOLE,
    PARAGRAPH_MS,
    SENTENCE_MS,
    breathe,
)

FILLER = "bà con được biết và thực hiện cho đúng quy định của địa phương mình " * 4
WHOLE = {
    "a citation with commas": "điểm a, khoản hai, Điều bảy, Luật Báo chí năm hai nghìn không trăm "
    "mười sáu",
    "a citation with date and issuer": "điểm a, bê khoản hai Điều năm Nghị định số một trăm sáu "
    "mươi tám năm hai nghìn không trăm hai mươi tư ngày hai mươi sáu tháng mười hai năm hai nghìn "
    "không trăm hai mươi tư của Chính phủ",
    "a phone number": "không chín một hai, ba bốn năm, sáu bảy tám",
    "a date": "thứ Tư, ngày mùng hai tháng mười hai năm hai nghìn không trăm hai mươi sáu",
    "a sum": "một triệu năm trăm nghìn đồng",
    "a range": "từ bảy giờ ba mươi phút đến mười một giờ",
    "a name after a title": "đồng chí Lò Thị Mai",
}


def test_pauses_grow_from_clause_to_sentence_to_paragraph() -> None:
    breaths = breathe("Hồ sơ gồm: tờ khai; giấy chứng sinh. Bà con chú ý!\nXin cảm ơn.")
    assert [(breath.text, breath.pause_ms) for breath in breaths] == [
        ("Hồ sơ gồm:", CLAUSE_MS),
        ("tờ khai;", CLAUSE_MS),
        ("giấy chứng sinh.", SENTENCE_MS),
        ("Bà con chú ý!", PARAGRAPH_MS),
        ("Xin cảm ơn.", PARAGRAPH_MS),
    ]


def test_a_heading_and_the_points_of_a_list_have_pauses_of_their_own() -> None:
    breaths = breathe("Thông báo\nĐề nghị bà con:\nMột, ngắt điện;\nHai, không đến gần.\n\nCảm ơn")
    assert [breath.pause_ms for breath in breaths] == [
        HEADING_MS,
        SENTENCE_MS,
        SENTENCE_MS,
        PARAGRAPH_MS,
        PARAGRAPH_MS,
    ]


def test_a_comma_takes_no_breath_of_its_own() -> None:
    assert len(breathe("Một, hai, ba và bốn.")) == 1


@pytest.mark.parametrize("kind", WHOLE)
@pytest.mark.parametrize("lead", range(0, len(FILLER), 7))
def test_what_belongs_together_is_said_in_one_breath_wherever_it_stands(
    kind: str, lead: int
) -> None:
    words = f"Đề nghị {FILLER[:lead].rsplit(' ', 1)[0]} {WHOLE[kind]} để {FILLER.strip()}."
    assert any(WHOLE[kind] in breath.text for breath in breathe(words))


def test_a_long_sentence_is_cut_evenly_at_a_comma() -> None:
    clause = "bà con kiểm tra lại nhà cửa của mình cho thật kỹ trước khi mưa to đổ xuống"
    breaths = breathe(", ".join([clause] * 5) + ".")
    assert [len(breath.text) // len(clause) for breath in breaths] == [2, 3]


def test_a_sentence_without_a_comma_is_cut_before_a_connective() -> None:
    breaths = breathe(f"{'bà con chú ý theo dõi ' * 9} để kịp thời {'đưa trâu bò lên cao ' * 8}.")
    assert [breath.text.split()[0] for breath in breaths] == ["bà", "để"]


def test_a_sentence_without_any_sign_is_cut_between_words() -> None:
    breaths = breathe("nguyễn " * 200)
    assert all(breath.text.endswith("nguyễn") for breath in breaths)


@given(st.text(alphabet="ab ,.;:!?\n", max_size=1_500))
def test_every_letter_is_said_once_and_in_order(spoken: str) -> None:
    breaths = breathe(spoken)
    letters = "".join(spoken.split())
    assert "".join("".join(breath.text.split()) for breath in breaths) == letters
    assert all(len(breath.text) <= LONGEST for breath in breaths)


VOCABULARY = (
    "một hai năm mươi trăm nghìn ngày tháng giờ đồng điểm khoản Điều của Chính phủ Luật"
    " tại thôn Nà Lốc và để bà con số nghị định Đáp: Hỏi: a . , ; :"
)
WORDS = [*VOCABULARY.split(), "\n"]


@given(st.lists(st.sampled_from(WORDS), max_size=400))
def test_every_word_is_said_once_and_in_order(words: list[str]) -> None:
    breaths = breathe(" ".join(words))
    assert " ".join(breath.text for breath in breaths).split() == " ".join(words).split()
    assert all(0 < len(breath.text) <= LONGEST_WHOLE for breath in breaths)
