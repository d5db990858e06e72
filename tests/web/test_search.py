"""Search, as people use it: without marks, with them, and only in their own places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.bulletins import compose
from controller.model.folding import folded, letter_by_letter, searchable
from controller.search import excerpt
from controller.store import Store
from tests.controller.village import NOW, Village
from tests.web.browser import Browser

STORM = "Cảnh báo bão số 3. Bà con chằng chống nhà cửa."
NEWS = "Báo cáo kết quả vệ sinh đường làng."


@pytest.fixture
def written(store: Store, village: Village) -> None:
    with store.writing() as session:
        for text in (STORM, NEWS):
            draft = village.draft(title=text.split(".")[0], text=text)
            compose(session, village.officer, draft, now=NOW)


@pytest.mark.usefixtures("written")
def test_words_are_found_without_marks_and_with_them(officer: Browser) -> None:
    page = officer.get("/tim?q=chang chong").text
    assert "<mark>chằng</mark> <mark>chống</mark>" in page
    assert "đường làng" not in page


@pytest.mark.usefixtures("written")
def test_what_has_the_marks_of_the_question_comes_first(officer: Browser) -> None:
    page = officer.get("/tim?q=bão").text
    assert page.index("Cảnh báo bão số 3</strong>") < page.index("vệ sinh đường làng</strong>")


@pytest.mark.usefixtures("written")
def test_a_neighbour_finds_nothing_of_it(stranger: Browser) -> None:
    assert "Không thấy gì" in stranger.get("/tim?q=bão").text


def test_a_changed_text_is_found_by_its_new_words_only(officer: Browser) -> None:
    url = officer.fill(
        "/ban-tin/soan", "", {"text": "Thông báo\nHọp thôn.", "then": "keep"}
    ).location
    officer.fill(url, "", {"text": "Thông báo\nTiêm phòng.", "then": "keep"})
    assert "Tiêm" in officer.get("/tim?q=tiem phong").text
    assert "Không thấy gì" in officer.get("/tim?q=hop thon").text


@pytest.mark.parametrize("odd", ["", "%", "_", "'\"", "\x00", "…", "-" * 500])
def test_odd_questions_find_nothing_and_break_nothing(officer: Browser, odd: str) -> None:
    assert officer.get("/tim", query_string={"q": odd}).status_code == 200


@given(st.text(), st.text())
def test_whatever_is_written_is_found_by_any_of_its_words(before: str, word: str) -> None:
    for one in searchable(word).split():
        assert f" {one}" in searchable(before, word)


@given(st.text(alphabet="Điện nước Thủy lợi ẤP ễ"))
def test_folding_keeps_every_place(text: str) -> None:
    assert len(letter_by_letter(text)) == len(text)
    assert letter_by_letter(text) == folded(text) or len(folded(text)) != len(text)


@given(st.text(), st.lists(st.text(alphabet="abc", min_size=1), min_size=1))
def test_an_excerpt_is_a_stretch_of_the_text(text: str, wanted: list[str]) -> None:
    shown = "".join(part for part, _ in excerpt(text, wanted))
    assert len(shown) < 400
