"""Words typed together in an address: known ones whole, others in syllables and reported."""

from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tts.normalise import read
from tts.normalise.address_words import bare, said, words


def test_no_two_known_words_are_typed_the_same() -> None:
    typed = sorted((bare(word).replace(" ", ""), word.lower()) for word in words())
    unsure = {key: {w for _, w in same} for key, same in groupby(typed, key=lambda pair: pair[0])}
    assert [found for found in unsure.values() if len(found) > 1] == []


@pytest.mark.parametrize(
    ("label", "spoken"),
    [
        ("hotro", "hỗ trợ"),
        ("vieclamhue", "việc làm huế"),
        ("hoidongbaucu", "hội đồng bầu cử"),
        ("thanhxuan", "thanh xuan"),
        ("conganxahoaphong", "cong an xa hoa phong"),
        ("xanamay", "xa na may"),
        ("duthaoonline", "du thao on lai"),
        ("nginx", ""),
    ],
)
def test_a_label_in_words(label: str, spoken: str) -> None:
    assert said(label)[0] == spoken


@given(st.lists(st.sampled_from(words()), min_size=1, max_size=3))
def test_known_words_lose_no_letter(chosen: list[str]) -> None:
    label = "".join(bare(word) for word in chosen).replace(" ", "")
    spoken, _sure = said(label[:32])
    assert bare(spoken).replace(" ", "") == label[:32] or not spoken


def test_a_word_that_nobody_knows_is_reported() -> None:
    reading = read("Gửi về tamthanh@gmail.com")
    assert [place.token for place in reading.unknown] == ["tamthanh@gmail.com"]
    assert not read("Gửi về hotro@laocai.gov.vn").unknown
