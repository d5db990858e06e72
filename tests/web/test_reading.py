"""The text of a bulletin with what the voice says beneath it."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from msgspec import to_builtins

from tts.normalise import read
from web.reading import Part, Place, parts_of, place_of


def parts(text: str) -> list[Part]:
    return parts_of(to_builtins(read(text)))


def test_what_is_read_as_it_is_written_is_one_stretch() -> None:
    text = "Sáng mai, trạm y tế tiêm chủng cho trẻ; bà con nhớ đến."
    assert parts(text) == [Part(text)]


def test_what_is_said_otherwise_stands_beneath_its_stretch() -> None:
    found = parts("Mời UBND xã họp ngày 5/9/2026.")
    assert [part.text for part in found if not part.spoken] == ["Mời ", " xã họp ngày "]
    said = {part.text: part.spoken for part in found if part.spoken}
    assert said["UBND"].casefold() == "ủy ban nhân dân"
    assert (found[-1].text, found[-1].tail) == ("5/9/2026", ".")


def test_capitals_and_the_letter_that_bears_the_tone_are_no_other_reading() -> None:
    assert parts_of(
        {
            "text": "THÔNG BÁO hoà giải",
            "unknown": [],
            "map": [
                {"spoken": "thông báo", "span": [0, 9]},
                {"spoken": "hòa", "span": [10, 13]},
            ],
        }
    ) == [Part("THÔNG BÁO hoà giải")]


def test_an_unknown_word_is_marked_with_what_the_voice_makes_of_it() -> None:
    (word,) = [part for part in parts("Tổ XQZ họp.") if part.unknown]
    assert (word.text, word.unknown) == ("XQZ", "XQZ")
    assert word.spoken


def test_without_a_reading_there_is_nothing_to_show() -> None:
    assert parts_of(None) == []


SPANS = st.lists(st.integers(-2, 14), min_size=2, max_size=2)


@given(
    text=st.text(max_size=12),
    said=st.lists(st.tuples(st.text(max_size=4), SPANS), max_size=5),
    unknown=st.lists(SPANS, max_size=3),
)
def test_the_stretches_together_are_always_the_whole_text(
    text: str, said: list[tuple[str, list[int]]], unknown: list[list[int]]
) -> None:
    reading: dict[str, Any] = {
        "text": text,
        "map": [{"spoken": spoken, "span": span} for spoken, span in said],
        "unknown": [{"span": span, "token": "x"} for span in unknown],
    }
    assert "".join(part.text + part.tail for part in parts_of(reading)) == text


def test_the_place_that_stopped_a_recording_counts_in_the_text_as_it_was_read() -> None:
    place = {"start": 4, "end": 10, "source": "0,05 %", "spoken": "không phẩy năm"}
    facts = {"code": "meaning_changed", **place}
    shown = place_of("Thu\u200b 0,05 % thuế", facts)  # an invisible character is not read
    assert shown == Place("Thu ", "0,05 %", " thuế", "không phẩy năm")
    assert place_of("Thu 0,05 %", {"code": "timeout"}) is None
    assert place_of("Lời xưng danh có 0,05 %", facts) is None
    assert place_of("Thu 0,05 %", None) is None
