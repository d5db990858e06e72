"""No text, however hostile, breaks what a reading promises; and the promises can be broken."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.speech.fuzz import campaign, faults, least, seeds, smaller
from benchmarks.speech.hostile_texts import texts
from benchmarks.speech.promises import broken, passed_over
from tts.normalise import Piece, Reading, Unknown

GOOD = Reading(
    text="họp 12/5, xyz",
    spoken="Họp mười hai tháng năm, xyz",
    unknown=(Unknown((10, 13), "xyz"),),
    map=(Piece("họp", (0, 3)), Piece("mười hai tháng năm", (4, 8)), Piece("xyz", (10, 13))),
)


def test_a_good_reading_breaks_no_promise() -> None:
    assert broken(GOOD) == []


SPOILED = {
    "a digit or symbol is left in spoken": replace(GOOD, spoken=GOOD.spoken + " %"),
    "spoken holds what no voice can say": replace(GOOD, spoken=GOOD.spoken + " (ж)"),
    "spans overlap, are empty or lie outside": replace(
        GOOD, map=(*GOOD.map[:2], Piece("xyz", (7, 13)))
    ),
    "an unknown token is not its span": replace(GOOD, unknown=(Unknown((9, 12), "xyz"),)),
    "a letter, digit or sign is neither read nor reported": replace(
        GOOD, text=GOOD.text.replace(",", "&")
    ),
    "a piece with digits says no number": replace(
        GOOD, spoken="Họp xyz xyz", map=(GOOD.map[0], Piece("xyz", (4, 8)), GOOD.map[2])
    ),
    "the map says other words than spoken": replace(GOOD, spoken="Họp mười hai tháng sáu, xyz"),
}


@pytest.mark.parametrize("promise", SPOILED)
def test_each_promise_can_be_broken(promise: str) -> None:
    assert promise in broken(SPOILED[promise])


def test_what_is_passed_over_is_told() -> None:
    assert passed_over(replace(GOOD, map=GOOD.map[:1])) == "125"
    assert passed_over(replace(GOOD, map=(), unknown=())) == "họp125xyz"


@given(st.text())
@settings(deadline=None)  # the first call compiles the rules
def test_any_text_is_read_without_breaking_a_promise(text: str) -> None:
    assert faults(text) == []


# The signs of which numbers, dates and codes are made, in every order.
@given(st.text(alphabet="0123456789.,/-–:%°xhgđQNPC ()+²½\n", max_size=40))
@settings(deadline=None, max_examples=300)
def test_any_soup_of_digits_and_marks_is_read_without_breaking_a_promise(text: str) -> None:
    assert faults(text) == []


def test_a_campaign_finds_nothing() -> None:
    found = campaign(texts(seeds(), seed=20_261, count=3_000), faults)
    assert {fault: least(broken_by[0], fault) for fault, broken_by in found.items()} == {}


def test_the_same_seed_gives_the_same_texts() -> None:
    some = ["ngày 5/4/2026", "họp tại nhà văn hóa"]
    one, same, other = (list(texts(some, seed, 50)) for seed in (1, 1, 2))
    assert one == same
    assert one != other


def test_a_finding_is_made_small() -> None:
    text = "Họp dân, ký tên đầy đủ."
    assert smaller(text, lambda left: "k" in left and "t" in left) == "kt"
    assert smaller(text, lambda left: left == text) == text


def test_a_list_of_copies_may_be_silent_and_a_place_to_collect_may_not() -> None:
    def left(text: str) -> str:
        return passed_over(Reading(text, spoken="", unknown=(), map=()))

    assert left("Nơi nhận:\n- Như trên;\n- Lưu: VT.") == ""
    assert left("Nơi nhận: Như Điều 3; lưu VT.") == ""
    assert left("+ \n=====\n- ./.") == ""
    assert left("Nơi nhận: xã") != ""
    assert left("Nơi nhận hồ sơ: xã\n- Như trên") != ""
