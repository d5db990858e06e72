"""Which printed lines are one paragraph."""

import textwrap

from hypothesis import given
from hypothesis import strategies as st

from controller.papers.lines import paragraphs

WORDS = st.lists(
    st.sampled_from(["họp", "thôn", "bản", "điện", "nước", "lúa", "mùa", "sửa"]), min_size=1
)


@given(st.lists(WORDS, min_size=1, max_size=6))
def test_what_was_broken_at_the_margin_is_joined_again(said: list[list[str]]) -> None:
    whole = [" ".join(words).capitalize() + "." for words in said]
    printed = "\n".join("\n".join(textwrap.wrap(each, 30)) for each in whole)
    assert paragraphs([printed]) == "\n".join(whole)


def test_points_headings_and_articles_stay_apart() -> None:
    page = "CỘNG HÒA XÃ HỘI\nTHÔNG BÁO\nĐiều 1. Phạm vi\nĐiều 2. Đối tượng\n- điện\n- nước\na) lúa"
    assert paragraphs([page]) == page


def test_page_numbers_are_no_words() -> None:
    assert paragraphs(["Họp thôn tại\n1", "2\nnhà văn hóa.\n"]) == "Họp thôn tại nhà văn hóa."
