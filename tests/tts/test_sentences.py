"""A reading is cut where an announcer breathes, and loses no word."""

from hypothesis import given
from hypothesis import strategies as st

from tts.sentences import CLAUSE_MS, LONGEST, PARAGRAPH_MS, SENTENCE_MS, breathe

CITATION = "Căn cứ điểm a, khoản hai, Điều bảy, Luật Báo chí năm hai nghìn không trăm mười sáu"


def test_pauses_grow_from_clause_to_sentence_to_paragraph() -> None:
    breaths = breathe("Hồ sơ gồm: tờ khai; giấy chứng sinh. Bà con chú ý!\nXin cảm ơn.")
    assert [(breath.text, breath.pause_ms) for breath in breaths] == [
        ("Hồ sơ gồm:", CLAUSE_MS),
        ("tờ khai;", CLAUSE_MS),
        ("giấy chứng sinh.", SENTENCE_MS),
        ("Bà con chú ý!", PARAGRAPH_MS),
        ("Xin cảm ơn.", PARAGRAPH_MS),
    ]


def test_a_comma_takes_no_breath_of_its_own() -> None:
    assert len(breathe("Một, hai, ba và bốn.")) == 1


def test_a_long_sentence_is_cut_at_a_comma_but_never_inside_a_citation() -> None:
    filler = "để bà con được biết và thực hiện cho đúng quy định " * 4
    breaths = breathe(f"{filler.strip()}, {CITATION}, {filler.strip()}.")
    assert len(breaths) > 1
    assert any(CITATION in breath.text for breath in breaths)


def test_a_sentence_without_a_comma_is_cut_between_words() -> None:
    breaths = breathe("nguyễn " * 200)
    assert all(breath.text.endswith("nguyễn") for breath in breaths)


@given(st.text(alphabet="ab ,.;:!?\n", max_size=1_500))
def test_every_word_is_said_once_and_in_order(spoken: str) -> None:
    breaths = breathe(spoken)
    letters = "".join(spoken.split())
    assert "".join("".join(breath.text.split()) for breath in breaths) == letters
    assert all(len(breath.text) <= LONGEST for breath in breaths)
