"""Thousands of wrong readings: the guard can fail a reading, not only pass it."""

import random
from collections import Counter

import pytest

from tests.tts.meaning import samples
from tests.tts.meaning.mutants import mutants
from tts.meaning import check
from tts.normalise import read

# A mutant of these kinds may still say the same: "từ bảy đến mười một giờ" for 7h-11h, "tháng
# mười đến mười hai", "sáu mươi nghìn đến một trăm hai mươi nghìn đồng".
MAY_SAY_THE_SAME = frozenset({"month lost", "hour lost", "dong lost"})


def test_ninety_nine_of_a_hundred_changed_meanings_are_caught() -> None:
    rng = random.Random(2026)
    made: Counter[str] = Counter()
    escaped: Counter[str] = Counter()
    for text in list(samples.everything())[::3]:
        for kind, _, wrong in mutants(read(text), rng):
            if kind not in MAY_SAY_THE_SAME:
                made[kind] += 1
                escaped[kind] += not check(wrong)
    assert made.total() >= 5_000
    assert all(count for count in made.values())
    assert escaped.total() <= made.total() * 0.01, escaped


@pytest.mark.parametrize("every", [3, pytest.param(1, marks=pytest.mark.slow)])
def test_numbers_signs_dates_and_negations_never_escape(every: int) -> None:
    """What would change the law: not one, on this seed."""
    rng = random.Random(30)
    hard = {
        "another_digit", "zero_after_the_comma_lost", "first_group_lost", "only_the_first_group",
        "day_and_month_swapped", "minutes_lost", "nothing_said", "a_sign_added", "sign lost",
        "range as minus", "comma lost", "percent lost", "percent as per mille", "size lost",
        "thousand as million", "million as thousand", "thousands of dong", "negation lost",
        "negation added", "number added",
    }  # fmt: skip  # a list, read across
    escaped = [
        (kind, piece)
        for text in samples.everything()[::every]
        for kind, piece, wrong in mutants(read(text), rng)
        if kind in hard and not check(wrong)
    ]
    assert escaped == []
